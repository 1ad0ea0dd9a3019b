/** Arithmetic of edits to one text in UTF-16 units; knows neither the DOM nor a document. */

export type TextDelta = { readonly retain: number } | { readonly insert: string } | { readonly remove: number }

export interface TextChange {
  readonly at: number
  readonly remove: number
  readonly insert: string
}

/**
 * The smallest change that turns `before` into `after`, given where the caret stands in `after`.
 * The caret decides between equal readings, such as which of three like letters was typed. Never cuts a surrogate pair.
 */
export function changeBetween(before: string, after: string, caret: number): TextChange | undefined {
  if (before === after) return undefined
  const shorter = Math.min(before.length, after.length)
  const behindCaret = Math.min(shorter, Math.max(0, after.length - caret))
  let suffix = 0
  while (suffix < behindCaret && before[before.length - 1 - suffix] === after[after.length - 1 - suffix]) suffix++
  let prefix = 0
  while (prefix < shorter - suffix && before[prefix] === after[prefix]) prefix++
  if (isHighSurrogate(before, prefix - 1)) prefix--
  if (isLowSurrogate(before, before.length - suffix)) suffix--
  return { at: prefix, remove: before.length - suffix - prefix, insert: after.slice(prefix, after.length - suffix) }
}

/** Where `index` of the text before the deltas lies after them. With `stick` `after`, text inserted exactly there pushes it on. */
export function shiftIndex(
  index: number,
  deltas: readonly (readonly TextDelta[])[],
  stick: 'before' | 'after',
): number {
  let place = index
  for (const delta of deltas) {
    let cursor = 0
    for (const part of delta) {
      if ('retain' in part) cursor += part.retain
      else if ('insert' in part) {
        if (cursor < place || (cursor === place && stick === 'after')) place += part.insert.length
        cursor += part.insert.length
      } else if (cursor < place) place -= Math.min(part.remove, place - cursor)
    }
  }
  return place
}

const isHighSurrogate = (text: string, index: number): boolean =>
  index >= 0 && index < text.length && (text.charCodeAt(index) & 0xfc00) === 0xd800
const isLowSurrogate = (text: string, index: number): boolean =>
  index >= 0 && index < text.length && (text.charCodeAt(index) & 0xfc00) === 0xdc00
