/** What the demo says of its grids and of the people in them. Boundaries lie in the open sea, telephones are nobody's, and no one has an ID number. */
import {
  outlineOf,
  type Boundary,
  type Day,
  type GridDetails,
  type Position,
  type Role,
  type StaffDetails,
} from '@tongge/model'
import type { Assignment, Grid } from '../accounts/accounts.ts'
import type { GridContent } from './grid.ts'
import { mobileNumber } from './numbers.ts'
import { createRandom, type Random } from './random.ts'
import { demoAccounts, type GridTeam } from './staff.ts'

/** South-west corner of the first grid, and how far the next ones are: about 250 by 180 metres. */
const origin = { longitude: 131.5, latitude: 27.2 }
const step = { longitude: 0.00252, latitude: 0.00163 }
const perRow = 12
const corners = createRandom(990_101)
/** Streets are seldom straight: how far a corner lies off, as a part of the way to the next one. */
const crooked = 0.2

export interface DemoGrid {
  readonly grid: Grid
  /** From 0, over the whole demo. */
  readonly index: number
  readonly team: GridTeam
  readonly content: GridContent
  readonly random: Random
}

export function demoGridDetails({ grid, index, team, content, random }: DemoGrid): GridDetails {
  const boundary = blockOf(index)
  return {
    level: 3,
    parent: grid.code.slice(0, 12),
    boundary,
    areaSquareMetres: Math.round((outlineOf(boundary)?.area ?? 0) / 100) * 100,
    targetHouseholds: homesIn(content),
    leaderId: team.leader,
    // The demo has one account of each of these roles; they work in its first community.
    ...(grid.code.startsWith('990101001001') && {
      members: [
        { role: 'gridManager', account: accountOf('community') },
        { role: 'assistant', account: accountOf('department'), affiliation: '区文旅局（演示）' },
        { role: 'citizenSupervisor', account: accountOf('citizenSupervisor') },
        { role: 'streetSupervisor', account: accountOf('street') },
        { role: 'police', account: accountOf('police') },
      ],
    }),
    publicPhone: mobileNumber(random),
  }
}

const certs = ['网格员上岗证', '社会工作者（初级）', '急救员证', '人民调解员证']
const skills = ['矛盾调解', '急救', '水电维修', '法律咨询', '方言沟通', '手语']

export function demoStaffDetails(
  assignments: readonly Assignment[],
  today: Day,
  random: Random,
): ReadonlyMap<string, StaffDetails> {
  const year = Number(today.slice(0, 4))
  return new Map(
    assignments.flatMap(({ account, role }): readonly [string, StaffDetails][] => {
      if (silent.has(role)) return []
      const workPhone = mobileNumber(random)
      if (!employed.has(role)) return [[account, { workPhone }]]
      return [
        [
          account,
          {
            employment: role === 'partTimeMember' ? 'partTime' : 'fullTime',
            workPhone,
            contractFrom: `${year}-01-01`,
            contractTo: `${year}-12-31`,
            publicityFrom: `${year - 1}-12-01`,
            publicityTo: `${year - 1}-12-12`,
            equipment: [{ type: '手机', number: `SJ${String(random.int(1, 9999)).padStart(4, '0')}` }],
            certs: [...new Set(['网格员上岗证', random.pick(certs)])],
            skills: [random.pick(skills)],
          },
        ],
      ]
    }),
  )
}

const silent: ReadonlySet<Role> = new Set(['resident', 'admin', 'auditor'])
const employed: ReadonlySet<Role> = new Set(['gridLeader', 'gridMember', 'partTimeMember'])

function accountOf(role: Role): string {
  return demoAccounts.find((one) => one.role === role)?.account ?? ''
}

/** Steps of half a grid around it, from its south-west corner against the clock. */
const around = [
  [0, 0],
  [1, 0],
  [2, 0],
  [2, 1],
  [2, 2],
  [1, 2],
  [0, 2],
  [0, 1],
  [0, 0],
] as const

function blockOf(index: number): Boundary {
  const [column, row] = [(index % perRow) * 2, Math.floor(index / perRow) * 2]
  return { type: 'Polygon', coordinates: [around.map(([east, north]) => cornerAt(column + east, row + north))] }
}

/** Told by its place alone, so that neighbours share it. */
function cornerAt(east: number, north: number): Position {
  const random = corners.branch(`${east} ${north}`)
  const off = (): number => (random.next() - 0.5) * 2 * crooked
  return [
    rounded(origin.longitude + ((east + off()) * step.longitude) / 2),
    rounded(origin.latitude + ((north + off()) * step.latitude) / 2),
  ]
}

function rounded(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6
}

/** Homes that somebody lives in, to the next ten: an office counts more roundly than a ledger. */
function homesIn({ ledger }: GridContent): number {
  const homes = ledger
    .flatMap(({ edits }) => edits)
    .filter(
      (edit) =>
        edit.op === 'create' &&
        edit.kind === 'house' &&
        (edit.fields['occupancy'] === 'owner' || edit.fields['occupancy'] === 'rented'),
    ).length
  return Math.ceil(homes / 10) * 10
}
