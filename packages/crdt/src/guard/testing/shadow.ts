/** What Yjs itself shows of an update, in the words of the path reader: the truth that reading without applying must equal. For tests. */
// oxlint-disable no-underscore-dangle -- there is no public way to walk what a document holds
import * as Y from 'yjs'
import type { Reading } from '../path-reader.ts'

/** Lines such as `set m/k 7:12 "x"`; one for each clock, in order. */
export type Account = readonly string[]

export interface Shadow {
  readonly doc: Y.Doc
  /** Applies the update and answers what observers saw. */
  apply(update: Uint8Array): Account
}

export const roots = { maps: ['m', 'n'], lists: ['l'], texts: ['t'] } as const

export function declareRoots(doc: Y.Doc): readonly Y.AbstractType<unknown>[] {
  return [
    ...roots.maps.map((name) => doc.getMap(name)),
    ...roots.lists.map((name) => doc.getArray(name)),
    ...roots.texts.map((name) => doc.getText(name)),
  ] as unknown as readonly Y.AbstractType<unknown>[]
}

export function createShadow(gc: boolean): Shadow {
  const doc = new Y.Doc({ gc })
  let lines: string[] = []
  for (const root of declareRoots(doc)) {
    root.observeDeep((events) => {
      for (const event of events) tell(event, lines)
    })
  }
  return {
    doc,
    apply(update) {
      lines = []
      Y.applyUpdate(doc, update)
      return lines.toSorted()
    },
  }
}

type SharedEvent = Y.YEvent<Y.AbstractType<unknown>>

function tell(event: SharedEvent, lines: string[]): void {
  const type = event.target
  const path = pathOf(type)
  for (const [key, { action }] of event.changes.keys) {
    const item = type._map.get(key)
    if (!item) continue
    if (action === 'delete') lines.push(`delete ${path}/${key}`)
    else tellItem(action === 'update' ? 'set' : 'insert', item, lines)
  }
  for (let item = type._start; item !== null; item = item.right) {
    if (!item.deleted && event.adds(item)) tellItem('insert', item, lines)
    if (item.deleted && event.deletes(item) && !event.adds(item))
      for (let unit = 0; unit < item.length; unit++)
        lines.push(`delete ${path}/[] ${item.id.client}:${item.id.clock + unit}`)
  }
}

/** Also everything inside a type that is new: nobody is told of that apart. */
function tellItem(kind: string, item: Y.Item, lines: string[]): void {
  const parent = pathOf(item.parent as Y.AbstractType<unknown>)
  const path = `${parent}/${item.parentSub ?? '[]'}`
  const { client, clock } = item.id
  const contents = contentsOf(item.content)
  for (let unit = 0; unit < item.length; unit++)
    lines.push(`${kind} ${path} ${client}:${clock + unit} ${contents[unit]}`)
  if (!(item.content instanceof Y.ContentType)) return
  const type = item.content.type as Y.AbstractType<unknown>
  for (const value of type._map.values()) if (!value.deleted) tellItem('insert', value, lines)
  for (let inner = type._start; inner !== null; inner = inner.right)
    if (!inner.deleted) tellItem('insert', inner, lines)
}

function contentsOf(content: Y.Item['content']): readonly string[] {
  if (content instanceof Y.ContentType) return ['shared']
  if (content instanceof Y.ContentBinary) return ['binary']
  if (content instanceof Y.ContentEmbed) return ['embed']
  if (content instanceof Y.ContentFormat) return ['format']
  return content.getContent().map(textOf)
}

function pathOf(type: Y.AbstractType<unknown>): string {
  const item = type._item
  if (item) return `${pathOf(item.parent as Y.AbstractType<unknown>)}/${item.parentSub ?? '[]'}`
  for (const [name, root] of type.doc?.share ?? []) if ((root as unknown) === type) return name
  return '?'
}

const observed = new Set<string>([...roots.maps, ...roots.lists, ...roots.texts])

/** The same account from what was read without applying; of other roots nobody is told. */
export function accountOf({ changes }: Reading): Account {
  const lines: string[] = []
  for (const { kind, path, client, clock, length, content } of changes) {
    if (!observed.has(path[0])) continue
    const place = path.map((segment) => segment ?? '[]').join('/')
    if (kind === 'delete' && path.at(-1) !== undefined) {
      lines.push(`delete ${place}`)
      continue
    }
    for (let unit = 0; unit < length; unit++) {
      if (kind === 'delete') lines.push(`delete ${place} ${client}:${clock + unit}`)
      else lines.push(`${kind} ${place} ${client}:${clock + unit} ${unitOf(content, unit)}`)
    }
  }
  return lines.toSorted()
}

function unitOf(content: Reading['changes'][number]['content'], unit: number): string {
  if (content?.type === 'text') return textOf(content.text[unit])
  if (content?.type === 'values') return textOf(content.values[unit])
  return content?.type ?? 'nothing'
}

/** Where a pair of surrogates is cut Yjs puts a sign for either half. */
function textOf(value: unknown): string {
  return typeof value === 'string' && /^[\ud800-\udfff]$/.test(value)
    ? '"\ufffd"'
    : (JSON.stringify(value) ?? 'undefined')
}
