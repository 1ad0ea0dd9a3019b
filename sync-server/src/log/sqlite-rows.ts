/** Reads rows and tells sound ones from damaged ones; one damaged row or page never hides another row that can still be read. */
import type { Database } from 'better-sqlite3'
import type { RowKind, RowSeal, StoredDocument } from '../ports.ts'
import { rowChecksum } from './checksum.ts'

export interface Problem {
  readonly document: string
  readonly sequence: number
  readonly problem: string
}

export interface RowReader {
  documents(): readonly { readonly id: number; readonly name: string }[]
  /** 0 when nothing was ever written. */
  lastSequence(): number
  snapshotThrough(id: number): number
  newest(id: number): number
  read(id: number, name: string): StoredDocument
  verify(): readonly Problem[]
}

interface ChangeRow {
  readonly sequence: number
  readonly document: number
  readonly account: string
  readonly bytes: Uint8Array
  readonly checksum: number
}

interface SnapshotRow {
  readonly through: number
  readonly bytes: Uint8Array
  readonly checksum: number
}

const notSealed: RowSeal = { seal: (bytes) => bytes, open: (bytes) => bytes }

export function createRowReader(database: Database, seal: RowSeal = notSealed): RowReader {
  const allDocuments = database.prepare<[], { id: number; name: string }>('SELECT id, name FROM document ORDER BY name')
  const changesOf = database.prepare<[number], ChangeRow>('SELECT * FROM change WHERE document = ? ORDER BY sequence')
  const sequencesOf = database
    .prepare<[number], number>('SELECT sequence FROM change WHERE document = ? ORDER BY sequence')
    .pluck()
  const change = database.prepare<[number], ChangeRow>('SELECT * FROM change WHERE sequence = ?')
  const snapshotOf = database.prepare<[number], SnapshotRow>(
    'SELECT through, bytes, checksum FROM snapshot WHERE document = ?',
  )
  const throughOf = database.prepare<[number], number>('SELECT through FROM snapshot WHERE document = ?').pluck()
  const newestChange = database
    .prepare<[number], number | null>('SELECT max(sequence) FROM change WHERE document = ?')
    .pluck()
  const newestOfAll = database
    .prepare<[], number>(
      'SELECT max(ifnull((SELECT max(sequence) FROM change), 0), ifnull((SELECT max(through) FROM snapshot), 0))',
    )
    .pluck()

  type Read = { readonly bytes: Uint8Array } | { readonly problem: string }
  const readRow = (
    name: string,
    kind: RowKind,
    sequence: number,
    row: { readonly account: string; readonly bytes: Uint8Array; readonly checksum: number } | undefined,
  ): Read => {
    if (!row) return { problem: 'unreadable' }
    if (rowChecksum(name, sequence, row.account, row.bytes) !== row.checksum)
      return { problem: 'checksum does not match' }
    const bytes = seal.open(row.bytes, kind, name)
    return bytes ? { bytes } : { problem: 'does not open' }
  }

  /** Row by row when the pages of some cannot be read. */
  const changes = (id: number): { readonly sequence: number; readonly row: ChangeRow | undefined }[] => {
    const all = attempt(() => changesOf.all(id))
    if (all) return all.map((row) => ({ sequence: row.sequence, row }))
    const sequences = attempt(() => sequencesOf.all(id)) ?? range(attempt(() => newestOfAll.get()) ?? 0)
    return sequences.flatMap((sequence): { readonly sequence: number; readonly row: ChangeRow | undefined }[] => {
      const found = attempt(() => ({ row: change.get(sequence) }))
      if (!found) return [{ sequence, row: undefined }]
      return found.row?.document === id ? [{ sequence, row: found.row }] : []
    })
  }

  /** Undefined when there is none. */
  const snapshot = (id: number, name: string): (Read & { readonly through: number }) | undefined => {
    const found = attempt(() => ({ row: snapshotOf.get(id) }))
    if (!found) return { problem: 'unreadable', through: 0 }
    const { row } = found
    return row && { ...readRow(name, 'snapshot', row.through, { account: '', ...row }), through: row.through }
  }

  return {
    documents: () => allDocuments.all(),
    lastSequence: () => newestOfAll.get() ?? 0,
    snapshotThrough: (id) => throughOf.get(id) ?? 0,
    newest: (id) => newestChange.get(id) ?? throughOf.get(id) ?? 0,
    read(id, name) {
      const kept = snapshot(id, name)
      const rows = changes(id)
      const tail = rows.flatMap(({ sequence, row }) => {
        const read = readRow(name, 'change', sequence, row)
        return 'bytes' in read ? [read.bytes] : []
      })
      return {
        snapshot: kept && 'bytes' in kept ? kept.bytes : undefined,
        tail,
        through: Math.max(rows.at(-1)?.sequence ?? 0, kept?.through ?? 0),
        damaged: rows.length - tail.length + (kept && 'problem' in kept ? 1 : 0),
      }
    },
    verify() {
      const problems: Problem[] = []
      for (const { id, name } of allDocuments.all()) {
        const kept = snapshot(id, name)
        if (kept && 'problem' in kept)
          problems.push({ document: name, sequence: kept.through, problem: `snapshot: ${kept.problem}` })
        for (const { sequence, row } of changes(id)) {
          const read = readRow(name, 'change', sequence, row)
          if ('problem' in read) problems.push({ document: name, sequence, problem: read.problem })
        }
      }
      return problems
    },
  }
}

/** Undefined when SQLite cannot read the pages. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

function range(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1)
}
