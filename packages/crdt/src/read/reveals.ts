/** Who was shown sensitive fields of a record 谁查看过, from the sensitive document. */
import { isKind, type RecordId } from '@tongge/model'
import type { Doc } from 'yjs'
import type { GridDocuments, RevealLine } from '../api.ts'
import { stampOf } from '../authors.ts'
import { fieldByCode } from '../documents.ts'
import { blobsOf, journalRowStart, parseRevealRow, revealMonth, revealsOf } from '../layout.ts'
import { parseBlobHead } from '../stored-blob.ts'

/** Newest first, `most` of them. Empty where the sensitive document is not open. */
export function revealsTo(
  { ledger, sensitive }: Pick<GridDocuments, 'ledger' | 'sensitive'>,
  id: RecordId,
  most: number,
): readonly RevealLine[] {
  const kind = ledger && parseBlobHead(blobsOf(ledger).get(id))?.k
  const nameByCode = kind !== undefined && isKind(kind) ? fieldByCode[kind] : undefined
  const lines: RevealLine[] = []
  for (const month of sensitive ? monthsIn(sensitive) : []) {
    if (lines.length >= most) break
    for (const stored of sensitive ? revealsOf(sensitive, month) : []) {
      const isOfRecord = typeof stored === 'string' && stored.startsWith(journalRowStart(id))
      const row = isOfRecord ? parseRevealRow(stored) : undefined
      if (!row || !sensitive) continue
      const [, codes, reason, note, at, slot] = row
      const fields = codes.flatMap((code) => nameByCode?.get(code)?.name ?? [])
      lines.push({ fields, reason, note: note ?? undefined, stamp: stampOf(sensitive, at, slot) })
    }
  }
  return lines.sort((a, b) => b.stamp.at - a.stamp.at).slice(0, most)
}

/** Newest first. */
function monthsIn(doc: Doc): readonly string[] {
  return [...doc.share.keys()]
    .flatMap((root) => revealMonth(root) ?? [])
    .sort()
    .reverse()
}
