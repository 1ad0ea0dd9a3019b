/** The leader's side of 请网格长处理: what the relay has waiting, and what becomes of what was decided here. */
import type { AccountId, Command, GridCode, RecordId } from '@tongge/model'
import type { WaitingHandover } from '@tongge/protocol'
import { createMemoryDisk, openVault, type MemoryDisk } from '@tongge/sync'
import { createRoot } from 'solid-js'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLeaderInbox, type LeaderInbox } from './leader-inbox.ts'
import type { DispatchAnswer } from './session.ts'

const handover = (id: string, more: Partial<WaitingHandover> = {}): WaitingHandover => ({
  id,
  document: 'grid/990101001001001/ledger',
  at: 1000,
  device: 'phone',
  reason: 'notAllowed',
  lines: [{ id: 'h1', kind: 'household', action: 'changed', field: 'phone', after: '1381' }],
  author: 'lisi',
  authorName: '李四',
  receivedAt: 2000,
  ...more,
})

let waiting: WaitingHandover[]
let decided: string[]
let status: number | 'away'
let dispatched: Command[]
let answer: DispatchAnswer
let disk: MemoryDisk
const open: (() => Promise<void>)[] = []

beforeEach(() => {
  waiting = [handover('a'), handover('b')]
  decided = []
  status = 200
  dispatched = []
  answer = { ok: true, saved: Promise.resolve(), created: [] }
  disk = createMemoryDisk()
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  vi.stubGlobal('fetch', async (address: string, init?: { readonly method?: string }) => {
    if (status === 'away') throw new TypeError('no network')
    if (init?.method !== 'POST') return Response.json({ handovers: waiting })
    if (status === 409) return Response.json({ reason: 'conflict' }, { status })
    decided.push(address)
    waiting = waiting.filter(({ id }) => !address.includes(`/${id}/`))
    return Response.json({})
  })
})
afterEach(async () => {
  for (const close of open.splice(0)) await close()
  vi.unstubAllGlobals()
})

async function start(isLeader = true): Promise<LeaderInbox> {
  const vault = await openVault({ name: 'test', shelf: disk.open(), now: () => 5, createId: () => crypto.randomUUID() })
  return createRoot((dispose) => {
    const inbox = createLeaderInbox({
      vault,
      account: 'zhou' as AccountId,
      grid: '990101001001001' as GridCode,
      isLeader,
      dispatch: (command) => {
        dispatched.push(command)
        return answer
      },
      setTimer: () => () => undefined,
    })
    open.push(async () => {
      inbox.dispose()
      dispose()
      await vault.close()
    })
    inbox.look()
    return inbox
  })
}
const shows = (inbox: LeaderInbox, ...ids: readonly string[]): Promise<void> =>
  expect.poll(() => inbox.waiting()?.map(({ id }) => id)).toEqual(ids)

test('[HAND12] what is adopted is written first and then told to the relay; what is refused stays and is told to nobody', async () => {
  const inbox = await start()
  await shows(inbox, 'a', 'b')
  answer = { ok: false, refusal: { reason: 'notFound', id: 'h1' as RecordId } }
  expect(inbox.adopt('a' as RecordId)).toBe(answer)
  answer = { ok: true, saved: Promise.resolve(), created: [] }
  expect(inbox.adopt('b' as RecordId)).toBe(answer)
  expect(inbox.waiting()?.map(({ id }) => id)).toEqual(['a'])
  expect(inbox.adopt('b' as RecordId)).toMatchObject({ ok: false })
  await shows(inbox, 'a')
  await expect.poll(() => decided).toEqual(['/api/handovers/b/adopted'])
  expect(dispatched).toEqual([
    { do: 'adopt', author: 'lisi', lines: [expect.objectContaining({ id: 'h1', field: 'phone', after: '1381' })] },
    { do: 'adopt', author: 'lisi', lines: [expect.objectContaining({ id: 'h1', field: 'phone', after: '1381' })] },
  ])
})

test('[HAND12] what was decided with no network is shown no more and told later, also after a restart', async () => {
  const inbox = await start()
  await shows(inbox, 'a', 'b')
  status = 'away'
  await inbox.discard('a' as RecordId)
  await shows(inbox, 'b')
  await expect.poll(() => inbox.isReached()).toBe(false)
  for (const close of open.splice(0)) await close()
  status = 200
  const later = await start()
  await shows(later, 'b')
  expect(decided).toEqual(['/api/handovers/a/discarded'])
})

test('[HAND12] what another leader decided meanwhile is let go of', async () => {
  const inbox = await start()
  await shows(inbox, 'a', 'b')
  status = 409
  await inbox.discard('a' as RecordId)
  // The relay says what waits: it is in its hands alone.
  await shows(inbox, 'a', 'b')
  waiting = [handover('b')]
  inbox.look()
  await shows(inbox, 'b')
})

test('[HAND12] an edit of which a later version wrote a part is not adopted, and nothing that it says is lost', async () => {
  waiting = [
    handover('a', { lines: [...handover('a').lines, { id: 'x1', kind: 'balloon', action: 'created' }] }),
    handover('b', { lines: [{ id: 't1', kind: 'ticket', action: 'step', step: { action: 'levitate' } }] }),
  ]
  const inbox = await start()
  await shows(inbox, 'a', 'b')
  for (const id of ['a', 'b'])
    expect(inbox.adopt(id as RecordId)).toEqual({ ok: false, refusal: { reason: 'wrongState', detail: 'byHand' } })
  expect([dispatched, decided]).toEqual([[], []])
})

test('[HAND3] who leads no grid asks for nothing', async () => {
  status = 'away'
  const inbox = await start(false)
  expect(inbox.waiting()).toEqual([])
  expect(inbox.isReached()).toBe(true)
})
