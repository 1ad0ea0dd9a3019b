/** Rights by role, from the session's answer and by name. */
import { readers, roles, writeRules, type Role } from '@tongge/model'
import { formatDocumentName, type DocumentName } from '@tongge/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAccess, type Access } from '../../sync-server/src/access/access.ts'
import type { Register } from '../../sync-server/src/access/register.ts'
import { parseScope } from '../../sync-server/src/accounts/scope.ts'
import { demoAccounts } from '../../sync-server/src/demo/staff.ts'
import { demoPlaces } from '../../sync-server/src/demo/places.ts'
import { createNewest } from '../../sync-server/src/sync.ts'
import { createTestApp, firstGrid, start, type TestApp } from './fixtures.ts'

const grid = firstGrid
const other = '990101001001002'
const documents: readonly DocumentName[] = [
  { kind: 'org', street: '990101001' },
  { kind: 'board', community: '990101001001' },
  { kind: 'ledger', grid },
  { kind: 'sensitive', grid },
  { kind: 'diary', grid },
  { kind: 'work', grid, quarter: '2026q4' },
  { kind: 'roster', grid, building: 'b0-1' },
  { kind: 'notes', grid, building: 'b0-1' },
]

describe('what an account may open', () => {
  let test: TestApp
  const stored = ['2026q3', '2026q2', '2026q1', '2025q4'].map((quarter) => `grid/${grid}/work/${quarter}`)
  beforeAll(async () => {
    test = await createTestApp({ stored })
  })
  afterAll(() => test.close())

  const names = async (account: string): Promise<readonly string[]> =>
    (await test.signIn(account)).answer.documents.map(({ name }) => name)
  const mine = (list: readonly string[]): readonly string[] =>
    list.filter((name) => name.startsWith(`grid/${grid}/`)).map((name) => name.slice(`grid/${grid}/`.length))

  it.each(demoAccounts.map(({ account, role }) => [account, role] as const))(
    '[ACCESS1] %s (%s) is told of exactly the documents that the policy gives the role',
    async (account, role) => {
      const { answer } = await test.signIn(account)
      for (const document of documents) {
        const found = answer.documents.find(({ name }) => name === formatDocumentName(document))
        const write = writeRules.some((rule) => rule.document === document.kind && rule.roles.includes(role))
        expect([document.kind, found]).toEqual([
          document.kind,
          readers[document.kind].includes(role) ? { name: formatDocumentName(document), write } : undefined,
        ])
      }
    },
  )

  it('[ACCESS2] a member hears of their own grid alone, with the running quarter, the newest three before it and the notes of each building', async () => {
    const list = await names('member01')
    expect(list.filter((name) => name.includes(other))).toEqual([])
    expect(mine(list)).toEqual([
      'ledger',
      'sensitive',
      'diary',
      'work/2026q4',
      'journal/2026q4',
      'work/2026q3',
      'journal/2026q3',
      'work/2026q2',
      'journal/2026q2',
      'work/2026q1',
      'journal/2026q1',
      'building/b0-1/notes',
      'building/b0-1/roster',
      'building/b0-2/notes',
      'building/b0-2/roster',
    ])
  })

  it('[GEN4] a session is told the newest generation of each document', async () => {
    const begun = ['ledger/g2', 'ledger/g10', 'building/b0-1/notes/g3'].map((name) => `grid/${grid}/${name}`)
    const later = await createTestApp({ stored: begun })
    const { answer } = await later.signIn('member01')
    await later.close()
    expect(mine(answer.documents.map(({ name }) => name))).toEqual([
      'ledger/g10',
      'sensitive',
      'diary',
      'work/2026q4',
      'journal/2026q4',
      'building/b0-1/notes/g3',
      'building/b0-1/roster',
      'building/b0-2/notes',
      'building/b0-2/roster',
    ])
  })

  it('[ACCESS3] a community office hears of every grid of the community', async () => {
    const { answer } = await test.signIn('community01')
    expect(answer.grids).toHaveLength(12)
    expect(answer.documents.filter(({ name }) => name.endsWith('/ledger'))).toHaveLength(12)
  })

  it('[ACCESS4] building leaders and volunteers hear of their building’s notes and roster, never of a ledger or another building', async () => {
    for (const account of ['building01', 'volunteer01']) {
      expect(await names(account)).toEqual([
        'org/990101001',
        'board/990101001001',
        `grid/${grid}/building/b0-1/notes`,
        `grid/${grid}/building/b0-1/roster`,
      ])
      expect((await test.signIn(account)).answer).toMatchObject({ grids: [grid], buildings: ['b0-1'] })
    }
  })

  it('[ACCESS5] no ledger, no sensitive document and no notes reach the street, the administrator, the auditor or a resident', async () => {
    for (const account of ['street01', 'admin01', 'auditor01', 'resident01']) {
      expect((await names(account)).filter((name) => /ledger|sensitive|diary|notes|roster/.test(name))).toEqual([])
    }
    expect(await names('admin01')).toEqual(['org/990101001', 'board/990101001001'])
  })
})

