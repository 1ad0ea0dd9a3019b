/** Reads rows and tells sound ones from damaged ones; one damaged row or page never hides another row that can still be read. */
import type { Database } from 'better-sqlite3'
import type { StoredDocument } from '../ports.ts'
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

export function createRowReader(database: Database): RowReader {
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

  const problemOf = (name: string, sequence: number, row: ChangeRow | undefined): string | undefined => {
    if (!row) return 'unreadable'
    return rowChecksum(name, sequence, row.account, row.bytes) === row.checksum ? undefined : 'checksum does not match'
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

  const snapshot = (
    id: number,
    name: string,
  ): { readonly row: SnapshotRow | undefined; readonly problem: string | undefined } => {
    const found = attempt(() => ({ row: snapshotOf.get(id) }))
    if (!found) return { row: undefined, problem: 'unreadable' }
    const { row } = found
    if (row && rowChecksum(name, row.through, '', row.bytes) !== row.checksum)
      return { row, problem: 'checksum does not match' }
    return { row, problem: undefined }
  }

  return {
    documents: () => allDocuments.all(),
    lastSequence: () => newestOfAll.get() ?? 0,
    snapshotThrough: (id) => throughOf.get(id) ?? 0,
    newest: (id) => newestChange.get(id) ?? throughOf.get(id) ?? 0,
    read(id, name) {
      const { row: kept, problem } = snapshot(id, name)
      const rows = changes(id)
      const sound = rows.filter(({ sequence, row }) => problemOf(name, sequence, row) === undefined)
      return {
        snapshot: problem === undefined ? kept?.bytes : undefined,
        tail: sound.flatMap(({ row }) => (row ? [row.bytes] : [])),
        through: Math.max(rows.at(-1)?.sequence ?? 0, kept?.through ?? 0),
        damaged: rows.length - sound.length + (problem === undefined ? 0 : 1),
      }
    },
    verify() {
      const problems: Problem[] = []
      for (const { id, name } of allDocuments.all()) {
        const { row: kept, problem } = snapshot(id, name)
        if (problem !== undefined)
          problems.push({ document: name, sequence: kept?.through ?? 0, problem: `snapshot: ${problem}` })
        for (const { sequence, row } of changes(id)) {
          const wrong = problemOf(name, sequence, row)
          if (wrong !== undefined) problems.push({ document: name, sequence, problem: wrong })
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
