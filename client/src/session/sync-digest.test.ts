import type { RecordId, Snapshot } from '@tongge/model'
import { expect, test } from 'vitest'
import { createSyncDigest } from './sync-digest.ts'

const ids = (...texts: string[]): ReadonlySet<RecordId> => new Set(texts as RecordId[])
const empty = { entries: new Map(), trash: new Map(), tickets: new Map() } as unknown as Snapshot

test('[APP15] [RECEIPT4] a sync that only brought receipts of steps has nothing to sum up', () => {
  const digest = createSyncDigest()
  digest.note({ entries: ids(), tickets: ids('t1'), received: ids('t1'), local: false })
  expect(digest.finish(1, empty)).toBeUndefined()
  digest.note({ entries: ids(), tickets: ids('t1', 't2'), received: ids('t1'), local: false })
  expect(digest.finish(2, empty)?.tickets).toEqual(['t2'])
})
