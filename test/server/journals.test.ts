/** What the ledger's fields were before 变更记录, over a whole relay: it reaches those who read the ledger, wherever an older version kept it. */
import { historyOf, type GridDocuments } from '@tongge/crdt'
import type { Quarter, RecordId, Role } from '@tongge/model'
import { afterEach, describe, expect, it } from 'vitest'
import { Doc } from 'yjs'
import { createMemoryUpdateLog } from '../../sync-server/src/log/memory-update-log.ts'
import { moveJournalsOnce } from '../../sync-server/src/own-documents/move-journals.ts'
import { docOf, updatesOf } from '../../sync-server/src/own-documents/read-entries.ts'
import type { UpdateLog } from '../../sync-server/src/ports.ts'
import { openStores } from '../../sync-server/src/stores.ts'
import { firstGrid, silent, start } from './fixtures.ts'
import { create, documents, openRosterStage, set, write, type RosterStage } from './roster-stage.ts'

const quarter = '2026q4' as Quarter
const journalName = `grid/${firstGrid}/journal/${quarter}`
const workName = `grid/${firstGrid}/work/${quarter}`
const phone = '13800007731'
const outsiders = ['partTimeMember', 'department', 'street'] as const satisfies readonly Role[]
const h1 = 'h1' as RecordId

describe('the journal of a ledger', () => {
  let stage: RosterStage
  afterEach(() => stage.close())

  it('[ROLE10] tells the team, police and office what a field was, and part-time members, departments and the street not one byte of it', async () => {
    stage = await openRosterStage(silent, ['gridMember', 'police', ...outsiders])
    const others = await Promise.all(
      outsiders.map(async (role) => {
        const person = await stage.signIn(role.toLowerCase())
        const granted = (await person.session()).documents.map(({ name }) => name)
        const docs = new Map(await Promise.all(granted.map(async (name) => [name, await person.open(name)] as const)))
        return { role, person, granted, work: docs.get(workName) }
      }),
    )
    const [member, police] = await Promise.all([stage.signIn('gridmember'), stage.signIn('police')])
    const own = { ledger: await member.open(documents.ledger), work: await member.open(workName) }
    const journal = await member.open(journalName)
    const open: GridDocuments = {
      ledger: own.ledger,
      sensitive: undefined,
      work: new Map([[quarter, own.work]]),
      journal: new Map([[quarter, journal]]),
      notes: new Map(),
    }
    write(open, 'gridmember', [create('household', h1, { phone })])
    write(open, 'gridmember', [set('household', h1, 'phone', '13800000002')])
    const theirs: GridDocuments = {
      ...open,
      ledger: await police.open(documents.ledger),
      journal: new Map([[quarter, await police.open(journalName)]]),
    }
    await expect
      .poll(() => historyOf(theirs, h1).map(({ before, after }) => [before, after]))
      .toEqual([
        [phone, '13800000002'],
        [undefined, undefined],
      ])
    own.work.getMap('meta').set('schema/1', true)
    for (const { role, person, granted, work } of others) {
      await expect.poll(() => work?.getMap('meta').get('schema/1')).toBe(true)
      expect([role, granted.includes(journalName)]).toEqual([role, false])
      expect([role, Buffer.concat(person.received).includes(phone)]).toEqual([role, false])
    }
  })

  it('[GEN11] that an older version kept in the work of a quarter is in its own document after the next start, and no row of the work sends a byte of it', async () => {
    stage = await openRosterStage(
      silent,
      ['gridMember', 'department'],
      [{ document: workName, update: oldWork(), account: 'gridmember' }],
    )
    const [member, department] = await Promise.all([stage.signIn('gridmember'), stage.signIn('department')])
    const work = await department.open(workName)
    expect(work.getArray('steps/2026-11').toArray()).toEqual(['{}'])
    expect((await member.open(journalName)).getArray('journal/2026-11').toArray()).toEqual([oldRow])
    expect(Buffer.concat(department.received).includes(phone)).toBe(false)
    await stage.stop()
    const after = openStores(stage.data)
    expect(await holds(after.log, workName)).toBe(false)
    await after.close()
  })
})

it('[GEN11] the move of journals takes each row once with its author, whatever it breaks off at, and leaves damaged work as it is', async () => {
  for (const broken of ['read', 'append', 'compact', 'note', undefined] as const) {
    const log = createMemoryUpdateLog()
    await log.append([{ document: workName, update: oldWork(), account: 'a' }])
    const kept = new Map<string, string>()
    const notes = {
      note: async (key: string) => kept.get(key),
      setNote: async (key: string, value: string) => void kept.set(key, value),
    }
    const fails = (): never => {
      throw new Error('broken off')
    }
    const damaged = async (document: string) => ({ ...(await log.read(document)), damaged: 1 })
    const breaking = {
      log: {
        ...log,
        ...(broken === 'read' && { read: damaged }),
        ...(broken === 'append' && { append: fails }),
        ...(broken === 'compact' && { compact: fails }),
      },
      notes: { ...notes, ...(broken === 'note' && { setNote: fails }) },
      logger: silent,
      now: () => start,
    }
    const first = moveJournalsOnce(breaking)
    if (broken === undefined || broken === 'read') await first
    else await expect(first).rejects.toThrow('broken off')
    if (broken === 'read') expect(await holds(log, workName)).toBe(true)
    for (let times = 0; times < 2; times++) await moveJournalsOnce({ ...breaking, log, notes })
    const journal = docOf(updatesOf(await log.read(journalName)))
    expect([broken, journal.getArray('journal/2026-11').toArray()]).toEqual([broken, [oldRow]])
    expect(journal.getMap('meta').toJSON()).toEqual({ 'author/slot-a/gridmember': '演示手机' })
    expect([broken, await holds(log, workName)]).toEqual([broken, false])
    expect(docOf(updatesOf(await log.read(workName))).getArray('steps/2026-11').length).toBe(1)
  }
})

const oldRow = JSON.stringify(['h1', 'ph', 'c', phone, '13800000002', start, 'slot-a'])

function oldWork(): Uint8Array {
  const updates: Uint8Array[] = []
  const doc = new Doc()
  doc.on('update', (update: Uint8Array) => updates.push(update))
  doc.transact(() => {
    doc.getMap('meta').set('author/slot-a/gridmember', '演示手机')
    doc.getMap('meta').set('author/slot-b/leader', '演示电脑')
    doc.getArray('steps/2026-11').push(['{}'])
    doc.getArray('journal/2026-11').push([oldRow])
  })
  return updates[0] ?? new Uint8Array()
}

async function holds(log: UpdateLog, document: string): Promise<boolean> {
  return updatesOf(await log.read(document)).some((row) => Buffer.from(row).includes(phone))
}
