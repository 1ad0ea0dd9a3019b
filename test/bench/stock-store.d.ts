/** The library is a dependency of the sync package only; the bench reaches for its source to measure it bare. */
declare module '*/y-indexeddb/src/y-indexeddb.js' {
  import type { Doc } from 'yjs'

  export class IndexeddbPersistence {
    constructor(name: string, doc: Doc)
    readonly whenSynced: Promise<unknown>
    destroy(): Promise<void>
  }
}