describe('a right by name', () => {
  const day = '2026-11-23'
  const accessFor = (
    assignments: readonly {
      readonly role: Role
      readonly scope: string
      readonly from?: string
      readonly to?: string
    }[],
    isRestored = false,
  ): Access => {
    const places = demoPlaces('street')
    const held = assignments.flatMap(({ scope: text, ...rest }) => {
      const scope = parseScope(text)
      return scope ? [{ account: 'a', scope, ...rest }] : []
    })
    const register: Register = {
      assignmentsByAccount: new Map([['a', held]]),
      territory: { streets: [places.street], communities: places.communities, grids: places.grids, buildings: [] },
      parametersByCommunity: new Map(),
      places: new Set<string>([
        places.street.code,
        ...places.communities.map(({ code }) => code),
        ...places.grids.map(({ code }) => code),
      ]),
    }
    return createAccess({
      register: () => register,
      stored: async () => [],
      newest: createNewest([]),
      now: () => start,
      isRestored: () => isRestored,
    })
  }

  it.each(roles.flatMap((role) => documents.map((document) => [role, document.kind, document] as const)))(
    '[ACCESS1] %s for the whole street and for one grid: %s',
    (role, kind, document) => {
      const inGrid = kind !== 'org' && kind !== 'board'
      for (const scope of ['990101001', '990101001001', grid]) {
        const rights = accessFor([{ role, scope }]).rightsTo('a', formatDocumentName(document))
        expect(rights).toMatchObject({ read: readers[kind].includes(role) })
      }
      if (inGrid)
        expect(accessFor([{ role, scope: other }]).rightsTo('a', formatDocumentName(document))).toEqual({
          read: false,
          write: false,
        })
    },
  )

  it('[ACCESS6] begins and ends with the days of the assignment, both included', () => {
    const ledger = `grid/${grid}/ledger`
    const read = (from?: string, to?: string): unknown =>
      accessFor([{ role: 'gridMember', scope: grid, ...(from ? { from } : {}), ...(to ? { to } : {}) }]).rightsTo(
        'a',
        ledger,
      )
    expect(read(day, day)).toMatchObject({ read: true })
    expect(read('2026-11-24')).toMatchObject({ read: false })
    expect(read(undefined, '2026-11-22')).toMatchObject({ read: false })
  })

  it('[ACCESS7] one role’s reach lends nothing to another role held elsewhere', () => {
    const access = accessFor([
      { role: 'gridMember', scope: other },
      { role: 'resident', scope: grid },
      { role: 'street', scope: '990101001' },
    ])
    expect(access.rightsTo('a', `grid/${grid}/ledger`)).toEqual({ read: false, write: false })
    expect(access.rightsTo('a', `grid/${other}/ledger`)).toEqual({ read: true, write: true })
  })

  it('[GUARD11] of several roles those count that are held where the document belongs, and a session says so', async () => {
    const access = accessFor([
      { role: 'gridLeader', scope: other },
      { role: 'partTimeMember', scope: grid },
    ])
    expect(access.rolesOn('a', `grid/${grid}/work/2026q4`)).toEqual(['partTimeMember'])
    expect(access.rolesOn('a', `grid/${other}/work/2026q4`)).toEqual(['gridLeader'])
    expect(access.rolesOn('a', 'org/990101001')).toEqual(['gridLeader', 'partTimeMember'])
    expect(access.rolesOn('a', 'nonsense')).toEqual([])
    const person = { account: 'a', name: 'A', disabled: false } as Parameters<Access['session']>[0]
    expect((await access.session(person)).rolesIn).toEqual({ [grid]: ['partTimeMember'], [other]: ['gridLeader'] })
    const one = accessFor([{ role: 'gridLeader', scope: grid }])
    expect(await one.session(person)).not.toHaveProperty('rolesIn')
    expect(await one.session(person)).not.toHaveProperty('isRestored')
  })

  it('[ACCESS12] a session is told that the relay was put back to an older state', async () => {
    const person = { account: 'a', name: 'A', disabled: false } as Parameters<Access['session']>[0]
    const restored = accessFor([{ role: 'gridLeader', scope: grid }], true)
    expect(await restored.session(person)).toMatchObject({ isRestored: true })
  })
  it('[ACCESS8] answers by rule for names nobody listed, and knows no place or period that does not exist', () => {
    const access = accessFor([{ role: 'gridLeader', scope: grid }])
    expect(access.rightsTo('a', `grid/${grid}/work/2027q1`)).toEqual({ read: true, write: true })
    expect(access.rightsTo('a', `grid/${grid}/work/2024q1`)).toEqual({ read: true, write: true })
    const strange = [
      `grid/${grid}/work/2027q2`,
      `grid/${grid}/work/1999q1`,
      'grid/990101001999001/ledger',
      'org/990101002',
      'board/990101001099',
      'meeting/m1',
      'proposal/p1',
      '../etc/passwd',
      '',
      `grid/${grid}/ledger/`,
      `grid/${grid}/building/${'x'.repeat(41)}/notes`,
    ]
    expect(strange.filter((name) => access.rightsTo('a', name) !== 'unknown')).toEqual([])
  })

  it('[ACCESS8] gives an account without any assignment nothing', () => {
    for (const document of documents)
      expect(accessFor([]).rightsTo('a', formatDocumentName(document))).toEqual({ read: false, write: false })
  })
})
