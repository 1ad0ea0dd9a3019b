/** Who writes in which slot of a document. It is said once, with the slot's first write there, and not again in each value. */
import type { AccountId, Instant, Stamp } from '@tongge/model'
import type { Doc } from 'yjs'
import type { Writer } from './api.ts'
import { authorKey, authorSlot, metaOf, parseAuthorKey } from './layout.ts'

/** The account and device label of a write whose author has not arrived, or cannot be told. */
export const unknownAuthor = '' as AccountId
const unknown: Author = { by: unknownAuthor, device: '' }

type Author = Omit<Stamp, 'at'>

interface Authors {
  of(slot: string): Author
  /** Calls back within the transaction with the slots of which something else is known by now. */
  observe(listener: (slots: ReadonlySet<string>) => void): void
}

const authorsByDoc = new WeakMap<Doc, Authors>()

/** One table per document for its whole life. */
export function authorsOf(doc: Doc): Authors {
  let authors = authorsByDoc.get(doc)
  if (!authors) authorsByDoc.set(doc, (authors = createAuthors(doc)))
  return authors
}

/** The stamp of a write made in `slot`, or carried over from it. */
export function stampOf(doc: Doc, at: Instant, slot: string): Stamp {
  return { at, ...authorsOf(doc).of(authorSlot(slot)) }
}

/** Says who writes in the writer's slot, once for a document and again when the device is renamed. Called within the transaction of the write. */
export function sign(doc: Doc, { slot, account, device }: Writer): void {
  const key = authorKey(slot, account)
  if (metaOf(doc).get(key) !== device) metaOf(doc).set(key, device)
}

function createAuthors(doc: Doc): Authors {
  const meta = metaOf(doc)
  const authorsBySlot = new Map<string, Map<string, Author>>()
  const follow = (keys: Iterable<unknown>): ReadonlySet<string> => {
    const slots = new Set<string>()
    for (const key of keys) {
      const name = typeof key === 'string' ? parseAuthorKey(key) : undefined
      if (typeof key !== 'string' || !name) continue
      slots.add(name.slot)
      const claims = authorsBySlot.get(name.slot) ?? new Map<string, Author>()
      const device = meta.get(key)
      if (typeof device === 'string') claims.set(name.account, { by: name.account as AccountId, device })
      else claims.delete(name.account)
      authorsBySlot.set(name.slot, claims)
    }
    return slots
  }
  follow(meta.keys())
  return {
    of(slot) {
      const claims = authorsBySlot.get(slot)
      // A slot is one replica's. Of two accounts that claim it, at least one is not its author.
      return (claims?.size === 1 ? claims.values().next().value : undefined) ?? unknown
    },
    observe: (listener) => meta.observe((event) => listener(follow(event.keysChanged))),
  }
}
