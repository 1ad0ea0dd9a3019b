/** The tables of the log in PostgreSQL, made when they are missing, and what must hold before they are used. */
import type { Connections } from './postgres-connections.ts'
import { UnusableLogError } from './unusable-log.ts'

const schemaVersion = 1
/** "TGL1" in ASCII: of two relays that start at once one makes the tables. */
const making = 0x54474c31

/** The names of the tables. */
export interface Tables {
  readonly state: string
  readonly document: string
  readonly change: string
  readonly snapshot: string
}

/** Throws `UnusableLogError` for a name that would have to be quoted. */
export function tablesIn(schema: string): Tables {
  if (!/^[a-z_][a-z0-9_]{0,40}$/.test(schema)) throw new UnusableLogError(`"${schema}" is not a name of a schema`)
  return {
    state: `${schema}.log_state`,
    document: `${schema}.document`,
    change: `${schema}.change`,
    snapshot: `${schema}.snapshot`,
  }
}

/** `head` is the sequence of a document's newest row, also when that row was compacted. */
const statements = (schema: string, { state, document, change, snapshot }: Tables): readonly string[] => [
  `CREATE SCHEMA IF NOT EXISTS ${schema}`,
  `CREATE TABLE ${state} (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), version integer NOT NULL, epoch text NOT NULL, sequence bigint NOT NULL)`,
  `CREATE TABLE ${document} (name text COLLATE "C" PRIMARY KEY, head bigint NOT NULL)`,
  `CREATE INDEX document_head ON ${document} (head)`,
  `CREATE TABLE ${change} (sequence bigint PRIMARY KEY, document text COLLATE "C" NOT NULL, account text NOT NULL, bytes bytea NOT NULL, checksum bigint NOT NULL)`,
  `CREATE INDEX change_of_document ON ${change} (document, sequence)`,
  `CREATE TABLE ${snapshot} (document text COLLATE "C" PRIMARY KEY, through bigint NOT NULL, bytes bytea NOT NULL, checksum bigint NOT NULL)`,
  // Sealed bytes do not shrink, and trying takes longer than writing them.
  `ALTER TABLE ${change} ALTER COLUMN bytes SET STORAGE EXTERNAL`,
  `ALTER TABLE ${snapshot} ALTER COLUMN bytes SET STORAGE EXTERNAL`,
  `INSERT INTO ${state} (version, epoch, sequence) VALUES (${schemaVersion}, gen_random_uuid()::text, 0)`,
]

interface StateRow {
  readonly version: number
  readonly fsync: string
}

export async function prepareTables(connections: Connections, schema: string, tables: Tables): Promise<void> {
  await connections.beside(async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [making])
    const found = await client.query<{ name: string | null }>('SELECT to_regclass($1)::text AS name', [tables.state])
    if (found.rows[0]?.name === null) for (const statement of statements(schema, tables)) await client.query(statement)
    const state = await client.query<StateRow>(`SELECT version, current_setting('fsync') AS fsync FROM ${tables.state}`)
    const [row] = state.rows
    if (row?.version !== schemaVersion)
      throw new UnusableLogError(
        `schema ${schema} has log version ${row?.version ?? 'none'}; this relay reads version ${schemaVersion}`,
      )
    if (row.fsync === 'off')
      throw new UnusableLogError('the database runs with fsync = off and would lose what it has committed')
    return true
  })
}
