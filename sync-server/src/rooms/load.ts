/** From stored rows to a document in memory. Rows that do not fit, because a damaged one is missing before them, are left where they are. */
import type { StoredDocument } from '../ports.ts'
import { makeBase } from './base.ts'
import { endsOf } from './content.ts'
import { createDocumentContent, type DocumentContent } from './document-content.ts'
import { Known, newsOf } from './known.ts'
import { scanUpdate, unlimited, type ScannedUpdate } from './scan-update.ts'

export interface Loaded {
  readonly known: Known
  readonly content: DocumentContent
  /** Rows that were left out: their checksum failed, or they depend on one whose did. */
  readonly leftOut: number
}

export function loadDocument(stored: StoredDocument, partBytes: number): Loaded {
  const known = new Known()
  const content = createDocumentContent(partBytes)
  let leftOut = stored.damaged
  if (stored.snapshot) {
    const snapshot = scanUpdate(stored.snapshot, unlimited)
    if (typeof snapshot !== 'string' && take(known, snapshot)) content.rebase(makeBase(snapshot, partBytes), 0)
    else leftOut++
  }
  // A row may only fit after a later one brought again what was lost.
  let waiting = [...stored.tail]
  for (let before = -1; waiting.length !== before;) {
    before = waiting.length
    waiting = waiting.filter((bytes) => {
      const update = scanUpdate(bytes, unlimited)
      const taken = typeof update === 'string' ? undefined : take(known, update)
      if (taken && taken !== 'nothing')
        content.append({
          bytes: taken.bytes,
          sequence: stored.through,
          ends: endsOf([taken]),
          deletions: [taken.deletions],
        })
      return !taken
    })
  }
  content.reach(stored.through)
  return { known, content, leftOut: leftOut + waiting.length }
}

/** What is known of a document that consists of these updates, in this order. */
export function knownOf(updates: readonly Uint8Array[]): Known {
  const known = new Known()
  for (const bytes of updates) {
    const update = scanUpdate(bytes, unlimited)
    if (typeof update === 'string' || !take(known, update)) throw new Error('what is stored does not fit')
  }
  return known
}

/** What of it is news; undefined when it does not fit. */
export function take(known: Known, update: ScannedUpdate): ScannedUpdate | 'nothing' | undefined {
  const fitting = known.fit(update)
  if (!fitting) return undefined
  known.add(fitting)
  return newsOf(fitting) ?? 'nothing'
}
