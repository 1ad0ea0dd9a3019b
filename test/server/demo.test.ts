/** The demo: whole, valid, fictional and the same each time. */
import { createProjection } from '@tongge/crdt'
import {
  checkField,
  checkGrid,
  checkStaff,
  createCalendar,
  foldTicket,
  openStates,
  parseIdNo,
  startOfDay,
  type Entry,
  type Kind,
  type Snapshot,
  type Value,
} from '@tongge/model'
import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { applyUpdate, Doc, Text } from 'yjs'
import type { Grid } from '../../sync-server/src/accounts/accounts.ts'
import { demoSeed, makeGrid } from '../../sync-server/src/demo/grid.ts'
import { demoGridDetails, demoStaffDetails } from '../../sync-server/src/demo/organisation.ts'
import { demoPlaces } from '../../sync-server/src/demo/places.ts'
import { demoStaff, teamOf } from '../../sync-server/src/demo/staff.ts'
import { createRandom } from '../../sync-server/src/demo/random.ts'
import { writeGrid, type WrittenDocument } from '../../sync-server/src/demo/write-grid.ts'

const today = '2026-11-23'
const places = demoPlaces('street')
const grid = gridAt(0)

describe('a grid of the demo', () => {
  let written: readonly WrittenDocument[]
  let snapshot: Snapshot
  let people: readonly Entry<'person'>[]

  beforeAll(() => {
    written = writeGrid(grid.code, makeGrid(grid, 0, '春和社区（演示）', today))
    snapshot = read(written)
    people = ofKind(snapshot, 'person')
  })

  it('[DEMO1] is the same for the same seed and day, byte by byte, and another for another seed', () => {
    const again = writeGrid(grid.code, makeGrid(grid, 0, '春和社区（演示）', today))
    expect(hashOf(again)).toBe(hashOf(written))
    expect(hashOf(writeGrid(grid.code, makeGrid(grid, 0, '春和社区（演示）', today, demoSeed + 1)))).not.toBe(
      hashOf(written),
    )
  })

  it('[DEMO2] has at most 500 households, about 1,500 people and a year of about 1,000 tickets', () => {
    const households = ofKind(snapshot, 'household').length
    expect(households).toBeGreaterThan(470)
    expect(households).toBeLessThanOrEqual(500)
    expect(people.length).toBeGreaterThan(1350)
    expect(people.length).toBeLessThan(1600)
    expect(snapshot.tickets.size).toBeGreaterThan(900)
    expect(snapshot.tickets.size).toBeLessThan(1100)
    expect(new Set(written.map(({ document }) => document).filter((name) => name.includes('/work/')))).toHaveLength(4)
  })

  it('[DEMO11] has a diary for about one household in six, in the document of diaries alone', () => {
    const textsIn = (name: string): readonly string[] => {
      const doc = new Doc()
      const update = written.find(({ document }) => document.endsWith(name))?.update
      if (update) applyUpdate(doc, update)
      return [...doc.getMap('texts').values()].map((text) => (text instanceof Text ? text.toJSON() : ''))
    }
    const diaries = textsIn('/diary')
    expect(diaries.length).toBeGreaterThan(50)
    expect(diaries.length).toBeLessThan(120)
    for (const text of diaries) expect(text).toMatch(/^(\d+月\d+日 .+。\n){1,3}$/)
    expect(textsIn('/ledger')).toEqual([])
  })

  it('[DEMO3] gives every person an identity number of region 990101 that is valid, fits birth date and sex, and is nobody else’s', () => {
    const numbers = people.flatMap(({ fields }) => (fields.idNo === undefined ? [] : [{ idNo: fields.idNo, fields }]))
    expect(numbers.length).toBeGreaterThan(people.length * 0.95)
    expect(new Set(numbers.map(({ idNo }) => idNo))).toHaveLength(numbers.length)
    for (const { idNo, fields } of numbers) {
      const parsed = parseIdNo(idNo)
      expect(parsed).toMatchObject({
        ok: true,
        value: { region: '990101', birthDate: fields.birthDate, sex: fields.sex },
      })
    }
  })

  it('[DEMO4] holds only values that the model accepts', () => {
    expect(problemsIn(snapshot)).toEqual([])
  })

  it('[DEMO4] refers to nothing that is not there', () => {
    const dangling = [...snapshot.entries.values()].flatMap((entry) =>
      (['building', 'house', 'head', 'household'] as const).flatMap((name) => {
        const reference: unknown = Reflect.get(entry.fields, name)
        return typeof reference === 'string' && ![...snapshot.entries.keys()].includes(reference as never)
          ? [`${entry.id} ${name}`]
          : []
      }),
    )
    expect(dangling).toEqual([])
  })

  it('[DEMO5] makes families whose ages fit: parents are at least 16 years older than their children', () => {
    const byHousehold = Map.groupBy(people, ({ fields }) => fields.household)
    for (const members of byHousehold.values()) {
      const head = members.find(({ fields }) => fields.kinToHead === '02')
      if (!head) throw new Error('a household without a head')
      const year = (entry: Entry<'person'>): number => Number(entry.fields.birthDate?.slice(0, 4))
      for (const member of members) {
        const kin = member.fields.kinToHead ?? ''
        if (/^[23]/.test(kin)) expect(year(member) - year(head)).toBeGreaterThanOrEqual(16)
        if (kin.startsWith('5')) expect(year(head) - year(member)).toBeGreaterThanOrEqual(16)
      }
    }
  })

  it('[DEMO5] has about one floating person in eight', () => {
    const share = people.filter(({ fields }) => fields.resident === '02').length / people.length
    expect(share).toBeGreaterThan(0.08)
    expect(share).toBeLessThan(0.16)
  })

  it('[DEMO6] takes only steps that the state machine allows, and nothing lies after the day it is made for', () => {
    const tickets = [...snapshot.tickets.values()]
    expect(tickets.flatMap(({ conflicting, refused }) => [...conflicting, ...refused])).toEqual([])
    expect(Math.max(...tickets.map(({ updatedAt }) => updatedAt))).toBeLessThan(startOfDay(today))
  })

  it('[DEMO6] leaves tickets of the last weeks open, some of them overdue', () => {
    const open = [...snapshot.tickets.values()].filter(({ state }) => openStates.includes(state))
    expect(open.length).toBeGreaterThan(15)
    expect(open.length).toBeLessThan(120)
    const overdue = open.filter(({ due }) => due.resolve !== undefined && due.resolve < startOfDay(today))
    expect(overdue.length).toBeGreaterThan(0)
    expect(overdue.length).toBeLessThan(open.length)
  })
})

