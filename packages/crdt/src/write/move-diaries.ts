/** Diaries written before they had a document of their own (decision 0017) rest in a ledger: takes them out of it. */
import { Text, type Doc } from 'yjs'
import type { Writer } from '../api.ts'
import { kindOfText } from '../documents.ts'
import { carriedSlot, isPlain, parseSlotKey, slotKey, textsOf } from '../layout.ts'
import { deletionsOf, overlayOf } from '../slots.ts'
import { textOf } from '../text/text-print.ts'
import { writeRestoration } from './record-writes.ts'

/**
 * `diary` is undefined for an older generation, whose texts the newest has as well. The texts stay where they were, empty: what was typed
 * into one offline is then refused as misplaced and told to its author, where a place that is gone would swallow it. Answers how many there were.
 */
export function moveDiaries(ledger: Doc, diary: Doc | undefined, writer: Writer): number {
  const texts = [...textsOf(ledger).entries()].flatMap(([key, text]) => {
    const name = parseSlotKey(key)
    return name && kindOfText(name.field) && text instanceof Text && text.length > 0 ? [{ name, text }] : []
  })
  const move = (): void => {
    for (const id of new Set(texts.map(({ name }) => name.id))) keepContested(ledger, id, writer)
    for (const { name, text } of texts) {
      // Another key at each time: of two texts at one key, as after a restore, one would be lost.
      const key = slotKey(name.id, name.field, carriedSlot(name.slot, 'carried', diary?.clientID ?? 0))
      if (diary) textsOf(diary).set(key, new Text(text.toJSON()))
      text.delete(0, text.length)
    }
  }
  ledger.transact(() => (diary ? diary.transact(move) : move()))
  return texts.length
}

/** A deletion that had not seen what was written in the diary cannot be judged by it from here on: the household is back. */
function keepContested(ledger: Doc, id: string, writer: Writer): void {
  const deletions = deletionsOf(overlayOf(ledger, id))
  const print = fingerprint(textOf(ledger, id))
  const isSeen = deletions.some(({ value }) => isPlain(value) && value['t'] === print)
  if (!isSeen) writeRestoration(ledger, { writer, at: writer.now() }, id)
}

/** As deletions once told of texts. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return `${text.length}:${(hash >>> 0).toString(36)}`
}
