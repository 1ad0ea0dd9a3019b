/** Reveals over a whole relay, real sockets and files: what a device wrote stands in the audit log. */
import { foldGeneration, revealsTo } from '@tongge/crdt'
import type { Edit, RecordId } from '@tongge/model'
import type { AuditEntriesAnswer } from '@tongge/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs'
import { openStores } from '../../sync-server/src/stores.ts'
import { silent } from './fixtures.ts'
import { create, documents, openRosterStage, write, type Person, type RosterStage } from './roster-stage.ts'

const id = 'p1' as RecordId
const person = create('person', id, { name: '王小明', idNo: '990101199001010115' })
const look: Edit = { op: 'reveal', kind: 'person', id, fields: ['idNo'], reason: 'verify' }
const words: Edit = { ...look, reason: 'other', note: '民政核对身份' }
const newer = `${documents.sensitive}/g900000`

describe('reveals at the relay', () => {
  let stage: RosterStage
  let auditor: Person
  let police: Person
  beforeAll(async () => {
    stage = await openRosterStage(silent, ['police', 'community', 'auditor'])
    const leader = await stage.signIn('leader')
    auditor = await stage.signIn('auditor')
    police = await stage.signIn('police')
    write(
      { ledger: await leader.open(documents.ledger), sensitive: await leader.open(documents.sensitive) },
      'leader',
      [person],
    )
  })
  afterAll(() => stage.close())

  const entries = async (): Promise<readonly Record<string, unknown>[]> => {
    const answer = (await auditor.get('/api/audit/entries?from=0&limit=1000')) as AuditEntriesAnswer
    return answer.entries.map((text) => JSON.parse(text) as Record<string, unknown>)
  }
  const reveals = async (): Promise<readonly Record<string, unknown>[]> =>
    (await entries()).filter(({ type }) => type === 'reveal')
  const told = (account: string, reason: string, document = documents.sensitive): object => ({
    type: 'reveal',
    account,
    document,
    record: 'p1',
    fields: ['id'],
    reason,
    at: expect.any(Number) as number,
    deviceAt: expect.any(Number) as number,
  })

  it('[AUDIT14] a reveal has its entry right after that of the update it came in, with record, fields, reason and the device’s time', async () => {
    const sensitive = await police.open(documents.sensitive)
    await expect.poll(() => [...sensitive.getMap('blobs').keys()]).toEqual(['p1'])
    write({ sensitive }, 'police', [look])
    await expect.poll(reveals).toEqual([told('police', 'verify')])
    const all = await entries()
    const at = all.findIndex(({ type }) => type === 'reveal')
    expect(all[at - 1]).toMatchObject({ type: 'edit', account: 'police', document: documents.sensitive })
  })

  it('[AUDIT14] those made offline arrive together, each with its entry; words that somebody gave as a reason stay in the document', async () => {
    const community = await stage.signIn('community')
    const sensitive = await community.open(documents.sensitive)
    const offline = new Doc()
    applyUpdate(offline, encodeStateAsUpdate(sensitive))
    write({ sensitive: offline }, 'community', [look])
    write({ sensitive: offline }, 'community', [words])
    applyUpdate(sensitive, encodeStateAsUpdate(offline))
    await expect
      .poll(reveals)
      .toEqual([told('police', 'verify'), told('community', 'verify'), told('community', 'other')])
    expect(JSON.stringify(await entries())).not.toContain('民政')
  })

  it('[AUDIT14] a reveal that arrives in an older generation is told of once, and is kept in the newest', async () => {
    const sensitive = await police.open(documents.sensitive)
    const offline = new Doc()
    applyUpdate(offline, encodeStateAsUpdate(sensitive))
    await stage.stop()
    const { log, close } = openStores(stage.data)
    await log.append([{ document: newer, update: foldGeneration(offline, 9), account: '' }])
    await close()
    await stage.start()
    auditor = await stage.signIn('auditor')
    police = await stage.signIn('police')
    const before = await reveals()
    const older = await police.open(documents.sensitive)
    write({ sensitive: offline }, 'police', [look])
    applyUpdate(older, encodeStateAsUpdate(offline))
    // The worker that carries over begins with the first of it.
    await expect.poll(reveals, { timeout: 20_000 }).toEqual([...before, told('police', 'verify')])
    const newest = await (await stage.signIn('leader')).open(newer)
    expect(revealsTo({ ledger: undefined, sensitive: newest }, id, 50).map(({ stamp: { by } }) => by)).toEqual([
      'police',
      'community',
      'community',
      'police',
    ])
  })
})
