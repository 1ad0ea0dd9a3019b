/** Diaries 民情日记 over a whole relay, real sockets and files: they reach nobody but the team, wherever an older version kept them. */
import { createProjection, openCoText, type GridDocuments } from '@tongge/crdt'
import type { AccountId, GridCode, RecordId, Role } from '@tongge/model'
import { afterEach, describe, expect, it } from 'vitest'
import { applyUpdate, Doc, Text } from 'yjs'
import { moveDiariesOnce } from '../../sync-server/src/own-documents/move-diaries.ts'
import { createMemoryUpdateLog } from '../../sync-server/src/log/memory-update-log.ts'
import { openStores } from '../../sync-server/src/stores.ts'
import type { UpdateLog } from '../../sync-server/src/ports.ts'
import { firstGrid, silent, start } from './fixtures.ts'
import { create, documents, openRosterStage, set, write, type RosterStage } from './roster-stage.ts'

const diaryName = `grid/${firstGrid}/diary`
const marker = 'QIUYUE-7f3a'
const others = [
  'police',
  'partTimeMember',
  'department',
  'street',
  'citizenSupervisor',
] as const satisfies readonly Role[]
const h1 = 'h1' as RecordId
const at = { kind: 'household', id: h1, field: 'diary' } as const
const pen = (account: string) => ({
  slot: `slot-${account}`,
  account: account as AccountId,
  device: 'd',
  now: () => start,
})

describe('a diary', () => {
  let stage: RosterStage
  const open = async (stored: readonly Uint8Array[] = []): Promise<void> => {
    const rows = stored.map((update) => ({ document: documents.ledger, update, account: 'gridmember' }))
    stage = await openRosterStage(silent, ['gridMember', ...others], rows)
  }
  afterEach(() => stage.close())

  /** All that a person may open, and what they are refused; who reads the ledger has seen the household's telephone. */
  const outsiders = () =>
    Promise.all(
      ['volunteer', 'office', ...others.map((role) => role.toLowerCase())].map(async (account) => {
        const person = await stage.signIn(account)
        const granted = (await person.session()).documents.map(({ name }) => name)
        const docs = new Map(await Promise.all(granted.map(async (name) => [name, await person.open(name)] as const)))
        return { person, account, granted, ledger: docs.get(documents.ledger) }
      }),
    )
  const phoneIn = (ledger: Doc | undefined): boolean =>
    JSON.stringify(ledger?.getMap('s').toJSON() ?? {}).includes('13800000009')

  it('[ROLE9] that a member writes reaches the leader, and police, office and everybody else not one byte of it', async () => {
    await open()
    const everybody = await outsiders()
    const [member, leader] = await Promise.all([stage.signIn('gridmember'), stage.signIn('leader')])
    const own = { ledger: await member.open(documents.ledger), diary: await member.open(diaryName) }
    write(own, 'gridmember', [create('household', h1, { phone: '13800000001' })])
    const grids: GridDocuments = { sensitive: undefined, work: new Map(), notes: new Map(), ...own }
    openCoText(grids, at, pen('gridmember'))?.splice(0, 0, `${marker} 今天`)
    const theirs = await leader.open(diaryName)
    await expect.poll(() => JSON.stringify(theirs.getMap('texts').toJSON())).toContain(marker)
    // Deleted, with what the deletion has seen of the diary, and back.
    write(own, 'gridmember', [{ op: 'delete', kind: 'household', id: h1 }])
    write(own, 'gridmember', [
      { op: 'restore', kind: 'household', id: h1 },
      set('household', h1, 'phone', '13800000009'),
    ])
    for (const { person, account, granted, ledger } of everybody) {
      if (ledger) await expect.poll(() => phoneIn(ledger)).toBe(true)
      expect([account, Buffer.concat(person.received).includes(marker)]).toEqual([account, false])
      expect([account, granted.includes(diaryName)]).toEqual([account, false])
    }
    await stage.stop()
    const stores = openStores(stage.data)
    const holding = async (name: string): Promise<readonly string[]> => ((await holds(stores.log, name)) ? [name] : [])
    expect((await Promise.all((await stores.log.documents()).map(holding))).flat()).toEqual([diaryName])
    await stores.close()
  })

  it('[GEN10] [ROLE9] that an older version kept in the ledger is in its own document after the next start, and no row of the ledger sends a byte of it', async () => {
    await open(oldLedger())
    const everybody = await outsiders()
    for (const { person, account, ledger } of everybody) {
      if (ledger) expect([account, ledger.getMap('blobs').has(h1)]).toEqual([account, true])
      expect([account, Buffer.concat(person.received).includes(marker)]).toEqual([account, false])
    }
    const member = await stage.signIn('gridmember')
    const ledger = await member.open(documents.ledger)
    const own: GridDocuments = {
      ledger,
      sensitive: undefined,
      diary: await member.open(diaryName),
      work: new Map(),
      notes: new Map(),
    }
    expect(openCoText(own, at, pen('gridmember'))?.value()).toBe(`${marker} 上午。下午。`)
    expect(createProjection(own, firstGrid as GridCode, { foldTicket: () => undefined }).snapshot().entries.size).toBe(
      2,
    )
    await stage.stop()
    const after = openStores(stage.data)
    expect(await holds(after.log, documents.ledger)).toBe(false)
    await after.close()
  })
})

