/** What the co-edited texts of a record say, in full and as a print. */
import { Text, type Doc } from 'yjs'
import { textsOf } from '../layout.ts'
import { recordIndexOf } from '../record-index.ts'

/** All texts of a record, one after the other in key order. */
export function textOf(doc: Doc, id: string): string {
  return partsOf(doc, id).reduce((all, text) => all + text.toJSON(), '')
}

/**
 * Tells one state of a record's texts from another, as 32-bit FNV-1a; empty for no words. A deletion carries it into a document that more
 * may read: so the place where each text began goes in first, which stands in this document alone, and its length is not told.
 */
export function textPrint(doc: Doc, id: string): string {
  let hash = 0x811c9dc5
  const add = (text: string): void => {
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  const parts = partsOf(doc, id).filter((text) => text.length > 0)
  if (parts.length === 0) return ''
  for (const text of parts) add(`${beginningOf(text)}${text.toJSON()}`)
  return (hash >>> 0).toString(36)
}

function partsOf(doc: Doc, id: string): readonly Text[] {
  const texts = textsOf(doc)
  const keys = [...recordIndexOf(doc).textKeys(id)].sort()
  return keys.map((key) => texts.get(key)).filter((text) => text instanceof Text)
}

/** Under which number its author opened the document that day, and after how many clocks: 32 random bits and more. */
function beginningOf(text: Text): string {
  // oxlint-disable-next-line no-underscore-dangle -- there is no public way from a text to where it began
  const id = text._item?.id
  return `${id?.client}:${id?.clock} `
}
