/** Reads rows from PostgreSQL and tells sound ones from damaged ones. */
import type { RowKind, RowSeal, SharedLog } from '../ports.ts'
import { rowChecksum } from './checksum.ts'
import type { Connections } from './postgres-connections.ts'
import type { Tables } from './postgres-schema.ts'

export type PostgresRows = Pick<SharedLog, 'documents' | 'read' | 'readAfter' | 'moved' | 'verify'>

/** PostgreSQL's bigint comes as text; sequences stay below 2^53. */
interface StoredRow {
  readonly kind: RowKind | 'head'
  readonly sequence: string
  readonly account: string
  readonly bytes: Uint8Array | null
  readonly checksum: string | null
}

interface Checked {
  readonly kind: RowKind
  readonly sequence: number
  /** Undefined when it is damaged. */
  readonly bytes: Uint8Array | undefined
  readonly problem: string
}

interface DocumentRows {
  readonly head: number
  readonly snapshot: Checked | undefined
  readonly changes: readonly Checked[]
}

export function createPostgresRows(connections: Connections, tables: Tables, seal: RowSeal | undefined): PostgresRows {
  // One statement sees one moment, whatever is committed or compacted meanwhile.
  const ofDocument = `
    SELECT 'head' AS kind, head AS sequence, '' AS account, NULL::bytea AS bytes, NULL::bigint AS checksum FROM ${tables.document} WHERE name = $1
    UNION ALL SELECT 'snapshot', through, '', bytes, checksum FROM ${tables.snapshot} WHERE document = $1
    UNION ALL SELECT 'change', sequence, account, bytes, checksum FROM ${tables.change} WHERE document = $1
    ORDER BY sequence`

  const afterSequence = `
    SELECT 'head' AS kind, head AS sequence, '' AS account, NULL::bytea AS bytes, NULL::bigint AS checksum FROM ${tables.document} WHERE name = $1
    UNION ALL SELECT 'snapshot', through, '', NULL, NULL FROM ${tables.snapshot} WHERE document = $1 AND through > $2
    UNION ALL SELECT 'change', sequence, account, bytes, checksum FROM ${tables.change} WHERE document = $1 AND sequence > $2
    ORDER BY sequence`

  const check = (document: string, kind: RowKind, { sequence, account, bytes, checksum }: StoredRow): Checked => {
    const at = Number(sequence)
    const what = kind === 'snapshot' ? 'snapshot: ' : ''
    if (!bytes || rowChecksum(document, at, account, bytes) !== Number(checksum))
      return { kind, sequence: at, bytes: undefined, problem: `${what}checksum does not match` }
    const opened = seal ? seal.open(bytes, kind, document) : bytes
    return { kind, sequence: at, bytes: opened, problem: opened ? '' : `${what}does not open` }
  }

  const rowsOf = (document: string, rows: readonly StoredRow[]): DocumentRows => {
    const checked = rows.flatMap((row) => (row.kind === 'head' ? [] : [check(document, row.kind, row)]))
    return {
      head: Number(rows.find(({ kind }) => kind === 'head')?.sequence ?? 0),
      snapshot: checked.find(({ kind }) => kind === 'snapshot'),
      changes: checked.filter(({ kind }) => kind === 'change'),
    }
  }

  const wholeOf = async (document: string): Promise<DocumentRows> =>
    rowsOf(document, await connections.ask<StoredRow>(ofDocument, [document]))

  const documents = async (): Promise<readonly string[]> =>
    (await connections.ask<{ name: string }>(`SELECT name FROM ${tables.document}`)).map(({ name }) => name).toSorted()

  return {
    documents,
    async read(document) {
      const { head, snapshot, changes } = await wholeOf(document)
      const tail = changes.flatMap(({ bytes }) => bytes ?? [])
      const damaged = changes.length - tail.length + (snapshot && !snapshot.bytes ? 1 : 0)
      return { snapshot: snapshot?.bytes, tail, through: head, damaged }
    },
    async readAfter(document, sequence) {
      const { head, snapshot, changes } = rowsOf(
        document,
        await connections.ask<StoredRow>(afterSequence, [document, sequence]),
      )
      if (snapshot) return undefined
      const tail = changes.flatMap(({ bytes }) => bytes ?? [])
      return { tail, through: head, damaged: changes.length - tail.length }
    },
    async moved(after) {
      const rows = await connections.ask<{ name: string; head: string }>(
        `SELECT name, head FROM ${tables.document} WHERE head > $1 ORDER BY head`,
        [after],
      )
      return rows.map(({ name, head }) => ({ document: name, sequence: Number(head) }))
    },
    async verify() {
      const problems = []
      for (const document of await documents()) {
        const { snapshot, changes } = await wholeOf(document)
        for (const { sequence, bytes, problem } of [...(snapshot ? [snapshot] : []), ...changes])
          if (!bytes) problems.push({ document, sequence, problem })
      }
      return problems
    },
  }
}
