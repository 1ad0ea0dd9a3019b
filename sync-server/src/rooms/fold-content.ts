/** Puts one snapshot in place of a document's rows, once it was made sure that it holds the same. */
import type { Logger, UpdateLog } from '../ports.ts'
import type { DocumentContent } from './document-content.ts'
import type { Folder } from './folder.ts'
import type { Known } from './known.ts'
import type { RoomLimits } from './room-limits.ts'

interface FoldContext {
  readonly log: UpdateLog
  readonly logger: Logger
  readonly folder: Folder
  readonly partBytes: number
  /** Whether others may have stored a newer snapshot, which does this one no harm. */
  readonly isShared: boolean
  /** Whether the document left memory meanwhile. */
  readonly isOver: () => boolean
}

/** Whether bringing the tail together pays. */
export function hasGrown({ tailBytes, tailLength, bytes }: DocumentContent, limits: RoomLimits): boolean {
  return tailBytes >= Math.max(limits.foldBytes, bytes / 2) || tailLength >= limits.foldRows
}

/** Never rejects: what fails is logged, and the rows stay as they are. */
export async function foldContent(
  document: string,
  known: Known,
  content: DocumentContent,
  { log, logger, folder, partBytes, isShared, isOver }: FoldContext,
): Promise<void> {
  if (content.tailLength === 0) return
  const through = content.newest
  try {
    const fold = await folder.fold(content.updates(), partBytes)
    if (!fold) {
      if (!isOver()) logger.error({ document }, 'fold does not hold the same as the rows; they are kept')
      return
    }
    if (isOver()) return
    const isStored = await log.compact(document, fold.snapshot, through)
    if (isOver() || (!isStored && !isShared)) return
    known.deletions.add(fold.base.deletions)
    content.rebase(fold.base, through)
  } catch (error) {
    logger.error({ document, error }, 'document cannot be folded')
  }
}
