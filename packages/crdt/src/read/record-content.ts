/** All that a record says, as one text, whoever said it and when: its fields with every value that waits to be settled, and its texts. */
import { isLedgerKind, type Kind, type RecordId } from '@tongge/model'
import type { Doc } from 'yjs'
import type { GridDocuments } from '../api.ts'
import { canonicalJson } from '../canonical-json.ts'
import { homeOf } from '../documents.ts'
import { blobsOf, deletionField, restorationField } from '../layout.ts'
import { distinctValues, givenValues, overlayOf, valueKey } from '../slots.ts'
import { parseBlob } from '../stored-blob.ts'
import { textOf } from '../text/text-print.ts'

/** Says nothing of whether the record is deleted. Empty where its document is not open. */
export function recordContent(documents: GridDocuments, kind: Kind, id: RecordId): string {
  const home = homeOf(documents, kind, id)?.doc
  if (!home) return ''
  const { sensitive, diary }: Partial<GridDocuments> = isLedgerKind(kind) ? documents : {}
  return canonicalJson([
    fieldsIn(home, id),
    sensitive ? fieldsIn(sensitive, id) : null,
    diary ? textOf(diary, id) : null,
  ])
}

/** Of each field the value shown, then the others in an order that does not change with who wrote them. */
function fieldsIn(doc: Doc, id: RecordId): Readonly<Record<string, readonly string[]>> {
  const blob = parseBlob(blobsOf(doc).get(id))
  const overlay = overlayOf(doc, id)
  const fields: Record<string, readonly string[]> = {}
  for (const code of new Set([...Object.keys(blob?.f ?? {}), ...overlay.keys()])) {
    if (code === deletionField || code === restorationField) continue
    const values = distinctValues(givenValues(blob, code, overlay.get(code) ?? []))
    const [shown = unknown, ...others] = values.map(({ value }) => valueKey(value ?? null))
    if (shown !== unknown || others.length > 0) fields[code] = [shown, ...others.sort()]
  }
  return fields
}

/** A field that was cleared says as little as one that never had a value. */
const unknown = valueKey(null)
