/** The little that the guard remembers of what a document says: who claimed which slot, what each record is and who began it, who worked on a ticket. */
import { isKind, type Kind } from '@tongge/model'
import { parseAuthorKey, parseJson, isPlain } from '../layout.ts'
import { blobSeparator, parseBlobHead } from '../stored-blob.ts'
import type { Sight } from './path-reader.ts'

export interface Beginning {
  readonly kind: Kind | undefined
  readonly slot: string
}

/** Whose work the next step judges. */
export type Worked = 'finish' | 'requestExtension'

export interface Facts extends Sight {
  /** The account that claimed a slot, or another one's that did too. */
  claimantOf(slot: string): string | undefined
  beginningOf(record: string): Beginning | undefined
  /** The one person who did this to the ticket, if no other did. */
  onlyWorker(ticket: string, worked: Worked): string | undefined
}

const several = ''

export function createFacts(months: readonly string[]): Facts {
  const claims = new Map<string, string>()
  const beginnings = new Map<string, Beginning>()
  /** Records begun in one slot share theirs. */
  const known = new Map<string, Beginning>()
  const workers = new Map<string, string>()

  const begin = (record: string, stored: unknown): void => {
    const head = parseBlobHead(stored)
    if (!head) return
    const name = `${head.k} ${head.c[1]}`
    const beginning = known.get(name) ?? { kind: isKind(head.k) ? head.k : undefined, slot: head.c[1] }
    known.set(name, beginning)
    beginnings.set(record, beginning)
  }
  const work = (stored: unknown): void => {
    if (typeof stored !== 'string') return
    if (!stored.includes('"finish"') && !stored.includes('"requestExtension"')) return
    const step = parseJson(stored)
    if (!isPlain(step) || typeof step['actor'] !== 'string') return
    const name = `${String(step['ticket'])} ${String(step['action'])}`
    workers.set(name, [undefined, step['actor']].includes(workers.get(name)) ? step['actor'] : several)
  }

  return {
    claimantOf: (slot) => claims.get(slot),
    beginningOf: (record) => beginnings.get(record),
    onlyWorker: (ticket, worked) => workers.get(`${ticket} ${worked}`) || undefined,
    roots: new Set(['meta', 'blobs', ...months.map((month) => `steps/${month}`)]),
    // The fields of a record are of no interest here.
    heads: { root: 'blobs', end: blobSeparator.charCodeAt(0) },
    found(root, key, content) {
      if (root === 'meta') {
        const claim = parseAuthorKey(key ?? '')
        if (claim) claims.set(claim.slot, claim.account)
      } else if (content.type === 'values') {
        if (root === 'blobs') begin(key ?? '', content.values[0])
        else for (const value of content.values) work(value)
      }
    },
  }
}
