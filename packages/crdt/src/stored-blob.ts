/**
 * A record as created or folded, at rest: one text, because Yjs reads one text in a fraction of the time of an object of twenty fields.
 * A head in JSON, then each field as `code:text` or `code=JSON`, apart by a character that neither of them holds.
 */
import { isFoldedStamp, isPlain, isStored, isTexts, parseJson, type FoldedStamp, type StoredStamp } from './layout.ts'

/**
 * `u` is the newest change that a fold took in.
 * `w` names the folded writes of fields whose deletions are judged from another document.
 */
export interface StoredBlob {
  readonly k: string
  readonly f: Readonly<Record<string, unknown>>
  readonly c: StoredStamp
  readonly u?: FoldedStamp
  readonly w?: readonly string[]
  /** What a later version keeps beside these. */
  readonly later?: Readonly<Record<string, unknown>>
}

export const blobSeparator = '\u001f'

export function formatBlob({ k, f, c, u, w, later }: StoredBlob): string {
  const head = JSON.stringify({ ...later, k, c, u, w })
  return [head, ...Object.entries(f).map(([code, value]) => code + formatValue(value))].join(blobSeparator)
}

/** Undefined for what is no blob; a field that cannot be read is left out. */
export function parseBlob(stored: unknown): StoredBlob | undefined {
  const head = parseBlobHead(stored)
  if (!head) return undefined
  const text = String(stored)
  const end = text.indexOf(blobSeparator)
  return { ...head, f: end < 0 ? {} : parseFields(text.slice(end + 1)) }
}

/** All but the fields, at a tenth of the cost. */
export function parseBlobHead(stored: unknown): Omit<StoredBlob, 'f'> | undefined {
  if (typeof stored !== 'string') return undefined
  const end = stored.indexOf(blobSeparator)
  const head = parseJson(end < 0 ? stored : stored.slice(0, end))
  if (!isPlain(head)) return undefined
  const { k, c, u, w, ...later } = head
  if (typeof k !== 'string' || !isStored(c)) return undefined
  return {
    k,
    c,
    ...(isFoldedStamp(u) && { u }),
    ...(isTexts(w) && { w }),
    ...(Object.keys(later).length > 0 && { later }),
  }
}

function parseFields(text: string): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const field of text.split(blobSeparator)) {
    const mark = markIn(field)
    const code = field.slice(0, mark)
    const value = field[mark] === ':' ? field.slice(mark + 1) : parseJson(field.slice(mark + 1))
    if (mark > 0 && code !== '__proto__' && value !== undefined) fields[code] = value
  }
  return fields
}

/** Where the code of a field ends: codes hold neither mark. */
function markIn(field: string): number {
  for (let at = 0; at < field.length; at++) if (field[at] === ':' || field[at] === '=') return at
  return -1
}

/** JSON writes control characters as escapes, so a text that holds the separator is safe in it. */
function formatValue(value: unknown): string {
  return typeof value === 'string' && !value.includes(blobSeparator) ? `:${value}` : `=${JSON.stringify(value)}`
}
