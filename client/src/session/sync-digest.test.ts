import type { RecordId, Snapshot } from '@tongge/model'
import { expect, test } from 'vitest'
import { createSyncDigest } from './sync-digest.ts'

const ids = (...texts: string[]): ReadonlySet<RecordId> => new Set(texts as RecordId[])
const empty = { entries: new Map(), trash: new Map(), tickets: new Map() } as unknown as Snapshot

test('[APP24] the sync that fills an empty device is told from those that bring news to it', () => {
  const first = createSyncDigest()
  first.note({ entries: ids('h1'), tickets: ids(), received: ids(), local: false })
  expect(first.finish(1, empty)?.isFirst).toBe(true)
  first.note({ entries: ids('h1'), tickets: ids(), received: ids(), local: false })
  expect(first.finish(2, empty)?.isFirst).toBeUndefined()
  const known = createSyncDigest()
  known.learn({ entries: ids(), tickets: ids('t1'), received: ids(), local: false })
  known.note({ entries: ids(), tickets: ids('t1'), received: ids(), local: false })
  expect(known.finish(1, empty)?.isFirst).toBeUndefined()
})

test('[APP15] [RECEIPT4] a sync that only brought receipts of steps has nothing to sum up', () => {
  const digest = createSyncDigest()
  digest.note({ entries: ids(), tickets: ids('t1'), received: ids('t1'), local: false })
  expect(digest.finish(1, empty)).toBeUndefined()
  digest.note({ entries: ids(), tickets: ids('t1', 't2'), received: ids('t1'), local: false })
  expect(digest.finish(2, empty)?.tickets).toEqual(['t2'])
})
