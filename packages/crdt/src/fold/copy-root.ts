/** Reads and copies a root of any shape as it is, so that what a later version stored survives a fold by this one. */
import { AbstractType, Array as YArray, ContentString, Map as YMap, Text, type Doc } from 'yjs'

export type RootShape = 'map' | 'list' | 'text'

/** A root that nobody asked for here has no declared type: its content tells. Undefined while it is empty. */
export function shapeOf(doc: Doc, name: string): RootShape | undefined {
  const root = doc.share.get(name)
  if (!root) return undefined
  if (root instanceof YMap) return 'map'
  if (root instanceof Text) return 'text'
  if (root instanceof YArray) return 'list'
  // oxlint-disable-next-line no-underscore-dangle -- there is no public way to tell the shape
  const { _map: itemByKey, _start: first } = root
  if (itemByKey.size > 0) return 'map'
  if (!first) return undefined
  return first.content instanceof ContentString ? 'text' : 'list'
}

/** Deterministic: keys in order, so that two folds of equal documents are equal. Sub-documents are not carried. */
export function copyRoot(from: Doc, to: Doc, name: string): void {
  const shape = shapeOf(from, name)
  if (shape === 'map') {
    const map = from.getMap(name)
    for (const key of [...map.keys()].sort()) to.getMap(name).set(key, copyOf(map.get(key)))
  } else if (shape === 'text') {
    to.getText(name).applyDelta(from.getText(name).toDelta() as unknown[])
  } else if (shape === 'list') {
    to.getArray(name).push(from.getArray(name).toArray().map(copyOf))
  }
}

export function copyOf(value: unknown): unknown {
  return value instanceof AbstractType ? (value.clone() as unknown) : value
}
