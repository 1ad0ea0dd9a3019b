/** What concerns every row of a log file at once, whatever the rows hold. For a file that no relay is using, unless it says otherwise. */
import Database from 'better-sqlite3'
import type { RowKind } from '../ports.ts'
import { rowChecksum } from './checksum.ts'
import { openDatabase } from './sqlite-schema.ts'

export interface LoggedRow {
  readonly document: string
  readonly kind: RowKind
  readonly bytes: Uint8Array
}

interface StoredRow {
  readonly place: number
  readonly name: string
  readonly account: string
  readonly sequence: number
  readonly bytes: Uint8Array
  readonly checksum: number
}

/** How many rows and snapshots begin with the same `length` bytes. Reads only; a relay may be using the file. */
export function startsOf(
  path: string,
  length: number,
): readonly { readonly start: Uint8Array; readonly rows: number }[] {
  const database = new Database(path, { readonly: true })
  try {
    return database
      .prepare<[number, number], { start: Uint8Array; rows: number }>(
        `SELECT start, count(*) AS rows FROM
           (SELECT substr(bytes, 1, ?) AS start FROM change UNION ALL SELECT substr(bytes, 1, ?) FROM snapshot)
         GROUP BY start`,
      )
      .all(length, length)
  } finally {
    database.close()
  }
}

/**
 * Puts other bytes in the place of every sound row's, all or none, and leaves nothing of the former ones in the file.
 * Damaged rows stay as they are. Returns how many rows were written anew. Throws `UnusableLogError` as opening a log does.
 */
export function rewriteRows(path: string, rewrite: (row: LoggedRow) => Uint8Array): number {
  const database = openDatabase(path)
  try {
    database.pragma('secure_delete = ON')
    const count = database.transaction(
      () => rewriteTable(database, 'change', rewrite) + rewriteTable(database, 'snapshot', rewrite),
    )()
    database.exec('VACUUM')
    database.pragma('wal_checkpoint(TRUNCATE)')
    return count
  } finally {
    database.close()
  }
}

const columns = {
  change: { sequence: 'sequence', account: 'account', place: 'sequence' },
  snapshot: { sequence: 'through', account: "''", place: 'document' },
} as const

function rewriteTable(database: Database.Database, kind: RowKind, rewrite: (row: LoggedRow) => Uint8Array): number {
  const { sequence, account, place } = columns[kind]
  const places = database.prepare<[], number>(`SELECT ${place} FROM ${kind}`).pluck().all()
  const read = database.prepare<[number], StoredRow>(
    `SELECT ${place} AS place, name, ${account} AS account, ${sequence} AS sequence, bytes, checksum
     FROM ${kind} JOIN document ON document.id = ${kind}.document WHERE ${kind}.${place} = ?`,
  )
  const write = database.prepare<[Uint8Array, number, number]>(
    `UPDATE ${kind} SET bytes = ?, checksum = ? WHERE ${place} = ?`,
  )
  let count = 0
  for (const at of places) {
    const row = read.get(at)
    if (!row || rowChecksum(row.name, row.sequence, row.account, row.bytes) !== row.checksum) continue
    const bytes = rewrite({ document: row.name, kind, bytes: row.bytes })
    write.run(bytes, rowChecksum(row.name, row.sequence, row.account, bytes), at)
    count++
  }
  return count
}
