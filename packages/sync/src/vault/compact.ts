/** Folds the rows of one document into a snapshot. The rows go only after the snapshot was read back and found whole. */
import { encodeStateAsUpdate, type Doc } from 'yjs'
import type { Cipher } from './cipher.ts'
import { contextOf } from './entry.ts'
import type { Shelf } from './shelf.ts'
import type { Writer } from './writer.ts'

/** `doc` must hold every row up to the head's last. False when the snapshot did not read back; nothing is lost then. */
export async function compactDocument(
  at: { readonly shelf: Shelf; readonly cipher: Cipher; readonly writer: Writer },
  document: string,
  doc: Doc,
): Promise<boolean> {
  const { shelf, cipher, writer } = at
  const { last } = await writer.head(document)
  const state = encodeStateAsUpdate(doc)
  const context = contextOf.snapshot(document, last)
  const bytes = await cipher.seal(state, context)
  await writer.write({ snapshots: [{ document, sequence: last, bytes }] }, 'strict')
  const back = await shelf.snapshotAt(document, last)
  const opened = back && (await cipher.open(back.bytes, context).catch(() => undefined))
  if (!opened || !isEqual(opened, state)) {
    await writer.write({ removeSnapshots: [{ document, from: last, to: last }] }, 'strict')
    return false
  }
  await writer.replaceRows(document, last, bytes.length)
  return true
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
