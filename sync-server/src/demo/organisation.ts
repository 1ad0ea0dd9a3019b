/** What the demo says of its grids and of the people in them. Boundaries lie in the open sea, telephones are nobody's, and no one has an ID number. */
import type { Day, GridDetails, Position, Role, StaffDetails } from '@tongge/model'
import type { Assignment, Grid } from '../accounts/accounts.ts'
import type { GridContent } from './grid.ts'
import { mobileNumber } from './numbers.ts'
import type { Random } from './random.ts'
import { demoAccounts, type GridTeam } from './staff.ts'

/** South-west corner of the first grid, and how far the next ones are: about 250 by 180 metres. */
const corner = { longitude: 131.5, latitude: 27.2 }
const step = { longitude: 0.00252, latitude: 0.00163 }
const perRow = 12
const areaSquareMetres = 45_000

export interface DemoGrid {
  readonly grid: Grid
  /** From 0, over the whole demo. */
  readonly index: number
  readonly team: GridTeam
  readonly content: GridContent
  readonly random: Random
}

export function demoGridDetails({ grid, index, team, content, random }: DemoGrid): GridDetails {
  return {
    level: 3,
    parent: grid.code.slice(0, 12),
    boundary: { type: 'Polygon', coordinates: [rectangle(index)] },
    areaSquareMetres,
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

function rectangle(index: number): readonly Position[] {
  const west = corner.longitude + (index % perRow) * step.longitude
  const south = corner.latitude + Math.floor(index / perRow) * step.latitude
  const [east, north] = [west + step.longitude, south + step.latitude]
  const at = (longitude: number, latitude: number): Position => [rounded(longitude), rounded(latitude)]
  return [at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]
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
