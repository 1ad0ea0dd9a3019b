/** The texts of one field, shown one after the other in key order: usually one, two when people began at the same time. */
import { Text, type Doc } from 'yjs'
import type { CoTextDelta } from '../api.ts'
import { parseSlotKey, textsOf } from '../layout.ts'
import { recordIndexOf } from '../record-index.ts'

export interface TextPart {
  readonly key: string
  readonly text: Text
}

export function partsOf(doc: Doc, id: string, field: string): readonly TextPart[] {
  const texts = textsOf(doc)
  const keys = [...recordIndexOf(doc).textKeys(id)].filter((key) => parseSlotKey(key)?.field === field).sort()
  return keys.flatMap((key) => {
    const text = texts.get(key)
    return text instanceof Text ? [{ key, text }] : []
  })
}

/** Where a splice of the whole falls in each part. An insertion between two parts goes to the end of the earlier one. */
export function spliceParts(parts: readonly TextPart[], at: number, remove: number, insert: string): void {
  let start = 0
  let isInserted = insert === ''
  for (const { text } of parts) {
    const { length } = text
    const from = Math.max(at - start, 0)
    const count = Math.min(at + remove - start, length) - from
    const isHere = !isInserted && at <= start + length
    if (count > 0 && from < length) text.delete(from, count)
    if (isHere) text.insert(Math.min(from, text.length), insert)
    isInserted ||= isHere
    start += length
  }
}

/** Widens a splice so that it never cuts a surrogate pair: Yjs would store two broken characters. */
export function wholeCharacters(
  value: string,
  at: number,
  remove: number,
  insert: string,
): readonly [at: number, remove: number, insert: string] {
  const from = Math.min(Math.max(at, 0), value.length)
  const to = Math.min(Math.max(from + remove, from), value.length)
  const before = cutsPair(value, from) ? 1 : 0
  const after = cutsPair(value, to) && (to > from || before === 0) ? 1 : 0
  if (from === to && before === 1)
    return [from - 1, 2, withoutHalves(`${value.charAt(from - 1)}${insert}${value.charAt(from)}`)]
  return [
    from - before,
    to - from + before + after,
    withoutHalves(`${value.slice(from - before, from)}${insert}${value.slice(to, to + after)}`),
  ]
}

function withoutHalves(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '')
}

function cutsPair(value: string, at: number): boolean {
  return isHigh(value.charCodeAt(at - 1)) && isLow(value.charCodeAt(at))
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000
}

type Change = { readonly retain?: number | undefined; readonly insert?: unknown; readonly delete?: number | undefined }

/** Puts the changes of single parts together into one delta over the whole; empty when nothing changed. */
export function deltaOf(
  before: ReadonlyMap<string, number>,
  parts: readonly TextPart[],
  changeByKey: ReadonlyMap<string, readonly Change[]>,
): readonly CoTextDelta[] {
  const delta: CoTextDelta[] = []
  const textByKey = new Map(parts.map(({ key, text }) => [key, text]))
  for (const key of [...new Set([...before.keys(), ...textByKey.keys()])].sort()) {
    const text = textByKey.get(key)
    const length = before.get(key)
    const changes = changeByKey.get(key)
    if (text && length !== undefined && changes) pushPart(delta, changes, length)
    else if (text && length !== undefined) push(delta, { retain: length })
    else if (text) push(delta, { insert: text.toJSON() })
    else push(delta, { remove: length ?? 0 })
  }
  const last = delta.at(-1)
  return last && 'retain' in last ? delta.slice(0, -1) : delta
}

function pushPart(delta: CoTextDelta[], changes: readonly Change[], length: number): void {
  let read = 0
  for (const change of changes) {
    if (typeof change.insert === 'string') push(delta, { insert: change.insert })
    else if (change.delete !== undefined) push(delta, { remove: change.delete })
    else if (change.retain !== undefined) push(delta, { retain: change.retain })
    read += (change.delete ?? 0) + (change.retain ?? 0)
  }
  push(delta, { retain: length - read })
}

function push(delta: CoTextDelta[], part: CoTextDelta): void {
  const last = delta.at(-1)
  if ('insert' in part ? part.insert === '' : ('retain' in part ? part.retain : part.remove) <= 0) return
  if (last && 'retain' in last && 'retain' in part) delta[delta.length - 1] = { retain: last.retain + part.retain }
  else delta.push(part)
}
