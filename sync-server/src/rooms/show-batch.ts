/** Shows what was just committed to those who are in the document, and acknowledges it to those who sent it. */
import { onlyAuthor, type Batch } from './batch.ts'
import { endsOf, joinUpdates } from './content.ts'
import type { DocumentContent } from './document-content.ts'
import type { Member } from './peer.ts'
import type { ScannedUpdate } from './scan-update.ts'
import { shower } from './show-update.ts'

export function showBatch(
  batch: Batch,
  sequence: number,
  content: DocumentContent,
  members: ReadonlySet<Member>,
  partBytes: number,
): void {
  const author = onlyAuthor(batch)
  const updates = batch.updates.map(({ update }) => update)
  const ends = endsOf(updates)
  const deletions = updates.map((update) => update.deletions)
  for (const bytes of updates.length > 0 ? joinUpdates(updates) : []) {
    content.append({ bytes, sequence, ends, deletions })
    const showTo = shower(bytes, partBytes)
    for (const member of members) {
      if (member.isSynced && (member !== author || member.peer.wantsEcho)) showTo(member.peer)
    }
  }
  // It lacks only what the relay wrote.
  if (batch.receipts && author?.isSynced && !author.peer.wantsEcho && members.has(author))
    shower(batch.receipts.bytes, partBytes)(author.peer)
  for (const [member, count] of batch.counts) if (members.has(member)) member.peer.acknowledge(count)
}

/** Shows what another relay has committed. */
export function showForeign(
  update: ScannedUpdate,
  sequence: number,
  content: DocumentContent,
  members: ReadonlySet<Member>,
  partBytes: number,
): void {
  content.append({ bytes: update.bytes, sequence, ends: endsOf([update]), deletions: [update.deletions] })
  const showTo = shower(update.bytes, partBytes)
  for (const member of members) if (member.isSynced) showTo(member.peer)
}
