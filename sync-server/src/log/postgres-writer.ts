/**
 * Commits groups of appends to PostgreSQL, one transaction a group. All relays take the same lock for it: sequences are without gaps,
 * and whoever sees one committed sees all before it.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from 'pg'
import { MovedOn, type LoggedUpdate, type Positions, type RowSeal } from '../ports.ts'
import { rowChecksum } from './checksum.ts'
import { isLost, type Connections } from './postgres-connections.ts'
import type { Tables } from './postgres-schema.ts'

export interface Append {
  readonly rows: readonly LoggedUpdate[]
  readonly at: Positions
  resolve(sequences: readonly number[]): void
  reject(error: unknown): void
}

interface Row {
  readonly sequence: number
  readonly document: string
  readonly account: string
  readonly bytes: Uint8Array
  readonly checksum: number
}

interface Written {
  readonly rows: readonly Row[]
  readonly answers: readonly (() => void)[]
}

/** How long a lost connection is tried to be made again before its group is given up, and how often. */
const patienceMs = 5000
const pauseMs = 50
/** A statement takes 65,535 values. */
const rowsPerStatement = 1000

/** Settles every append of the group; never rejects. */
export function createGroupWriter(
  connections: Connections,
  tables: Tables,
  seal: RowSeal | undefined,
): (group: readonly Append[]) => Promise<void> {
  const lock = async (client: Client): Promise<number> => {
    await client.query('BEGIN')
    const { rows } = await client.query<{ sequence: string }>(`SELECT sequence FROM ${tables.state} FOR UPDATE`)
    if (!rows[0]) throw new Error('the log has lost its state')
    return Number(rows[0].sequence)
  }

  const insertRows = async (client: Client, rows: readonly Row[]): Promise<void> => {
    for (let at = 0; at < rows.length; at += rowsPerStatement) {
      const part = rows.slice(at, at + rowsPerStatement)
      await client.query(
        `INSERT INTO ${tables.change} (sequence, document, account, bytes, checksum) VALUES ${places(part.length, 5)}`,
        part.flatMap(({ sequence, document, account, bytes, checksum }) => [
          sequence,
          document,
          account,
          bytes,
          checksum,
        ]),
      )
    }
  }

  const moveHeads = async (client: Client, rows: readonly Row[]): Promise<void> => {
    const heads = [...new Map(rows.map(({ document, sequence }) => [document, sequence]))]
    for (let at = 0; at < heads.length; at += rowsPerStatement) {
      const part = heads.slice(at, at + rowsPerStatement)
      await client.query(
        `INSERT INTO ${tables.document} (name, head) VALUES ${places(part.length, 2)}
         ON CONFLICT (name) DO UPDATE SET head = EXCLUDED.head`,
        part.flat(),
      )
    }
    await client.query(`UPDATE ${tables.state} SET sequence = $1`, [rows.at(-1)?.sequence])
  }

  const headsOf = async (client: Client, documents: ReadonlySet<string>): Promise<Map<string, number>> => {
    if (documents.size === 0) return new Map()
    const found = await client.query<{ name: string; head: string }>(
      `SELECT name, head FROM ${tables.document} WHERE name = ANY($1)`,
      [[...documents]],
    )
    return new Map(found.rows.map(({ name, head }) => [name, Number(head)]))
  }

  const write = async (client: Client, group: readonly Append[]): Promise<Written> => {
    let sequence = await lock(client)
    const heads = await headsOf(client, new Set(group.flatMap(({ at }) => [...at.keys()])))
    const rows: Row[] = []
    const answers = group.map((append) => {
      for (const [document, position] of append.at)
        if ((heads.get(document) ?? 0) !== position) return () => append.reject(new MovedOn(document))
      const sequences = append.rows.map(({ document, account, update }) => {
        sequence++
        heads.set(document, sequence)
        const bytes = seal?.seal(update, 'change', document) ?? update
        rows.push({ sequence, document, account, bytes, checksum: rowChecksum(document, sequence, account, bytes) })
        return sequence
      })
      return () => append.resolve(sequences)
    })
    if (rows.length > 0) {
      await insertRows(client, rows)
      await moveHeads(client, rows)
    }
    return { rows, answers }
  }

  /**
   * Whether what was written before the connection was lost is committed. The lock is had once that transaction has ended, in whatever
   * way: it held it. Rows that are there byte for byte are as good as committed by this relay, whoever wrote them.
   */
  const isCommitted = async (client: Client, { rows }: Written): Promise<boolean> => {
    await lock(client)
    const found = await client.query<{ sequence: string; document: string; account: string; bytes: Uint8Array }>(
      `SELECT sequence, document, account, bytes FROM ${tables.change} WHERE sequence = ANY($1)`,
      [rows.map(({ sequence }) => sequence)],
    )
    await client.query('COMMIT')
    const stored = new Map(found.rows.map((row) => [Number(row.sequence), row]))
    return rows.every(({ sequence, document, account, bytes }) => {
      const row = stored.get(sequence)
      return row?.document === document && row.account === account && Buffer.compare(row.bytes, bytes) === 0
    })
  }

  return async (group) => {
    const deadline = performance.now() + patienceMs
    /** Written by a transaction of whose end nothing is known. */
    let open: Written | undefined
    for (;;) {
      try {
        const client = await connections.writer()
        if (!open || !(await isCommitted(client, open))) {
          open = undefined
          open = await write(client, group)
          await client.query('COMMIT')
        }
        for (const answer of open.answers) answer()
        return
      } catch (error) {
        if (isLost(error)) connections.dropWriter()
        else await undo(connections)
        if (isLost(error) && performance.now() < deadline) {
          await delay(pauseMs)
          continue
        }
        for (const { reject } of group) reject(error)
        return
      }
    }
  }
}

async function undo(connections: Connections): Promise<void> {
  try {
    await (await connections.writer()).query('ROLLBACK')
  } catch {
    connections.dropWriter()
  }
}

/** `($1, $2), ($3, $4)` for two rows of two values. */
function places(rows: number, columns: number): string {
  return Array.from(
    { length: rows },
    (_, row) => `(${Array.from({ length: columns }, (_, column) => `$${row * columns + column + 1}`).join(', ')})`,
  ).join(', ')
}
