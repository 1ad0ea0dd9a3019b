/** The masked rosters, over a whole relay, real sockets and files. */
import { idCheckCharacter, type Edit, type RecordId } from '@tongge/model'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Doc } from 'yjs'
import { createSqliteUpdateLog, type SqliteUpdateLog } from '../../sync-server/src/sync.ts'
import { storeFiles } from '../../sync-server/src/stores.ts'
import { join } from 'node:path'
import { create, documents, doorsIn, openRosterStage, set, write, type RosterStage } from './roster-stage.ts'

const idNo = `99010119480317123${idCheckCharacter('99010119480317123')}`
/** What no helper may ever be sent, by what it is. */
const planted = {
  'full name': '欧阳秋月',
  'other person': '司马春山',
  'former name': '欧阳旧名',
  'full phone': '13912345678',
  'phone of a person': '13787654321',
  'emergency contact': '诸葛紧急',
  'emergency phone': '13611112222',
  'owner of the house': '上官房主',
  'phone of the owner': '13533334444',
  'ID number': idNo,
  'birth date': '1948-03-17',
  remark: '备注里写了秘密',
  'permit number': 'PERMIT-MARK',
  difficulty: '困难诉求标记',
  workplace: '服务处所标记',
  address: '户籍详址标记',
  dogs: '养犬标记',
}
const careTags = ['livingAlone', 'dependent', 'lowIncome']

const firstLedger: readonly Edit[] = [
  create('building', 'b1', { estate: '翠竹苑', name: '1号楼' }),
  create('building', 'b2', { estate: '翠竹苑', name: '2号楼' }),
  create('house', 'r101', {
    building: 'b1',
    entrance: '1',
    floor: 1,
    door: '101',
    occupancy: 'owner',
    ownerName: planted['owner of the house'],
    ownerPhone: planted['phone of the owner'],
  }),
  create('house', 'r201', { building: 'b1', entrance: '1', floor: 2, door: '201', occupancy: 'vacant' }),
  create('house', 'r901', { building: 'b2', entrance: '1', floor: 9, door: '901', occupancy: 'owner' }),
  create('household', 'h1', {
    house: 'r101',
    head: 'p1',
    phone: planted['full phone'],
    emergencyContact: planted['emergency contact'],
    emergencyPhone: planted['emergency phone'],
    visitRule: 'weekly',
    dogs: planted.dogs,
    remark: planted.remark,
    careTags,
    income: 'subsistence',
  }),
  create('person', 'p1', {
    household: 'h1',
    name: planted['full name'],
    formerName: planted['former name'],
    kinToHead: '02',
    sex: '2',
    birthDate: planted['birth date'],
    phone: planted['phone of a person'],
    registeredAddress: planted.address,
    workplace: planted.workplace,
    idNo,
    health: '31',
    permitNo: planted['permit number'],
    difficulty: planted.difficulty,
  }),
  create('person', 'p2', { household: 'h1', name: planted['other person'], kinToHead: '10', sex: '1' }),
]

