/** Connections to PostgreSQL: one that writes, a few that read, each made again when it is lost. */
import { setTimeout as delay } from 'node:timers/promises'
import { Client, Pool, type ClientConfig, type QueryResultRow } from 'pg'

export interface Connections {
  /** The one connection that writes; another one after it was lost. */
  writer(): Promise<Client>
  /** It is of no more use. */
  dropWriter(): void
  /** One statement that only reads, or many at once; tried again where the connection was lost. */
  ask<Row extends QueryResultRow>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>
  /** In a transaction beside the writer's, which is undone when the work throws or returns undefined. */
  beside<T>(work: (client: Pick<Client, 'query'>) => Promise<T | undefined>): Promise<T | undefined>
  close(): Promise<void>
}

const readers = 4
const triesToRead = 3
const pauseMs = 50

export function createConnections(url: string): Connections {
  const config: ClientConfig = {
    connectionString: url,
    application_name: 'tongge',
    keepAlive: true,
    connectionTimeoutMillis: 5000,
    query_timeout: 30_000,
    // A relay that hangs in the middle of a commit must not hold up the others for ever.
    idle_in_transaction_session_timeout: 10_000,
  }
  const pool = new Pool({ ...config, max: readers })
  // A connection that is lost while nobody uses it; the pool makes another.
  pool.on('error', () => undefined)
  let writing: Client | undefined

  const dropWriter = (): void => {
    const lost = writing
    writing = undefined
    void lost?.end().catch(() => undefined)
  }

  return {
    async writer() {
      if (writing) return writing
      const client = new Client(config)
      client.on('error', () => {
        if (writing === client) dropWriter()
      })
      await client.connect()
      // A commit that may still be in memory alone is none.
      await client.query(
        `SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'`,
      )
      writing = client
      return client
    },
    dropWriter,
    async ask<Row extends QueryResultRow>(text: string, values: readonly unknown[] = []) {
      for (let left = triesToRead - 1; ; left--) {
        try {
          return (await pool.query<Row>(text, [...values])).rows
        } catch (error) {
          if (left === 0 || !isLost(error) || pool.ended) throw error
          await delay(pauseMs)
        }
      }
    },
    async beside(work) {
      const client = await pool.connect()
      let failure: Error | undefined
      try {
        await client.query('BEGIN')
        const result = await work(client)
        await client.query(result === undefined ? 'ROLLBACK' : 'COMMIT')
        return result
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error))
        throw error
      } finally {
        // With an error the connection is closed, which undoes what it had begun.
        client.release(failure)
      }
    },
    async close() {
      const client = writing
      writing = undefined
      await client?.end()
      await pool.end()
    },
  }
}

/** Shutdown, crash, not up yet, and a transaction that was left lying. */
const lostStates = new Set(['57P01', '57P02', '57P03', '25P03'])

/** Whether it is the connection that failed, and nobody knows by this error what became of the statement; otherwise the statement was refused. */
export function isLost(error: unknown): boolean {
  const isRefusal = error instanceof Error && 'severity' in error && 'code' in error
  if (!isRefusal) return true
  const code = String(error.code)
  return code.startsWith('08') || lostStates.has(code)
}
