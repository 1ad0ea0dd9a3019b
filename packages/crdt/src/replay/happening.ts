/** What an update does to a document, place by place, and the same done once more by another hand. */
import {
  AbstractType,
  applyUpdate,
  encodeStateAsUpdate,
  encodeStateVector,
  Text,
  YArrayEvent,
  YMapEvent,
  type Doc,
} from 'yjs'
import { sameJson } from '../canonical-json.ts'
import { carryText, followTexts, type Splice } from '../fold/carry-text.ts'
import { copyOf, shapeOf } from '../fold/copy-root.ts'
import { isStoredSlot, slotsRoot, textsOf } from '../layout.ts'

export interface Happening {
  readonly entries: readonly EntryChange[]
  readonly texts: readonly TextChange[]
  readonly appended: readonly Appended[]
}

/** One key of a root map. A value of undefined means that there is none. */
export interface EntryChange {
  readonly root: string
  readonly key: string
  readonly before: unknown
  readonly after: unknown
}

export interface TextChange {
  readonly key: string
  readonly before: string
  readonly after: string
  readonly splices: readonly Splice[]
}

export interface Appended {
  readonly root: string
  readonly values: readonly unknown[]
}

/** Applies the update. Nothing happens where it builds on what the document does not have. */
export function happeningIn(doc: Doc, update: Uint8Array): Happening {
  const textBefore = new Map([...textsOf(doc).entries()].map(([key, text]) => [key, String(text)]))
  const entries: EntryChange[] = []
  const appended: Appended[] = []
  const known = new Set<string>()
  // A root that nobody has asked for tells of no change: it is asked for in its shape, and what is new is all of it.
  for (const name of doc.share.keys()) {
    const shape = shapeOf(doc, name)
    if (shape === 'map') doc.getMap(name)
    else if (shape === 'list') doc.getArray(name)
    if (shape) known.add(name)
  }
  const follow = ({
    changedParentTypes,
  }: {
    readonly changedParentTypes: ReadonlyMap<unknown, readonly unknown[]>
  }) => {
    for (const [name, root] of doc.share) {
      const event = changedParentTypes.get(root)?.find((each) => isOf(each, root))
      if (event instanceof YMapEvent)
        for (const [key, { oldValue }] of event.keys)
          entries.push({ root: name, key, before: oldValue as unknown, after: doc.getMap(name).get(key) })
      else if (event instanceof YArrayEvent && known.has(name))
        appended.push({ root: name, values: event.delta.flatMap(({ insert }) => insert ?? []) as unknown[] })
    }
  }
  const texts = followTexts(doc)
  doc.on('afterTransaction', follow)
  applyUpdate(doc, update)
  doc.off('afterTransaction', follow)
  texts.stop()
  for (const name of doc.share.keys()) {
    if (known.has(name) || entries.some(({ root }) => root === name)) continue
    const shape = shapeOf(doc, name)
    if (shape === 'list') appended.push({ root: name, values: doc.getArray(name).toArray() })
    else if (shape === 'map')
      for (const [key, after] of doc.getMap(name).entries()) entries.push({ root: name, key, before: undefined, after })
  }
  const spliced = [...texts.spliced].flatMap(([key, splices]) => {
    const text = textsOf(doc).get(key)
    return text instanceof Text ? [{ key, before: textBefore.get(key) ?? '', after: text.toJSON(), splices }] : []
  })
  return { entries, texts: spliced, appended: appended.filter(({ values }) => values.length > 0) }
}

/** The update with which it happens once more in `doc`; undefined where it says all that already. */
export function repeatIn(doc: Doc, { entries, texts, appended }: Happening): Uint8Array | undefined {
  const before = encodeStateVector(doc)
  let changed = false
  const note = (): void => {
    changed = true
  }
  doc.on('update', note)
  doc.transact(() => {
    for (const { root, key, after } of entries) {
      const map = doc.getMap(root)
      if (after === undefined) map.delete(key)
      else if (!stands(root, map.get(key), after)) map.set(key, copyOf(after))
    }
    for (const { key, before: was, after, splices } of texts) {
      const there = textsOf(doc).get(key)
      if (there instanceof Text) carryText(was, splices, there)
      else textsOf(doc).set(key, new Text(after))
    }
    for (const { root, values } of appended) {
      const there = new Set(doc.getArray(root).toArray())
      const missing = values.filter((value) => typeof value !== 'string' || !there.has(value))
      if (missing.length > 0) doc.getArray(root).push(missing.map(copyOf))
    }
  })
  doc.off('update', note)
  return changed ? encodeStateAsUpdate(doc, before) : undefined
}

function isOf(event: unknown, root: unknown): boolean {
  return (event instanceof YMapEvent || event instanceof YArrayEvent) && event.target === root
}

/** It says that already, or its author has used the slot again since. A text that is there goes on by splices. */
function stands(root: string, there: unknown, late: unknown): boolean {
  if (late instanceof AbstractType || there instanceof AbstractType) return there instanceof Text
  const isLater = root === slotsRoot && isStoredSlot(there) && isStoredSlot(late) && there[1] > late[1]
  return isLater || sameJson(there, late)
}
