/** Puts one snapshot in place of a document's rows, after making sure that it holds the same. */
import type { Logger, UpdateLog } from '../ports.ts'
import { stateOf, type DocumentContent } from './document-content.ts'
import type { Folder } from './folder.ts'
import type { Known } from './known.ts'
import { scanUpdate, unlimited, type ScannedUpdate } from './scan-update.ts'

interface FoldContext {
  readonly log: UpdateLog
  readonly logger: Logger
  readonly folder: Folder
  /** Whether the document left memory meanwhile. */
  readonly isOver: () => boolean
}

/** Never rejects: what fails is logged, and the rows stay as they are. */
export async function foldContent(
  document: string,
  known: Known,
  content: DocumentContent,
  { log, logger, folder, isOver }: FoldContext,
): Promise<void> {
  if (content.tailLength === 0) return
  const through = content.newest
  const updates = content.updates()
  try {
    const bytes = await folder.fold(updates)
    const snapshot = bytes && scanUpdate(bytes, unlimited)
    if (!snapshot || typeof snapshot === 'string' || !isSameDocument(updates, snapshot)) {
      if (!isOver()) logger.error({ document }, 'fold does not hold the same as the rows; they are kept')
      return
    }
    if (isOver() || !(await log.compact(document, snapshot.bytes, through)) || isOver()) return
    known.deletions.add(snapshot.deletions)
    content.rebase(snapshot, through)
  } catch (error) {
    logger.error({ document, error }, 'document cannot be folded')
  }
}

/** Whether the snapshot has the same clocks as the updates and deletes nothing less. */
function isSameDocument(updates: readonly Uint8Array[], snapshot: ScannedUpdate): boolean {
  const before = stateOf(updates)
  const after = stateOf([snapshot.bytes])
  if (before.state.size !== after.state.size) return false
  for (const [client, clock] of before.state) if (after.state.get(client) !== clock) return false
  return after.deletions.missing(before.deletions.entries()).length === 0
}
