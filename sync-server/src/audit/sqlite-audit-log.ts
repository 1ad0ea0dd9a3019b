/** The audit log in the file of the log of updates. */
import { entryText, type AuditEvent } from '@tongge/protocol/audit'
import type { Database } from 'better-sqlite3'
import type { LogWitness } from '../ports.ts'
import type { AuditLog } from './audit-log.ts'
import { createAuditTables, type HeadRow } from './sqlite-schema.ts'
import { editOf, foldOf } from './stored-events.ts'
import { completedBy, createTree, keptLevels, leafOf, nodeOf, subtreeHash } from './tree.ts'

export interface SqliteAuditLog extends AuditLog {
  readonly witness: LogWitness
}

/** What the log of updates lends: its commits, and its memory of what was not committed. */
export interface SharedCommits {
  join<T>(work: () => T): Promise<T>
  alone<T>(work: () => T): T
  onBegin(mark: () => () => void): void
}

/** Begins the log where there is none: updates stored earlier have no entries. */
export function createSqliteAuditLog(database: Database, commits: SharedCommits, now: () => number): SqliteAuditLog {
  createAuditTables(database)
  const insertEntry = database.prepare<[number, string, Uint8Array]>('INSERT INTO audit_entry VALUES (?, ?, ?)')
  const insertNode = database.prepare<[number, number, Uint8Array]>('INSERT INTO audit_node VALUES (?, ?, ?)')
  const insertHead = database.prepare('INSERT OR IGNORE INTO audit_head VALUES (@size, @root, @at, @key, @signature)')
  const putMark = database.prepare('INSERT OR REPLACE INTO audit_mark VALUES (@name, @value)')
  const markOf = database.prepare<[string], number>('SELECT value FROM audit_mark WHERE name = ?').pluck()
  const newestHead = database.prepare<[], HeadRow>('SELECT * FROM audit_head ORDER BY size DESC LIMIT 1')
  const leaf = database.prepare<[number], Uint8Array>('SELECT hash FROM audit_entry WHERE position = ?').pluck()
  const node = database
    .prepare<[number, number], Uint8Array>('SELECT hash FROM audit_node WHERE level = ? AND position = ?')
    .pluck()
  const textsFrom = database
    .prepare<[number, number], string>('SELECT entry FROM audit_entry WHERE position >= ? ORDER BY position LIMIT ?')
    .pluck()
  const name = String(database.prepare("SELECT value FROM meta WHERE key = 'epoch'").pluck().get())

  const kept = (level: number, index: number): Uint8Array => {
    const found = level === 0 ? leaf.get(index) : node.get(level, index)
    if (!found) throw new RangeError(`no subtree ${level}/${index}`)
    return found
  }
  const tree = createTree(kept)
  const subtree = subtreeHash(kept)
  let size = nextPosition(database)
  commits.onBegin(() => {
    const before = size
    return () => void (size = before)
  })

  const write = (event: AuditEvent, at = now()): number => {
    const text = entryText(at, event)
    insertEntry.run(size, text, leafOf(text))
    size++
    // A span of leaves costs its inner hashes once, here; until then proofs make them anew.
    if (size % 2 ** keptLevels === 0) keepCompleted()
    return size - 1
  }
  const keepCompleted = (): void => {
    for (const { level, index } of completedBy(size)) {
      const hash = attempt(() => nodeOf(subtree(level - 1, index * 2), subtree(level - 1, index * 2 + 1)))
      if (!hash) return
      insertNode.run(level, index, hash)
    }
  }
  if (size === 0) commits.alone(() => write({ type: 'begin', log: name, through: lastSequence(database) }))

  return {
    name,
    append: (events, { at, mark } = {}) =>
      commits.join(() => {
        if (mark) putMark.run(mark)
        return events.map((event) => write(event, at))
      }),
    size: async () => size,
    entries: async (from, limit) => textsFrom.all(from, limit),
    root: async (of) => tree.root(of),
    inclusion: async (index, of) => tree.inclusion(index, of),
    consistency: async (earlier, later) => tree.consistency(earlier, later),
    addHead: (head) => commits.join(() => void insertHead.run(head)),
    async lastHead() {
      const row = newestHead.get()
      return row && { log: name, ...row }
    },
    mark: async (of) => markOf.get(of) ?? 0,
    witness: {
      appended(row, sequence) {
        write(editOf(row, sequence))
        for (const event of row.told ?? []) write(event)
      },
      compacted: (document, snapshot, through) => void write(foldOf(document, snapshot, through)),
    },
  }
}

/** Undefined where entries are missing or cannot be read: no edit is refused for that. Heads then fail, and verify-log says where. */
function attempt(make: () => Uint8Array): Uint8Array | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}

function nextPosition(database: Database): number {
  return Number(database.prepare('SELECT ifnull(max(position) + 1, 0) FROM audit_entry').pluck().get())
}

function lastSequence(database: Database): number {
  return Number(
    database
      .prepare(
        'SELECT max(ifnull((SELECT max(sequence) FROM change), 0), ifnull((SELECT max(through) FROM snapshot), 0))',
      )
      .pluck()
      .get(),
  )
}
