/** The store on the device as the session sees it: bytes, subjects and Y.Docs; never what a document means. */
import type { Awareness } from 'y-protocols/awareness'
import type { Doc } from 'yjs'
import type { FailureReason } from '../provider.ts'
import type { Unsent } from './entry.ts'
import type { VaultProvider } from './vault-provider.ts'

export interface VaultProblem {
  readonly document: string | undefined
  readonly reason: FailureReason
  /** For the log, in English. */
  readonly message: string
  /** Milliseconds since 1970, by the clock handed in. */
  readonly at: number
}

export interface VaultUsage {
  readonly bytes: number
  /** Bytes the browser allows this origin; undefined where it does not say. */
  readonly quota: number | undefined
  readonly rows: number
}

export interface Vault {
  /** One attachment per document at a time; `anew` is a copy beside the one in use, empty at first. */
  attach(
    document: string,
    doc: Doc,
    options?: { readonly awareness?: Awareness; readonly anew?: boolean },
  ): VaultProvider
  /** From the next opening of the vault on, the copy made anew is the document. */
  renew(document: string): Promise<void>
  /** Older copies, of documents that were renewed. */
  left(): Promise<readonly LeftCopy[]>
  documents(): Promise<string[]>
  /** Says what is stored of all documents: the same text as long as nobody wrote another row. */
  version(): Promise<string>
  usage(): Promise<VaultUsage>
  /** What the relay has not committed, in older copies too; `copy` names the one it waits in. */
  unsent(): Promise<(Unsent & { readonly copy: string })[]>
  /** With all its copies. */
  remove(document: string): Promise<void>
  get(key: string): Promise<unknown>
  /** Small JSON values. */
  set(key: string, value: unknown): Promise<void>
  /** Keeps what can be made anew at any time, or may be lost, sealed like a document. Undefined forgets it. */
  keep(key: string, bytes: Uint8Array | undefined): Promise<void>
  /** Forgets all that was kept under keys with this beginning. */
  forgetKept(prefix: string): Promise<void>
  /** Undefined when nothing was kept, or it does not open. */
  recall(key: string): Promise<Uint8Array | undefined>
  /** Tries again what could not be written. */
  retry(): Promise<void>
  onProblem(listener: (problem: VaultProblem) => void): () => void
  /** Writes what is pending where that is possible. */
  close(): Promise<void>
}

export interface LeftCopy {
  readonly document: string
  /** Of this very copy. */
  readonly name: string
  /** What the relay did not take, in no order. */
  readonly edits: readonly (Unsent & { readonly id: string })[]
  /** Brings what it holds into a document. */
  load(doc: Doc): Promise<void>
  /** These edits need nobody any more. */
  done(ids: readonly string[]): Promise<void>
  /** While no tab works in it. */
  forget(): Promise<void>
}
