/** TONGGE_DEMO=street: what is made for its grids, and a relay that makes all of them and lets people in. */
import { readDirectory, readRoster } from '@tongge/crdt'
import { dayOf, type Kind } from '@tongge/model'
import { formatDocumentName } from '@tongge/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeGrid } from '../../sync-server/src/demo/grid.ts'
import { demoPlaces } from '../../sync-server/src/demo/places.ts'
import { startRelay, type Relay } from '../../sync-server/src/relay.ts'
import { silent, start, temporaryFolder } from './fixtures.ts'
import { readGrid, signInAt, type SignedIn } from './street-people.ts'

const places = demoPlaces('street')
const [community, ...otherCommunities] = [4, 0, 1, 2, 3, 5, 6, 7, 8].map((at) => places.communities[at]?.code ?? '')
const indexes = [...places.grids.keys()]
const ofCommunity = indexes.filter((index) => places.grids[index]?.code.startsWith(community ?? ''))
/** The first and the last grid, and one of the fifth community. */
const some = [0, ofCommunity[1] ?? 0, 110]

/** At least and at most. */
const basic = { household: [470, 500], person: [1_350, 1_550], ticket: [900, 1_100] } as const
const dedicated = { household: [50, 200], person: [200, 550], ticket: [400, 600] } as const

describe('what is made for the street', () => {
  it('[DEMO10] is at most 500 households in each grid, about 1,500 people and a year of about 1,000 tickets in a basic one', () => {
    const sum = { household: 0, person: 0, ticket: 0 }
    for (const [index, grid] of places.grids.entries()) {
      const { ledger, tickets } = makeGrid(grid, index, '', dayOf(start))
      const edits = ledger.flatMap((batch) => batch.edits)
      const count = (kind: Kind): number => edits.filter((edit) => edit.op === 'create' && edit.kind === kind).length
      const steps = [...tickets.values()].flat()
      const found = {
        household: count('household'),
        person: count('person'),
        ticket: steps.filter(({ step }) => step.action === 'submit').length,
      }
      const within = grid.kind === 'basic' ? basic : dedicated
      for (const kind of ['household', 'person', 'ticket'] as const) {
        const [least, most] = within[kind]
        expect([grid.code, kind, found[kind] >= least && found[kind] <= most]).toEqual([grid.code, kind, true])
        sum[kind] += found[kind]
      }
    }
    expect(sum.household).toBeGreaterThan(44_000)
    expect(sum.person).toBeGreaterThan(128_000)
    expect(sum.ticket).toBeGreaterThan(94_000)
  })
})

describe('a relay with the street', () => {
  const folder = temporaryFolder()
  const signedIn: SignedIn[] = []
  let relay: Relay

  beforeAll(async () => {
    relay = await startRelay(
      {
        port: 0,
        host: '127.0.0.1',
        data: folder.path,
        keys: undefined,
        demo: 'street',
        origins: [],
        logLevel: 'silent',
        app: '/nowhere',
      },
      { logger: silent, now: () => start },
    )
  }, 240_000)
  afterAll(async () => {
    for (const one of signedIn) await one.close()
    await relay.close()
    folder.dispose()
  })

  const signIn = async (account: string): Promise<SignedIn> => {
    const one = await signInAt(relay.port, account)
    signedIn.push(one)
    return one
  }
  const gridAt = (index: number) => {
    const grid = places.grids[index]
    if (!grid) throw new Error('no such grid')
    return grid
  }
  const namesOf = ({ answer }: SignedIn, kind: string): readonly string[] =>
    answer.documents.flatMap(({ name }) => (name.split('/').includes(kind) ? [name] : []))

  it('[DEMO10] the street office holds directory, boards and the tickets of all grids, and no ledger', async () => {
    const office = await signIn('street01')
    expect([namesOf(office, 'org').length, namesOf(office, 'board').length]).toEqual([1, 9])
    expect(namesOf(office, 'work')).toHaveLength(111 * 4)
    expect(office.answer.grids).toHaveLength(111)
    expect(office.answer.documents.filter(({ name }) => !/^org|^board|\/work\//.test(name))).toEqual([])

    for (const { code, kind } of some.map(gridAt)) {
      const docs = await office.open(namesOf(office, code).filter((name) => name.includes('/work/')))
      expect(readGrid(code, docs).tickets.size).toBeGreaterThan((kind === 'basic' ? basic : dedicated).ticket[0])
    }
    const ledger = formatDocumentName({ kind: 'ledger', grid: gridAt(0).code })
    await expect(office.open([ledger])).rejects.toMatchObject({ reason: 'forbidden' })
  })

  it('[DEMO10] the directory names everybody: 111 leaders, 281 members and an office in each community', async () => {
    const office = await signIn('street01')
    const [directory] = [...(await office.open(namesOf(office, 'org'))).values()]
    if (!directory) throw new Error('no directory')
    const entries = readDirectory(directory)
    const staffOf = (prefix: string) =>
      [...entries].flatMap(([key, { staff }]) => (key.startsWith(prefix) ? staff.map(({ role }) => role) : []))
    expect(staffOf('grid/').filter((role) => role === 'gridLeader')).toHaveLength(111)
    expect(staffOf('grid/').filter((role) => role === 'gridMember')).toHaveLength(281)
    expect(staffOf('community/').filter((role) => role === 'community')).toHaveLength(9)
  })

  it('[DEMO10] a community office holds every document of its own grids and of no other', async () => {
    const office = await signIn('community05')
    const own = ofCommunity.map((index) => gridAt(index).code)
    expect(office.answer.grids).toEqual(own)
    expect(namesOf(office, 'ledger')).toEqual(own.map((grid) => formatDocumentName({ kind: 'ledger', grid })))
    expect(namesOf(office, 'sensitive')).toHaveLength(own.length)
    const names = office.answer.documents.map(({ name }) => name)
    expect(names.filter((name) => otherCommunities.some((code) => name.startsWith(`grid/${code}`)))).toEqual([])

    for (const index of ofCommunity.slice(0, 2)) {
      const { code } = gridAt(index)
      const docs = await office.open(names.filter((name) => name.startsWith(`grid/${code}/`)))
      const kinds = [...readGrid(code, docs).entries.values()].map(({ kind }) => kind)
      const households = kinds.filter((kind) => kind === 'household').length
      expect([households <= 500, households > 50, kinds.includes('note')]).toEqual([true, true, true])
    }
  })

  it('[DEMO10] a grid leader holds the ledger, its sensitive part, a year of tickets, and notes and masked doors of each building', async () => {
    const index = ofCommunity[1] ?? 0
    const { code } = gridAt(index)
    const leader = await signIn(`leader${index + 1}`)
    expect([leader.answer.roles, leader.answer.grids]).toEqual([['gridLeader'], [code]])
    const docs = await leader.open(leader.answer.documents.map(({ name }) => name))
    const { entries, tickets } = readGrid(code, docs)
    const people = [...entries.values()].filter(({ kind }) => kind === 'person')
    const buildings = [...entries.values()].filter(({ kind }) => kind === 'building')
    expect([people.length > 1_300, people.length < 1_600, tickets.size > 900]).toEqual([true, true, true])
    expect(people.filter(({ fields }) => 'idNo' in fields).length).toBeGreaterThan(people.length * 0.95)
    expect([namesOf(leader, 'notes').length, namesOf(leader, 'roster').length]).toEqual([
      buildings.length,
      buildings.length,
    ])
    const roster = docs.get(namesOf(leader, 'roster')[0] ?? '')
    await expect.poll(() => (roster ? readRoster(roster).length : 0), { timeout: 240_000 }).toBeGreaterThan(10)
  })
})
