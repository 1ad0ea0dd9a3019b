/** What a document says, as one text: equal exactly when the contents are equal, however they came about. */
import { AbstractType, ContentDeleted, ContentFormat, ContentString, ContentType, type Doc, type Item } from 'yjs'
import { canonicalJson } from '../canonical-json.ts'

export function canonicalContent(doc: Doc): string {
  const roots = [...doc.share]
    .map(([name, type]) => [name, contentOf(type)] as const)
    .filter(([, content]) => !isEmpty(content))
  return canonicalJson(Object.fromEntries(roots))
}

export function contentHash(doc: Doc, sha256: (text: string) => string): string {
  return sha256(canonicalContent(doc))
}

/** True while the document holds updates that depend on something that has not arrived. */
export function hasPending(doc: Doc): boolean {
  return doc.store.pendingStructs !== null || doc.store.pendingDs !== null
}

type SharedType = Doc['share'] extends Map<string, infer T> ? T : never

interface Content {
  readonly keys: Readonly<Record<string, unknown>>
  readonly list: readonly unknown[]
}

/** Reads past the declared type, because a root that nobody asked for here has none. */
function contentOf(type: SharedType): Content {
  // oxlint-disable-next-line no-underscore-dangle -- the only way to read a root of undeclared type
  const { _map: itemByKey, _start: first } = type
  const keys = [...itemByKey]
    .filter(([, item]) => !item.deleted)
    .map(([key, item]) => [key, valuesOf(item).at(-1)] as const)
  const list: unknown[] = []
  for (let item = first; item; item = item.right) {
    if (item.deleted) continue
    const last = list.at(-1)
    if (item.content instanceof ContentString && typeof last === 'object' && last && 'text' in last)
      last.text = `${String(last.text)}${item.content.str}`
    else list.push(...valuesOf(item))
  }
  return { keys: Object.fromEntries(keys), list }
}

function valuesOf({ content }: Item): unknown[] {
  if (content instanceof ContentString) return [{ text: content.str }]
  if (content instanceof ContentType) return [{ type: contentOf(content.type as SharedType) }]
  if (content instanceof ContentFormat) return [{ format: content.key, value: content.value as unknown }]
  if (content instanceof ContentDeleted) return []
  return content
    .getContent()
    .map((value: unknown) => ({ value: value instanceof AbstractType ? contentOf(value as SharedType) : value }))
}

function isEmpty({ keys, list }: Content): boolean {
  return Object.keys(keys).length === 0 && list.length === 0
}
