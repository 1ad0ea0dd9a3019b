/**
 * Where each document rests. One of which the relay did not take something is fetched anew beside itself; the older copy, with all that
 * waits in it, stays until somebody has seen to it.
 */

/** Numbers of the copies in use, by document; 0 where there is none. */
export type Copies = ReadonlyMap<string, number>

export const copiesKey = 'copies'

const mark = '~'

export function parseCopies(stored: unknown): Copies {
  if (typeof stored !== 'object' || stored === null) return new Map()
  return new Map(Object.entries(stored).filter(([, number]) => Number.isInteger(number)))
}

/** The name under which a copy of a document lies on the shelf. */
export function copyName(document: string, number: number): string {
  return number > 0 ? `${document}${mark}${number}` : document
}

export function parseCopyName(name: string): { readonly document: string; readonly number: number } {
  const at = name.lastIndexOf(mark)
  return at < 0 ? { document: name, number: 0 } : { document: name.slice(0, at), number: Number(name.slice(at + 1)) }
}
