/** What edits said, read from the copy of the document that holds them: of one that nobody here may read any more there is no other. */
import { AbstractType, decodeUpdate, Item, Text, type Doc } from 'yjs'
import { textsOf } from '../layout.ts'
import { linesOf, type WrittenLine } from './lines.ts'
import type { Appended, EntryChange } from './happening.ts'

/** What stood there before is not known. A value that its author wrote over later is not told. */
export function ownLinesOf(doc: Doc, edits: readonly Uint8Array[]): readonly WrittenLine[] {
  const entries = new Map<string, EntryChange>()
  const appended: Appended[] = []
  // Asked for in their shape before anything is looked up: a root changes its identity with that.
  const texts = textsOf(doc)
  const names = new Map<unknown, string>([...doc.share].map(([name, root]) => [root, name]))
  for (const edit of edits) {
    for (const { id } of decodeUpdate(edit).structs) {
      const item = doc.store.clients
        .get(id.client)
        ?.find((each) => each.id.clock <= id.clock && id.clock < each.id.clock + each.length)
      if (!(item instanceof Item) || item.deleted || !(item.parent instanceof AbstractType)) continue
      const values: readonly unknown[] = item.content.getContent()
      const root = names.get(item.parent)
      // oxlint-disable-next-line no-underscore-dangle -- there is no public way from a text to its key
      const key = root === undefined ? item.parent._item?.parentSub : item.parentSub
      const text = root === undefined && key ? texts.get(key) : undefined
      if (text instanceof Text && key)
        entries.set(`texts ${key}`, { root: 'texts', key, before: undefined, after: text })
      else if (root !== undefined && key)
        entries.set(`${root} ${key}`, { root, key, before: undefined, after: values[0] })
      else if (root !== undefined) appended.push({ root, values })
    }
  }
  return linesOf({ entries: [...entries.values()], texts: [], appended }, doc)
}
