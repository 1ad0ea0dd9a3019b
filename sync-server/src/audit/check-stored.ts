/** Holds what the log of updates stores against what the audit log tells of it, both ways. */
import type { AuditEvent } from '@tongge/protocol/audit'
import type { Database } from 'better-sqlite3'
import type { RowKind } from '../ports.ts'
import { contentHash } from './stored-events.ts'

type Edit = AuditEvent & { readonly type: 'edit' }
type Fold = AuditEvent & { readonly type: 'fold' }

export interface StoredCheck {
  /** Updates up to this sequence are told of nowhere. */
  began(through: number): void
  edit(position: number, event: Edit): void
  fold(event: Fold): void
  /** Called after the last entry. */
  ended(): void
  readonly edits: number
}

interface StoredRow {
  readonly name: string
  readonly account: string
  readonly bytes: Uint8Array
}

interface SnapshotRow {
  readonly name: string
  readonly through: number
  readonly bytes: Uint8Array
}

/** What a stored row holds: undefined when it does not open, `sealed` when its key is not here. */
export type OpenRow = (bytes: Uint8Array, kind: RowKind, document: string) => Uint8Array | 'sealed' | undefined

export function checkStored(database: Database, open: OpenRow, tell: (problem: string) => void): StoredCheck {
  const rowOf = database.prepare<[number], StoredRow>(
    'SELECT name, account, bytes FROM change JOIN document ON id = document WHERE sequence = ?',
  )
  const rowsAfter = database.prepare<[number], { sequence: number; name: string | null }>(
    'SELECT sequence, name FROM change LEFT JOIN document ON id = document WHERE sequence > ? ORDER BY sequence',
  )
  const snapshots = database.prepare<[], SnapshotRow>(
    'SELECT name, through, bytes FROM snapshot JOIN document ON id = document',
  )
  const throughOf = new Map(
    database
      .prepare<[], { name: string; through: number }>(
        'SELECT name, through FROM snapshot JOIN document ON id = document',
      )
      .all()
      .map(({ name, through }) => [name, through]),
  )
  const foldByDocument = new Map<string, Fold>()
  const isAltered = (bytes: Uint8Array, kind: RowKind, document: string, hash: string): boolean => {
    const content = open(bytes, kind, document)
    return content !== 'sealed' && (!content || contentHash(content) !== hash)
  }
  let start = 0
  let last = 0
  let edits = 0

  return {
    began(through) {
      start = last = through
    },
    edit(position, { sequence, document, account, hash }) {
      edits++
      if (sequence > last + 1) tell(`entry ${position}: edits ${last + 1} to ${sequence - 1} have no entry before it`)
      if (sequence <= last) tell(`entry ${position}: edit ${sequence} stands after edit ${last}`)
      last = Math.max(last, sequence)
      const row = rowOf.get(sequence)
      const what = `edit ${sequence} of ${document} (entry ${position})`
      if (!row) {
        if (sequence > (throughOf.get(document) ?? 0)) tell(`${what}: its update is gone`)
        return
      }
      if (row.name !== document) tell(`${what}: its update stands in ${row.name}`)
      if (row.account !== account) tell(`${what}: its update bears another author`)
      if (isAltered(row.bytes, 'change', row.name, hash)) tell(`${what}: its update was altered`)
    },
    fold: (event) => void foldByDocument.set(event.document, event),
    ended() {
      for (const { sequence, name } of rowsAfter.all(last)) tell(`edit ${sequence} of ${name ?? '?'}: has no entry`)
      for (const { name, through, bytes } of snapshots.iterate()) {
        const fold = foldByDocument.get(name)
        if (fold ? fold.through !== through : through > start)
          tell(`snapshot of ${name} through ${through}: has no entry`)
        else if (fold && isAltered(bytes, 'snapshot', name, fold.hash))
          tell(`snapshot of ${name} through ${through}: was altered`)
        foldByDocument.delete(name)
      }
      for (const { document, through } of foldByDocument.values())
        tell(`snapshot of ${document} through ${through}: is gone`)
    },
    get edits() {
      return edits
    },
  }
}