describe('the masked roster of a building', () => {
  let stage: RosterStage
  let ledger: Doc
  let sensitive: Doc
  let notes: Doc
  let roster: Doc
  const edit = (...edits: Edit[]): void => write({ ledger, sensitive }, 'leader', edits)
  const doors = () => doorsIn(roster)
  const soon = { timeout: 30_000, interval: 20 }

  const everybodyOpens = async (): Promise<void> => {
    const leader = await stage.signIn('leader')
    ledger = await leader.open(documents.ledger)
    sensitive = await leader.open(documents.sensitive)
  }
  const helperOpens = async () => {
    const helper = await stage.signIn('volunteer')
    await expect
      .poll(async () => (await helper.session()).documents.map(({ name }) => name), soon)
      .toContain(documents.roster('b1'))
    roster = await helper.open(documents.roster('b1'))
    notes = await helper.open(documents.notes('b1'))
    return helper
  }

  beforeAll(async () => {
    stage = await openRosterStage()
    await everybodyOpens()
    edit(...firstLedger)
  })
  afterAll(() => stage.close())

  it('[ROSTER1] shows helpers the doors of their building: masked name and phone of the head, how many people, how often to knock', async () => {
    await helperOpens()
    await expect.poll(() => Object.keys(doors()).toSorted(), soon).toEqual(['r101', 'r201'])
    expect(doors()['r101']).toEqual({
      house: 'r101',
      entrance: '1',
      floor: 1,
      door: '101',
      state: 'registered',
      households: [{ id: 'h1', name: '欧**', phone: '139****5678', people: 2, rule: 'weekly' }],
    })
    expect(doors()['r201']).toMatchObject({ state: 'empty', households: [] })
  })

  it('[ROSTER3] follows a changed phone, and writes no other door again', async () => {
    let told: readonly string[] = []
    roster.getMap('roster').observe(({ keysChanged }) => (told = [...told, ...keysChanged]))
    edit(set('household', 'h1', 'phone', '13900009999'))
    await expect.poll(() => doors()['r101']?.households[0]?.phone, soon).toBe('139****9999')
    expect(told).toEqual(['r101'])
  })

  it('[ROSTER3] follows a knock that a helper notes at a door', async () => {
    const at = Date.parse('2026-11-24T15:00:00+08:00')
    write({ notes: new Map([['b1' as RecordId, notes]]) }, 'volunteer', [
      create('note', 'n1', {
        building: 'b1',
        noteType: 'knock',
        door: '1-101',
        outcome: 'seen',
        text: '老人在家',
        notedAt: at,
      }),
    ])
    await expect.poll(() => doors()['r101']?.knock, soon).toEqual({ at, outcome: 'seen' })
  })

  it('[ROSTER3] follows a head who moves out, a door that is added and one that goes away', async () => {
    edit(set('person', 'p1', 'status', 'movedOut'), set('household', 'h1', 'head', undefined))
    await expect
      .poll(() => doors()['r101']?.households, soon)
      .toEqual([{ id: 'h1', phone: '139****9999', people: 1, rule: 'weekly' }])
    edit(create('house', 'r102', { building: 'b1', entrance: '1', floor: 1, door: '102', occupancy: 'rented' }))
    await expect.poll(() => Object.keys(doors()), soon).toContain('r102')
    edit({ op: 'delete', kind: 'house', id: 'r201' as RecordId })
    await expect.poll(() => Object.keys(doors()).toSorted(), soon).toEqual(['r101', 'r102'])
  })

  it('[ROSTER3] a building added later gets its roster, and one that is deleted keeps an empty one', async () => {
    const leader = await stage.signIn('leader')
    edit(
      create('building', 'b3', { estate: '翠竹苑', name: '3号楼' }),
      create('house', 'r301', { building: 'b3', entrance: '1', floor: 3, door: '301', occupancy: 'owner' }),
    )
    await expect
      .poll(async () => (await leader.session()).documents.map(({ name }) => name), soon)
      .toContain(documents.roster('b3'))
    const third = await leader.open(documents.roster('b3'))
    await expect.poll(() => Object.keys(doorsIn(third)), soon).toEqual(['r301'])
    edit({ op: 'delete', kind: 'building', id: 'b3' as RecordId })
    await expect.poll(() => Object.keys(doorsIn(third)), soon).toEqual([])
  })

  it('[ROSTER5] a start makes up for what was committed too late for the last relay, and writes nothing that is said already', async () => {
    const storedLog = async <T>(ask: (log: SqliteUpdateLog) => Promise<T>): Promise<T> => {
      const log = createSqliteUpdateLog(join(stage.data, storeFiles.log))
      const answer = await ask(log)
      await log.close()
      return answer
    }
    const newestRow = (building: string) =>
      storedLog(async (log) => (await log.read(documents.roster(building))).through)
    await stage.stop()
    const [first, second] = [await newestRow('b1'), await newestRow('b2')]
    const late: Uint8Array[] = []
    ledger.on('update', (update) => late.push(update))
    edit(set('house', 'r901', 'occupancy', 'vacant'))
    await storedLog((log) =>
      log.append(late.map((update) => ({ document: documents.ledger, update, account: 'leader' }))),
    )
    await stage.start()
    await everybodyOpens()
    const leader = await stage.signIn('leader')
    const other = await leader.open(documents.roster('b2'))
    await expect.poll(() => doorsIn(other)['r901']?.state, soon).toBe('empty')
    await stage.stop()
    expect(await newestRow('b2')).toBeGreaterThan(second)
    expect(await newestRow('b1')).toBe(first)
    await stage.start()
    await everybodyOpens()
    await helperOpens()
  })

  it('[ROSTER2] nothing of a full name, number, date, condition or remark is among what a volunteer receives, or in the rows of rosters and notes', async () => {
    edit(
      set('person', 'p1', 'status', 'active'),
      set('household', 'h1', 'head', 'p1'),
      set('household', 'h1', 'phone', planted['full phone']),
    )
    await expect.poll(() => doors()['r101']?.households[0]?.name, soon).toBe('欧**')
    const helper = await helperOpens()
    for (const { name } of (await helper.session()).documents) await helper.open(name)
    const leader = await stage.signIn('leader')
    for (const { name } of (await leader.session()).documents) await leader.open(name)
    const everything = [...Object.values(planted), ...careTags]
    const among = (bytes: readonly Uint8Array[]) =>
      everything.filter((text) => bytes.some((one) => Buffer.from(one).includes(text)))
    // The same search finds all of it where it may be.
    expect(among(leader.received)).toEqual(everything)
    expect(among(helper.received)).toEqual([])
    expect(helper.received.some((bytes) => bytes.includes('欧**'))).toBe(true)

    await stage.stop()
    const log = createSqliteUpdateLog(join(stage.data, storeFiles.log))
    const rows: Uint8Array[] = []
    for (const document of await log.documents()) {
      if (!/\/(roster|notes)$/.test(document)) continue
      const { snapshot, tail } = await log.read(document)
      rows.push(...(snapshot ? [snapshot] : []), ...tail)
    }
    await log.close()
    expect(rows.length).toBeGreaterThan(3)
    expect(among(rows)).toEqual([])
  })
})
