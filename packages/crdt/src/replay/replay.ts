/**
 * Edits that the relay did not take are written once more upon what it holds, by a new hand, each as far as it may be: one that was
 * refused strands all that the same replica wrote after it.
 */
import type { AccountId, DocumentClass, Role } from '@tongge/model'
import { applyUpdate, decodeUpdate, Doc, getState } from 'yjs'
import { allows } from '../guard/allows.ts'
import { createDocumentGuard } from '../guard/document-guard.ts'
import type { DocumentShape, Refusal } from '../guard/meaning.ts'
import { authorKey, metaOf, parseSlotKey, slotsRoot } from '../layout.ts'
import { happeningIn, repeatIn, type Happening } from './happening.ts'
import { linesOf, type WrittenLine } from './lines.ts'

export interface ReplayRequest {
  readonly kind: DocumentClass
  readonly shape: DocumentShape
  readonly account: AccountId
  readonly roles: readonly Role[]
  /** False where this account may write nothing at all. */
  readonly mayWrite: boolean
  /** All that the relay holds. */
  readonly base: Uint8Array
  /** In any order. */
  readonly edits: readonly Uint8Array[]
}

export interface Replayed {
  /** To be applied in order; `edit` is the place among those given. */
  readonly legal: readonly { readonly edit: number; readonly update: Uint8Array }[]
  readonly refused: readonly RefusedEdit[]
  /** Those that build on what is nowhere any more, by their place among those given. */
  readonly torn: readonly number[]
}

export interface RefusedEdit {
  readonly reason: Refusal | 'notAllowed' | 'readOnly'
  readonly lines: readonly WrittenLine[]
}

export function replay({ kind, shape, account, roles, mayWrite, base, edits }: ReplayRequest): Replayed {
  const original = docOf([base])
  const legal: { readonly edit: number; readonly update: Uint8Array }[] = []
  const refused: RefusedEdit[] = []
  const guard = createDocumentGuard(shape)
  guard.take(base)
  let copy = docOf([base])

  const judge = (update: Uint8Array): RefusedEdit['reason'] | undefined => {
    if (!mayWrite) return 'readOnly'
    const meaning = guard.read(update, account, false)
    if (!meaning.ok) return meaning.refusal
    return meaning.deeds.every((deed) => allows(roles, kind, deed)) ? undefined : 'notAllowed'
  }

  for (const edit of inOrder(edits)) {
    const happening = happeningIn(original, edits[edit] ?? new Uint8Array())
    const update = repeatIn(copy, withClaims(happening, original, copy, account))
    if (!update) continue
    const reason = judge(update)
    if (!reason) {
      guard.keep()
      legal.push({ edit, update })
      continue
    }
    guard.drop()
    const lines = linesOf(happening, original)
    if (lines.length > 0 || saysSomething(happening)) refused.push({ reason, lines })
    copy.destroy()
    copy = docOf([base, ...legal.map((each) => each.update)])
  }
  const torn = [...edits.keys()].filter((edit) => !holds(original, edits[edit]))
  original.destroy()
  copy.destroy()
  return { legal, refused, torn }
}

/** Beyond what goes with every edit: who wrote it, and the row of its history. */
function saysSomething({ entries, texts, appended }: Happening): boolean {
  const isOwn = ({ root }: { readonly root: string }): boolean => root !== 'meta' && !root.startsWith('journal/')
  return texts.length > 0 || entries.some(isOwn) || appended.some(isOwn)
}

function holds(doc: Doc, edit: Uint8Array | undefined): boolean {
  return (edit ? decodeUpdate(edit).structs : []).every(
    ({ id, length }) => getState(doc.store, id.client) >= id.clock + length,
  )
}

/** What one replica wrote in the order it wrote it. */
function inOrder(edits: readonly Uint8Array[]): readonly number[] {
  const starts = edits.map((edit, index) => {
    const first = decodeUpdate(edit).structs[0]?.id
    return { index, client: first?.client ?? 0, clock: first?.clock ?? 0 }
  })
  const clients = [...new Set(starts.map(({ client }) => client))]
  return starts
    .sort((a, b) => clients.indexOf(a.client) - clients.indexOf(b.client) || a.clock - b.clock)
    .map(({ index }) => index)
}

/** Whose a slot is was said with its first write, which may be one that is not taken. */
function withClaims(happening: Happening, original: Doc, copy: Doc, account: AccountId): Happening {
  const slots = happening.entries.flatMap(({ root, key, after }) => {
    const slot = root === slotsRoot || root === 'texts' ? parseSlotKey(key)?.slot : undefined
    return slot !== undefined && after !== undefined ? [slot] : []
  })
  const claims = [...new Set(slots)].flatMap((slot) => {
    const key = authorKey(slot, account)
    const device = metaOf(original).get(key)
    return device === undefined || metaOf(copy).has(key)
      ? []
      : [{ root: 'meta', key, before: undefined, after: device }]
  })
  return { ...happening, entries: [...claims, ...happening.entries] }
}

function docOf(updates: readonly Uint8Array[]): Doc {
  const doc = new Doc()
  for (const update of updates) applyUpdate(doc, update)
  return doc
}