describe('every grid of the community', () => {
  it.each(demoPlaces('community').grids.map((one, index) => [one.name, one, index] as const))(
    '[DEMO4] %s is as valid as the first',
    (_name, one, index) => {
      const content = read(writeGrid(one.code, makeGrid(one, index, '春和社区（演示）', today)), one.code)
      expect(problemsIn(content)).toEqual([])
      expect([...content.tickets.values()].flatMap(({ conflicting, refused }) => [...conflicting, ...refused])).toEqual(
        [],
      )
      expect(ofKind(content, 'household').length).toBeLessThanOrEqual(500)
      expect(ofKind(content, 'household').length).toBeGreaterThan(50)
    },
  )
})

describe('the street of the demo', () => {
  it('[DEMO7] has 9 communities and 111 grids, 83 basic and 28 dedicated, with 111 leaders and 281 members', () => {
    expect(places.communities).toHaveLength(9)
    expect(places.grids.filter(({ kind }) => kind === 'basic')).toHaveLength(83)
    expect(places.grids.filter(({ kind }) => kind === 'dedicated')).toHaveLength(28)
    const { assignments } = demoStaff(places, 'b0-1', createRandom(1))
    expect(assignments.filter(({ role }) => role === 'gridLeader')).toHaveLength(111)
    const members = assignments.filter(({ role }) => role === 'gridMember').map(({ account }) => account)
    expect(members).toHaveLength(281)
    expect(new Set(members)).toHaveLength(281)
    expect(teamOf(0)).toMatchObject({ leader: 'leader01', members: ['member01', 'member02'] })
  })

  it('[DEMO9] tells of each grid and its people what the model accepts, with boundaries at sea and telephones of nobody', () => {
    const known = places.grids.slice(0, 12).map((one, index) => {
      const content = makeGrid(one, index, '春和社区（演示）', today)
      return demoGridDetails({ grid: one, index, team: teamOf(index), content, random: createRandom(index) })
    })
    // Neighbours meet: what is east of the first grid is west of the second.
    const [first, second] = known.map(({ boundary }) => new Set(boundary?.coordinates.flat().map(String)))
    expect([...(first ?? [])].filter((corner) => second?.has(corner))).toHaveLength(3)
    for (const [index, details] of known.entries()) {
      const { code, name, kind } = gridAt(index)
      const record = { level: 3, parent: '', ...details, gridCode: code, name, kind }
      expect(checkGrid(record, { today })).toEqual([])
      expect(details.areaSquareMetres).toBeGreaterThan(30_000)
      expect(details.areaSquareMetres).toBeLessThan(60_000)
      expect(details.targetHouseholds).toBeGreaterThan(40)
      expect(details.publicPhone).toMatch(/^1990000\d{4}$/)
      for (const [longitude] of details.boundary?.coordinates.flat() ?? []) expect(longitude).toBeGreaterThan(131)
    }
    const { assignments, people } = demoStaff(places, 'b0-1', createRandom(1))
    const staff = demoStaffDetails(assignments, today, createRandom(1))
    const roleOf = new Map(assignments.map(({ account, role }) => [account, role]))
    for (const [account, details] of staff) {
      const name = people.find((one) => one.account === account)?.name ?? ''
      expect(checkStaff({ ...details, name, role: roleOf.get(account) ?? 'resident' }, { today })).toEqual([])
      expect(details.workPhone).toMatch(/^1990000\d{4}$/)
      expect(details.idNo).toBeUndefined()
    }
    expect(staff.size).toBeGreaterThan(390)
  })

  it('[DEMO7] marks every place as a demo', () => {
    for (const { name } of [places.street, ...places.communities]) expect(name).toContain('演示')
  })
})

