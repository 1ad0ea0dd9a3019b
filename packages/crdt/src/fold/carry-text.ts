/** Late edits of a text are repeated on a text that may have gone on since. */
import { type Doc, type Text, YTextEvent } from 'yjs'
import { textsOf } from '../layout.ts'

/** `at` counts in the text before all of them. */
export interface Splice {
  readonly at: number
  readonly removed: number
  readonly insert: string
}

/** Collects by key what happens to the texts of a document from here on, in one transaction; in order of place. */
export function followTexts(doc: Doc): { readonly spliced: ReadonlyMap<string, readonly Splice[]>; stop(): void } {
  const spliced = new Map<string, readonly Splice[]>()
  const follow = (events: readonly { readonly target: unknown }[]): void => {
    for (const event of events) {
      const [key] = event instanceof YTextEvent ? event.path : []
      if (event instanceof YTextEvent && typeof key === 'string') spliced.set(key, splicesOf(event.delta))
    }
  }
  textsOf(doc).observeDeep(follow)
  return { spliced, stop: () => textsOf(doc).unobserveDeep(follow) }
}

function splicesOf(delta: YTextEvent['delta']): readonly Splice[] {
  const splices: Splice[] = []
  let at = 0
  for (const { retain = 0, delete: removed = 0, insert = '' } of delta) {
    const last = splices.at(-1)
    const text = typeof insert === 'string' ? insert : ''
    if (retain > 0) at += retain
    else if (last && last.at + last.removed === at)
      splices[splices.length - 1] = { at: last.at, removed: last.removed + removed, insert: last.insert + text }
    else splices.push({ at, removed, insert: text })
    at += removed
  }
  return splices
}

/** Every character that either side put in stays, once; a late removal takes only what the text still has from before. */
export function carryText(before: string, late: readonly Splice[], there: Text): void {
  const current = there.toJSON()
  const since = spliceBetween(before, current)
  // From behind, so that places further ahead stay what they are.
  for (const splice of late.toReversed()) carrySplice(splice, since, current.length - before.length, there)
}

function carrySplice(late: Splice, since: Splice, shift: number, there: Text): void {
  const end = late.at + late.removed
  const tail = Math.max(late.at, since.at + since.removed)
  if (end > tail) there.delete(tail + shift, end - tail)
  const isAhead = late.at <= since.at
  const at = isAhead ? late.at : Math.max(late.at, since.at + since.removed) + shift
  if (late.insert) there.insert(at, late.insert)
  const head = Math.min(end, since.at)
  if (isAhead && head > late.at) there.delete(late.at + late.insert.length, head - late.at)
}

/** The one splice between two texts, never through a surrogate pair. */
export function spliceBetween(before: string, after: string): Splice {
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++
  if (isHigh(before.charCodeAt(start - 1))) start--
  let tail = 0
  while (
    tail < most - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++
  if (isLow(before.charCodeAt(before.length - tail))) tail--
  return { at: start, removed: before.length - tail - start, insert: after.slice(start, after.length - tail) }
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000
}
