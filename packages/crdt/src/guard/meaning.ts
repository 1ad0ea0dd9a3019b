/** What the guard says of an update: which acts of meaning it consists of, or why it is no honest one. */
import type { Instant, Operation, RevealReason, Role } from '@tongge/model'
import type { Trouble } from './trouble.ts'

/** Documents whose layout is known here, and what of their name bears on it. */
export type DocumentShape =
  | { readonly of: 'ledger' | 'sensitive' | 'diary' | 'notes' | 'photos' }
  | { readonly of: 'work' | 'journal'; readonly months: readonly string[] }

/** One act as the permission table names it, such as `household/phone` `set`; `role` where it is taken in one. */
export interface Deed {
  readonly path: string
  readonly operation: Operation
  readonly role?: Role
}

/** Somebody says that sensitive fields of a record were shown to them; the words of a reason are left out. */
export interface Reveal {
  readonly account: string
  readonly record: string
  /** Their codes. */
  readonly fields: readonly string[]
  readonly reason: RevealReason
  readonly at: Instant
}

export type Refusal =
  | Trouble
  /** A root, or a place in it, in which nothing is kept. */
  | 'unknownPlace'
  /** Written into something that is no longer there. */
  | 'nowhere'
  /** Not of the form, type, size or list that its place asks for. */
  | 'badValue'
  /** In a document in which its field does not rest, as a sensitive value in the ledger. */
  | 'misplaced'
  /** Changes or removes what is written once. */
  | 'writtenOnce'
  /** In a slot that is another's, or that only the relay writes. */
  | 'foreignSlot'
  /** In a slot of which the document does not say whose it is: the rest is asked for. */
  | 'unclaimedSlot'
  /** Says that a slot is somebody else's. */
  | 'foreignClaim'
  /** Takes away values without writing one. */
  | 'bareDeletion'
  /** A step in another's name. */
  | 'foreignStep'
  /** Judges one's own work or request. */
  | 'ownWork'

export type Meaning =
  /** `received`: ids of the steps that it brings and for which the document has no receipt. */
  | {
      readonly ok: true
      readonly deeds: readonly Deed[]
      readonly reveals: readonly Reveal[]
      readonly received: readonly string[]
    }
  /** `path` names no record and no person. */
  | { readonly ok: false; readonly refusal: Refusal; readonly path: string }

/** Thrown inside this folder only. */
export class Refused extends Error {
  readonly refusal: Refusal
  readonly path: string

  constructor(refusal: Refusal, path: string) {
    super(refusal)
    this.refusal = refusal
    this.path = path
  }
}
