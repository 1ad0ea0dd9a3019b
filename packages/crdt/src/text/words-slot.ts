/** In whose slot the words of a record's texts were all written, where their document can tell. */
import { Text, type Doc } from 'yjs'
import { parseSlotKey, slotOrigin, textsOf } from '../layout.ts'
import { recordIndexOf } from '../record-index.ts'

/** A text names the slot in which it was begun; what was written by the same client is of that slot too, and of any other client nobody knows. */
export function slotOfWords(doc: Doc, id: string): string | undefined {
  const slots = new Set<string | undefined>()
  for (const key of recordIndexOf(doc).textKeys(id)) {
    const text = textsOf(doc).get(key)
    if (!(text instanceof Text) || text.length === 0) continue
    const slot = parseSlotKey(key)?.slot
    slots.add(slot !== undefined && slotOrigin(slot) === 'native' && isOfOneClient(text) ? slot : undefined)
  }
  return slots.size === 1 ? [...slots][0] : undefined
}

/* oxlint-disable no-underscore-dangle -- there is no public way to who wrote a text */
function isOfOneClient(text: Text): boolean {
  const client = text._item?.id.client
  for (let item = text._start; item; item = item.right)
    if (!item.deleted && item.countable && item.id.client !== client) return false
  return true
}
