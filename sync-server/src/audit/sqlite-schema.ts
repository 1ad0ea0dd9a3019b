/** The tables of the audit log, which stand in the file of the log of updates: what is stored and what is told of it share their commits. */
import type { Database } from 'better-sqlite3'

const schema = `
  CREATE TABLE IF NOT EXISTS audit_entry (position INTEGER PRIMARY KEY, entry TEXT NOT NULL, hash BLOB NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS audit_node (level INTEGER NOT NULL, position INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (level, position)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS audit_head (size INTEGER PRIMARY KEY, root TEXT NOT NULL, at INTEGER NOT NULL, key TEXT NOT NULL, signature TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS audit_mark (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`

export function createAuditTables(database: Database): void {
  database.exec(schema)
}

export function hasAuditTables(database: Database): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'audit_entry'").get() !== undefined
}

export interface EntryRow {
  readonly position: number
  readonly entry: string
  readonly hash: Uint8Array
}

export interface HeadRow {
  readonly size: number
  readonly root: string
  readonly at: number
  readonly key: string
  readonly signature: string
}
