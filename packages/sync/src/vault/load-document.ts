/** Reads one document from the shelf into a Y.Doc; what does not open is left out and named, never thrown. */
import { applyUpdate, transact, type Doc } from 'yjs'
import type { Cipher } from './cipher.ts'
import { contextOf, decodeRow, decodeUnsent, type Unsent } from './entry.ts'
import type { SealedRow, Shelf } from './shelf.ts'

export interface LoadedDocument {
  /** Every row up to here is in the document, or is named as damaged. */
  readonly through: number
  readonly rowCount: number
  /** Local edits the relay has not committed, by id. */
  readonly unsent: ReadonlyMap<string, Unsent>
  readonly damagedRows: readonly SealedRow[]
  readonly damagedSnapshots: readonly SealedRow[]
  /** Rows the head promises and the disk does not have. */
  readonly missing: number
}

/** Runs the work with the document's own listeners out of the way. */
export type Quietly = <T>(work: () => T) => T

export async function loadDocument(
  from: { readonly shelf: Shelf; readonly cipher: Cipher },
  document: string,
  doc: Doc,
  origin: object,
  quietly: Quietly,
): Promise<LoadedDocument> {
  const { shelf, cipher } = from
  const { head, snapshots, rows, outbox } = await shelf.read(document)
  const newest = snapshots.at(-1)?.sequence ?? 0
  const [openedSnapshots, openedRows, unsentById] = await Promise.all([
    Promise.all(
      snapshots.map((row) => opened(cipher, row, contextOf.snapshot(document, row.sequence), (bytes) => [bytes])),
    ),
    Promise.all(rows.map((row) => opened(cipher, row, contextOf.row(document, row.sequence), decodeRow))),
    Promise.all(outbox.map(async ({ id, bytes }) => [id, await openUnsent(cipher, document, id, bytes)] as const)),
  ])
  const unsent = new Map(unsentById.flatMap(([id, edit]) => (edit ? [[id, edit] as const] : [])))
  // An edit whose row was damaged, now or in an earlier session, is still whole in the outbox.
  const rescued: Piece[] = [...unsent.values()].map((edit) => ({ updates: [edit.update] }))
  const damaged = new Set<Piece>(
    quietly(() => applyPieces(doc, [...openedSnapshots, ...openedRows, ...rescued], origin)),
  )
  const missing = Math.max(0, (head?.count ?? 0) - rows.filter((row) => row.sequence > (head?.snapshot ?? 0)).length)
  const lostSnapshot = (head?.snapshot ?? 0) > newest ? 1 : 0
  return {
    through: head?.last ?? 0,
    rowCount: rows.length,
    unsent,
    damagedRows: openedRows.filter((piece) => damaged.has(piece)).map(({ row }) => row),
    damagedSnapshots: openedSnapshots.filter((piece) => damaged.has(piece)).map(({ row }) => row),
    missing: missing + lostSnapshot,
  }
}

interface Piece {
  /** Undefined when the bytes did not open. */
  readonly updates: readonly Uint8Array[] | undefined
}

async function opened(
  cipher: Cipher,
  row: SealedRow,
  context: string,
  read: (bytes: Uint8Array) => Uint8Array[],
): Promise<Piece & { readonly row: SealedRow }> {
  try {
    return { row, updates: read(await cipher.open(row.bytes, context)) }
  } catch {
    return { row, updates: undefined }
  }
}

async function openUnsent(
  cipher: Cipher,
  document: string,
  id: string,
  bytes: Uint8Array,
): Promise<Unsent | undefined> {
  try {
    return decodeUnsent(document, await cipher.open(bytes, contextOf.unsent(document, id)))
  } catch {
    return undefined
  }
}

/** One transaction for all pieces; returns those that could not be applied. */
function applyPieces(doc: Doc, pieces: readonly Piece[], origin: object): Piece[] {
  const damaged: Piece[] = []
  transact(
    doc,
    () => {
      for (const piece of pieces) {
        try {
          if (!piece.updates) throw new RangeError('did not open')
          for (const update of piece.updates) applyUpdate(doc, update, origin)
        } catch {
          damaged.push(piece)
        }
      }
    },
    origin,
    false,
  )
  return damaged
}
