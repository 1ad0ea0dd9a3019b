/** Reads documents from the shelf and keeps what lies there whole and small: sets damage aside, folds rows into snapshots. */
import type { Doc } from 'yjs'
import type { FailureReason } from '../provider.ts'
import { ProviderFailure } from '../status.ts'
import type { SetTimer } from '../timing.ts'
import type { Cipher } from './cipher.ts'
import { compactDocument } from './compact.ts'
import { contextOf, decodeRow } from './entry.ts'
import { loadDocument, type LoadedDocument, type Quietly } from './load-document.ts'
import type { SealedRow, Shelf } from './shelf.ts'
import type { VaultDocument } from './vault-document.ts'
import { toReason, type Writer } from './writer.ts'

/** The documents that are attached in this tab. */
export type Attachments = Map<string, VaultDocument & { readonly doc: Doc }>

export type Report = (reason: FailureReason, message: string, document?: string) => void

export interface Upkeep {
  /** Rejects with a ProviderFailure. */
  load(document: string, doc: Doc, origin: object, quietly: Quietly): Promise<LoadedDocument>
  /** Folds the rows of an attached document, soon; only the tab that writes does. */
  compact(document: string): void
}

export interface UpkeepOptions {
  readonly shelf: Shelf
  readonly cipher: Cipher
  readonly writer: Writer
  readonly attachments: Attachments
  readonly report: Report
  /** Something that was stored does not open or is gone: told before it is set aside. */
  readonly onLoss: () => void
  readonly setTimer: SetTimer | undefined
  readonly compactAfter: number
  readonly isWriting: () => boolean
}

export function createUpkeep({
  shelf,
  cipher,
  writer,
  attachments,
  report,
  onLoss,
  setTimer,
  compactAfter,
  isWriting,
}: UpkeepOptions): Upkeep {
  const compacting = new Set<string>()

  /** Told once: what is set aside or struck out of the head is not missed at the next start. */
  const setAside = async (
    document: string,
    rows: readonly SealedRow[],
    snapshots: readonly SealedRow[],
    missing = 0,
  ): Promise<void> => {
    const damaged = rows.length + snapshots.length
    onLoss()
    if (damaged > 0)
      report('corrupt', `${damaged} stored pieces of ${document} did not open and were set aside`, document)
    if (missing > 0) report('corrupt', `${missing} stored pieces of ${document} are gone`, document)
    await writer.setAside(document, rows, snapshots).catch(() => undefined)
  }

  /** Rows another tab wrote are read before this tab's document may stand for all of them. */
  const catchUp = async (document: string): Promise<void> => {
    const attached = attachments.get(document)
    const through = attached?.through()
    if (!attached || through === undefined) return
    const rows = await shelf.rowsAfter(document, through)
    for (const row of rows) {
      try {
        attached.apply(decodeRow(await cipher.open(row.bytes, contextOf.row(document, row.sequence))))
      } catch {
        await setAside(document, [row], [])
      }
    }
    attached.advance(Math.max(through, rows.at(-1)?.sequence ?? 0))
  }

  const fold = async (document: string): Promise<void> => {
    try {
      await catchUp(document)
      const attached = attachments.get(document)
      const { last } = await writer.head(document)
      if (attached?.through() !== last) return
      const isWhole = await compactDocument({ shelf, cipher, writer }, document, attached.doc)
      if (!isWhole) report('corrupt', `a snapshot of ${document} did not read back; its rows are kept`, document)
    } catch (error) {
      report(toReason(error), `${document} could not be compacted: ${String(error)}`, document)
    } finally {
      compacting.delete(document)
    }
  }

  const compact = (document: string): void => {
    if (compacting.has(document) || !isWriting()) return
    compacting.add(document)
    if (setTimer) setTimer(() => void fold(document), 0)
    else void fold(document)
  }

  return {
    load: async (document, doc, origin, quietly) => {
      try {
        const loaded = await loadDocument({ shelf, cipher }, document, doc, origin, quietly)
        const { damagedRows, damagedSnapshots, missing } = loaded
        if (damagedRows.length + damagedSnapshots.length + missing > 0)
          void setAside(document, damagedRows, damagedSnapshots, missing)
        if (loaded.rowCount >= compactAfter) compact(document)
        return loaded
      } catch (error) {
        onLoss()
        report(toReason(error), `${document} could not be read: ${String(error)}`, document)
        throw new ProviderFailure(toReason(error), `${document} could not be read from this device`, error)
      }
    },
    compact,
  }
}