describe('the move of diaries out of a ledger', () => {
  const ledgers = [documents.ledger, `${documents.ledger}/g2`]
  const notes = () => {
    const kept = new Map<string, string>()
    return {
      note: async (key: string) => kept.get(key),
      setNote: async (key: string, value: string) => void kept.set(key, value),
    }
  }
  const filled = async (): Promise<UpdateLog> => {
    const log = createMemoryUpdateLog()
    for (const [index, document] of ledgers.entries())
      for (const update of oldLedger(index * 100)) await log.append([{ document, update, account: 'a' }])
    return log
  }
  const read = async (log: UpdateLog, document: string): Promise<Doc> => {
    const { snapshot, tail } = await log.read(document)
    const doc = new Doc()
    for (const update of [...(snapshot ? [snapshot] : []), ...tail]) applyUpdate(doc, update)
    return doc
  }
  const textsIn = (doc: Doc): readonly string[] =>
    [...doc.getMap('texts').values()].map((text) => (text instanceof Text ? text.toJSON() : '')).filter(Boolean)

  it('[GEN10] takes the texts of the newest generation once, whatever it breaks off at, and leaves none in any of them', async () => {
    const isBrokenAt = ['append', 'compact', 'note', undefined] as const
    for (const broken of isBrokenAt) {
      const log = await filled()
      const kept = notes()
      const fails = (): never => {
        throw new Error('broken off')
      }
      const breaking = {
        log: { ...log, ...(broken === 'append' && { append: fails }), ...(broken === 'compact' && { compact: fails }) },
        notes: { ...kept, ...(broken === 'note' && { setNote: fails }) },
        logger: silent,
        now: () => start,
      }
      const first = moveDiariesOnce(breaking)
      if (broken) await expect(first).rejects.toThrow('broken off')
      else await first
      await moveDiariesOnce({ ...breaking, log, notes: kept })
      await moveDiariesOnce({ ...breaking, log, notes: kept })
      expect([broken, textsIn(await read(log, diaryName)).toSorted()]).toEqual([
        broken,
        [`${marker} 上午。`, '上一次', '下午。', '旧事'],
      ])
      for (const ledger of ledgers) {
        expect([broken, await holds(log, ledger)]).toEqual([broken, false])
        expect(textsIn(await read(log, ledger))).toEqual([])
        expect((await read(log, ledger)).getMap('blobs').size).toBe(3)
      }
    }
  })

  it('[GEN10] takes them once where two relays start at the same time', async () => {
    const log = await filled()
    const move = { notes: notes(), logger: silent, now: () => start }
    const overtaken: UpdateLog = {
      ...log,
      append: async (rows, at) => {
        await moveDiariesOnce({ ...move, log })
        return log.append(rows, at)
      },
    }
    await moveDiariesOnce({ ...move, log: overtaken })
    expect(textsIn(await read(log, diaryName)).toSorted()).toEqual([`${marker} 上午。`, '上一次', '下午。', '旧事'])
    expect(await holds(log, documents.ledger)).toBe(false)
  })

  it('[GEN10] brings back a household whose deletion had not seen what was written in its diary, and leaves one that had in the bin', async () => {
    const log = await filled()
    await moveDiariesOnce({ log, notes: notes(), logger: silent, now: () => start })
    const open: GridDocuments = {
      ledger: await read(log, ledgers[1] ?? ''),
      sensitive: undefined,
      diary: await read(log, diaryName),
      work: new Map(),
      notes: new Map(),
    }
    const { entries, trash } = createProjection(open, firstGrid as GridCode, { foldTicket: () => undefined }).snapshot()
    expect([[...entries.keys()].toSorted(), [...trash.keys()]]).toEqual([['h1', 'h2'], ['h3']])
    expect(entries.get('h2' as RecordId)?.deletion).toBeUndefined()
  })

  it('[GEN10] leaves a ledger with damaged rows as it is, says so, and tries again', async () => {
    const log = await filled()
    const kept = notes()
    const told: string[] = []
    const logger = { ...silent, error: (_: object, message: string) => void told.push(message) }
    const damaged = { ...log, read: async (document: string) => ({ ...(await log.read(document)), damaged: 1 }) }
    await moveDiariesOnce({ log: damaged, notes: kept, logger, now: () => start })
    expect([told.length, await holds(log, documents.ledger), await log.documents()]).toEqual([1, true, ledgers])
    await moveDiariesOnce({ log, notes: kept, logger, now: () => start })
    expect([told.length, await holds(log, documents.ledger)]).toEqual([1, false])
  })
})

async function holds(log: UpdateLog, document: string): Promise<boolean> {
  const { snapshot, tail } = await log.read(document)
  return [...(snapshot ? [snapshot] : []), ...tail].some((row) => Buffer.from(row).includes(marker))
}

/** A ledger as the version before wrote it: two who began a diary at once, one deleted unseen, one deleted with what was in it. */
function oldLedger(client = 0): readonly Uint8Array[] {
  const doc = new Doc()
  doc.clientID = client + 11
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const open = { ledger: doc, sensitive: undefined, work: new Map(), notes: new Map() }
  write(
    open,
    'gridmember',
    ['h1', 'h2', 'h3'].map((id) => create('household', id, { phone: '13800000001' })),
  )
  const texts = doc.getMap('texts')
  texts.set('h1/di/slot-a', new Text(`${marker} 上`))
  ;(texts.get('h1/di/slot-a') as Text).insert(marker.length + 2, '午。')
  texts.set('h1/di/slot-b', new Text('下午。'))
  for (const id of ['h2', 'h3']) write(open, 'gridmember', [{ op: 'delete', kind: 'household', id: id as RecordId }])
  texts.set('h2/di/slot-a', new Text('上一次'))
  texts.set('h3/di/slot-a', new Text('旧事'))
  doc.getMap('s').set('h3/~/slot-gridmember', [{ l: [], t: printOf('旧事') }, start])
  return updates
}

/** As a deletion told then of the texts that it had seen. */
function printOf(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return `${text.length}:${(hash >>> 0).toString(36)}`
}
