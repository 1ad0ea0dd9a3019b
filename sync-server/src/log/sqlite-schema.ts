/** The tables of the log, and the marks by which a file is known to be this log and no other. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import Database from 'better-sqlite3'
import { UnusableLogError } from './unusable-log.ts'

/** "TGL1" in ASCII: SQLite keeps it in the file's header. */
const applicationId = 0x54474c31
const schemaVersion = 1

const schema = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE document (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE change (sequence INTEGER PRIMARY KEY, document INTEGER NOT NULL, account TEXT NOT NULL, bytes BLOB NOT NULL, checksum INTEGER NOT NULL) STRICT;
  CREATE INDEX change_of_document ON change (document, sequence);
  CREATE TABLE snapshot (document INTEGER PRIMARY KEY, through INTEGER NOT NULL, bytes BLOB NOT NULL, checksum INTEGER NOT NULL) STRICT;
`

/**
 * Opens or creates the file. Beside it stands `<path>.epoch` with the id the log was given when it was created:
 * a file that was emptied, replaced or belongs to something else no longer matches it and is refused.
 */
export function openDatabase(path: string): Database.Database {
  const epochPath = `${path}.epoch`
  const expected = existsSync(epochPath) ? readFileSync(epochPath, 'utf8').trim() : undefined
  const advice = `restore it from a backup, or remove ${epochPath} to start anew`
  if (expected !== undefined && !existsSync(path)) throw new UnusableLogError(`${path} is missing; ${advice}`)
  const database = connect(path)
  try {
    const epoch = readEpoch(database, path)
    if (expected !== undefined && epoch === undefined) throw new UnusableLogError(`${path} is empty; ${advice}`)
    if (expected !== undefined && expected !== epoch)
      throw new UnusableLogError(`${path} is not the log that ${epochPath} was written for; ${advice}`)
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    // A checkpoint costs several fsyncs within one commit; 32 MB of log make it rare.
    database.pragma('wal_autocheckpoint = 8000')
    const current = epoch ?? create(database)
    if (expected === undefined) writeFileSync(epochPath, `${current}\n`, { flush: true })
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function connect(path: string): Database.Database {
  try {
    return new Database(path)
  } catch (error) {
    throw new UnusableLogError(`${path} cannot be opened as a database: ${messageOf(error)}`, { cause: error })
  }
}

function readEpoch(database: Database.Database, path: string): string | undefined {
  try {
    const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()
    if (tables === 0) return undefined
    if (database.pragma('application_id', { simple: true }) !== applicationId)
      throw new UnusableLogError(`${path} is a database of another program`)
    const version = database.pragma('user_version', { simple: true })
    if (version !== schemaVersion)
      throw new UnusableLogError(
        `${path} has log version ${String(version)}; this relay reads version ${schemaVersion}`,
      )
    const epoch = database.prepare("SELECT value FROM meta WHERE key = 'epoch'").pluck().get()
    if (typeof epoch !== 'string') throw new UnusableLogError(`${path} has lost its epoch`)
    return epoch
  } catch (error) {
    if (error instanceof UnusableLogError) throw error
    throw new UnusableLogError(`${path} is damaged: ${messageOf(error)}`, { cause: error })
  }
}

function create(database: Database.Database): string {
  const epoch = randomUUID()
  database.transaction(() => {
    database.exec(schema)
    database.prepare("INSERT INTO meta VALUES ('epoch', ?)").run(epoch)
    database.pragma(`application_id = ${applicationId}`)
    database.pragma(`user_version = ${schemaVersion}`)
  })()
  return epoch
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