function gridAt(index: number): Grid {
  const found = places.grids[index]
  if (!found) throw new Error('no such grid')
  return found
}

function problemsIn({ entries }: Snapshot): readonly string[] {
  return [...entries.values()].flatMap((entry) =>
    Object.entries(entry.fields).flatMap(([name, value]) => {
      const problem = checkField(entry.kind, name, value as Value, { today })
      return problem ? [`${entry.kind}/${entry.id} ${JSON.stringify(problem)} ${String(value)}`] : []
    }),
  )
}

function read(documents: readonly WrittenDocument[], code = grid.code): Snapshot {
  const docs = new Map(
    documents.map(({ document, update }) => {
      const doc = new Doc()
      applyUpdate(doc, update)
      return [document.replace(/^grid\/\d+\//, ''), doc] as const
    }),
  )
  const calendar = createCalendar()
  const work = new Map(
    [...docs].flatMap(([name, doc]) => (name.startsWith('work/') ? [[name.slice(5), doc] as const] : [])),
  )
  const projection = createProjection(
    { ledger: docs.get('ledger'), sensitive: docs.get('sensitive'), work, notes: new Map() },
    code,
    { foldTicket: (steps) => foldTicket(steps, calendar) },
  )
  return projection.snapshot()
}

function ofKind<K extends Kind>({ entries }: Snapshot, kind: K): readonly Entry<K>[] {
  return [...entries.values()].filter((entry): entry is Entry<K> => entry.kind === kind)
}

function hashOf(documents: readonly WrittenDocument[]): string {
  const hash = createHash('sha256')
  for (const { document, update } of documents) hash.update(document).update(update)
  return hash.digest('hex')
}
