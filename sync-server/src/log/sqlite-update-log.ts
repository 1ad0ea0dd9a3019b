/** The log in one SQLite file: WAL, an fsync for every commit, a checksum for every row. Knows bytes, not what they mean. */
import type { Database } from 'better-sqlite3'
import {
  MovedOn,
  type LoggedUpdate,
  type LogWitness,
  type Positions,
  type RowSeal,
  type StoredDocument,
  type UpdateLog,
} from '../ports.ts'
import { rowChecksum } from './checksum.ts'
import { createGroupCommit, type GroupCommit } from './group-commit.ts'
import { openDatabase } from './sqlite-schema.ts'
import { createRowReader } from './sqlite-rows.ts'

export interface SqliteUpdateLog extends UpdateLog {
  /** Copies everything committed so far into another file, while the log goes on being written. */
  backup(path: string): Promise<void>
}

export interface SqliteLogOptions {
  /** Bounds the file's size, in pages of 4 KiB. */
  readonly maxPages?: number
  readonly seal?: RowSeal | undefined
  /** Keeps its own tables in the same file. */
  readonly witness?: (database: Database, commits: GroupCommit) => LogWitness
}

/** Throws `UnusableLogError` when the file is damaged, emptied or not a log. One process at a time may write a file. */
export function createSqliteUpdateLog(path: string, options: SqliteLogOptions = {}): SqliteUpdateLog {
  const database = openDatabase(path)
  if (options.maxPages !== undefined) database.pragma(`max_page_count = ${options.maxPages}`)
  const reader = createRowReader(database, options.seal)
  const insertDocument = database.prepare<[string]>('INSERT INTO document (name) VALUES (?)')
  const insertChange = database.prepare<[number, number, string, Uint8Array, number]>(
    'INSERT INTO change VALUES (?, ?, ?, ?, ?)',
  )
  const putSnapshot = database.prepare<[number, number, Uint8Array, number]>(
    'INSERT OR REPLACE INTO snapshot VALUES (?, ?, ?, ?)',
  )
  const deleteThrough = database.prepare<[number, number]>('DELETE FROM change WHERE document = ? AND sequence <= ?')
  const idByDocument = new Map<string, number>(reader.documents().map(({ id, name }) => [name, id]))
  let sequence = reader.lastSequence()
  /** Documents first named in the commit under way. */
  let named: string[] = []
  const commits = createGroupCommit(database)
  const witness = options.witness?.(database, commits)
  commits.onBegin(() => {
    const before = sequence
    named = []
    return () => {
      sequence = before
      for (const name of named) idByDocument.delete(name)
    }
  })

  const write = (row: LoggedUpdate): number => {
    let id = idByDocument.get(row.document)
    if (id === undefined) {
      id = Number(insertDocument.run(row.document).lastInsertRowid)
      idByDocument.set(row.document, id)
      named.push(row.document)
    }
    sequence++
    const bytes = options.seal?.seal(row.update, 'change', row.document) ?? row.update
    insertChange.run(sequence, id, row.account, bytes, rowChecksum(row.document, sequence, row.account, bytes))
    witness?.appended(row, sequence)
    return sequence
  }

  const isAt = (document: string, position: number): boolean => {
    const id = idByDocument.get(document)
    return (id === undefined ? 0 : reader.newest(id)) === position
  }

  return {
    async append(rows, at: Positions = new Map()) {
      const sequences = await commits.join(() => {
        for (const [document, position] of at) if (!isAt(document, position)) return document
        return rows.map(write)
      })
      if (typeof sequences === 'string') throw new MovedOn(sequences)
      return sequences
    },
    async read(document): Promise<StoredDocument> {
      if (!database.open) throw new Error('the log is closed')
      const id = idByDocument.get(document)
      return id === undefined ? { snapshot: undefined, tail: [], through: 0, damaged: 0 } : reader.read(id, document)
    },
    async compact(document, snapshot, through) {
      const id = idByDocument.get(document)
      if (id === undefined) return false
      return commits.alone(() => {
        if (reader.snapshotThrough(id) >= through || through > reader.newest(id)) return false
        const bytes = options.seal?.seal(snapshot, 'snapshot', document) ?? snapshot
        // In this order a full disk has room for it.
        deleteThrough.run(id, through)
        putSnapshot.run(id, through, bytes, rowChecksum(document, through, '', bytes))
        witness?.compacted(document, snapshot, through)
        return true
      })
    },
    async documents() {
      return [...idByDocument.keys()].toSorted()
    },
    async verify() {
      return reader.verify()
    },
    async backup(target) {
      await database.backup(target)
    },
    async close() {
      commits.flush()
      if (database.open) database.close()
    },
  }
}
