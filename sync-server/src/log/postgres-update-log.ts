/** The log in PostgreSQL, for several relays at once. Every group of appends is one transaction; knows bytes, not what they mean. */
import type { LoggedUpdate, Positions, RowSeal, SharedLog } from '../ports.ts'
import { rowChecksum } from './checksum.ts'
import { createConnections } from './postgres-connections.ts'
import { createPostgresRows } from './postgres-rows.ts'
import { prepareTables, tablesIn } from './postgres-schema.ts'
import { createGroupWriter, type Append } from './postgres-writer.ts'

export interface PostgresLogOptions {
  /** `postgresql://user:password@host:port/database` */
  readonly url: string
  /** Where the tables stand. */
  readonly schema?: string
  readonly seal?: RowSeal | undefined
}

/** Makes the tables when there are none. Throws `UnusableLogError` when they cannot be used, and whatever the driver says when the database cannot be reached. */
export async function openPostgresUpdateLog({ url, schema = 'tongge', seal }: PostgresLogOptions): Promise<SharedLog> {
  const tables = tablesIn(schema)
  const connections = createConnections(url)
  try {
    await prepareTables(connections, schema, tables)
  } catch (error) {
    await connections.close()
    throw error
  }
  const rows = createPostgresRows(connections, tables, seal)
  const writeGroup = createGroupWriter(connections, tables, seal)
  let waiting: Append[] = []
  let writing: Promise<void> | undefined
  let isClosed = false

  /** What comes while a group is being committed is the next group. */
  const writeAll = async (): Promise<void> => {
    // Everything of this turn is of the first.
    await Promise.resolve()
    while (waiting.length > 0) await writeGroup(waiting.splice(0))
    writing = undefined
  }
  const mustBeOpen = (): void => {
    if (isClosed) throw new Error('the log is closed')
  }

  return {
    append(added: readonly LoggedUpdate[], at: Positions = new Map()) {
      if (isClosed) return Promise.reject(new Error('the log is closed'))
      const { promise, resolve, reject } = Promise.withResolvers<readonly number[]>()
      waiting.push({ rows: added, at, resolve, reject })
      writing ??= writeAll()
      return promise
    },
    async read(document) {
      mustBeOpen()
      return rows.read(document)
    },
    async readAfter(document, sequence) {
      mustBeOpen()
      return rows.readAfter(document, sequence)
    },
    async moved(after) {
      mustBeOpen()
      return rows.moved(after)
    },
    async compact(document, snapshot, through) {
      mustBeOpen()
      const bytes = seal?.seal(snapshot, 'snapshot', document) ?? snapshot
      const isDone = await connections.beside(async (client) => {
        const put = await client.query(
          `INSERT INTO ${tables.snapshot} AS kept (document, through, bytes, checksum)
           SELECT name, $2, $3, $4 FROM ${tables.document} WHERE name = $1 AND head >= $2
           ON CONFLICT (document) DO UPDATE SET through = EXCLUDED.through, bytes = EXCLUDED.bytes, checksum = EXCLUDED.checksum
           WHERE kept.through < EXCLUDED.through`,
          [document, through, bytes, rowChecksum(document, through, '', bytes)],
        )
        if (put.rowCount === 0) return undefined
        await client.query(`DELETE FROM ${tables.change} WHERE document = $1 AND sequence <= $2`, [document, through])
        return true
      })
      return isDone ?? false
    },
    async documents() {
      mustBeOpen()
      return rows.documents()
    },
    async verify() {
      mustBeOpen()
      return rows.verify()
    },
    async close() {
      if (isClosed) return
      isClosed = true
      await writing
      await connections.close()
    },
  }
}
