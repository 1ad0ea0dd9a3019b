/** Entries for tests of the ledger's pure parts: fictional, small. */
import type { AccountId, Entry, Fields, Kind, RecordId } from '@tongge/model'

export function testEntry<K extends Kind>(kind: K, id: string, fields: Fields<K>): Entry<K> {
  const stamp = { at: 0, by: 'member01' as AccountId, device: 'test' }
  return { id: id as RecordId, kind, fields, created: stamp, updated: stamp, conflicts: [] }
}
