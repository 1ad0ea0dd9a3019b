/** Reads the whole audit log and says what is wrong and where: entries, order, kept hashes, heads, and each stored update against its entry. */
import { entryText, isSame, type AuditEvent, type SignedHead } from '@tongge/protocol/audit'
import type { Database } from 'better-sqlite3'
import { checkHeads } from './check-heads.ts'
import { checkStored, type OpenRow } from './check-stored.ts'
import { createRunningRoot } from './running-root.ts'
import { hasAuditTables, type EntryRow, type HeadRow } from './sqlite-schema.ts'
import { leafOf } from './tree.ts'

export interface AuditReport {
  readonly problems: readonly string[]
  readonly entries: number
  readonly edits: number
  readonly heads: number
  /** Entries after the last head. */
  readonly unsigned: number
  /** The key that the log announced last. */
  readonly key: string | undefined
}

/** Undefined when there is no audit log. `given` are heads that others kept. Sees one moment of a log that goes on being written. */
export function verifyAudit(
  database: Database,
  given: readonly SignedHead[] = [],
  open: OpenRow = (bytes) => bytes,
): AuditReport | undefined {
  return database.transaction(() => (hasAuditTables(database) ? readThrough(database, given, open) : undefined))()
}

function readThrough(database: Database, given: readonly SignedHead[], open: OpenRow): AuditReport {
  const problems: string[] = []
  const tell = (problem: string): void => void problems.push(problem)
  const log = String(database.prepare("SELECT value FROM meta WHERE key = 'epoch'").pluck().get())
  const rows = database.prepare<[], HeadRow>('SELECT * FROM audit_head ORDER BY size').all()
  const heads = rows.map((row): SignedHead => ({ log, ...row }))
  for (const head of given) if (head.log !== log) tell(`given head of ${head.size} entries: it is of another log`)
  const running = createRunningRoot()
  const headsCheck = checkHeads(
    heads,
    given.filter((head) => head.log === log),
    running,
    tell,
  )
  const stored = checkStored(database, open, tell)
  const node = database
    .prepare<[number, number], Uint8Array>('SELECT hash FROM audit_node WHERE level = ? AND position = ?')
    .pluck()
  let spans = 0
  const kept = (level: number, index: number, hash: Uint8Array): void => {
    const found = node.get(level, index)
    if (found && isSame(found, hash)) return
    const span = `entries ${index * 2 ** level} to ${(index + 1) * 2 ** level - 1}`
    // One entry too few moves all that follow.
    if (spans++ === 0) tell(`${span}: their hash is ${found ? 'that of others' : 'gone'}`)
  }
  let key: string | undefined

  const hear = (position: number, event: AuditEvent): void => {
    if ((event.type === 'begin') !== (position === 0))
      tell(
        `entry ${position}: ${position === 0 ? 'the log does not begin with its beginning' : 'the log begins again'}`,
      )
    if (event.type === 'begin') {
      if (event.log !== log) tell(`entry ${position}: it is the beginning of another log`)
      stored.began(event.through)
    } else if (event.type === 'key') headsCheck.announced((key = event.key))
    else if (event.type === 'edit') stored.edit(position, event)
    else if (event.type === 'fold') stored.fold(event)
  }

  headsCheck.passed()
  let expected = 0
  try {
    for (const { position, entry, hash } of database
      .prepare<[], EntryRow>('SELECT * FROM audit_entry ORDER BY position')
      .iterate()) {
      if (position !== expected) tell(`entries ${expected} to ${position - 1} are gone`)
      expected = position + 1
      const leaf = leafOf(entry)
      if (!isSame(leaf, hash)) tell(`entry ${position}: was altered`)
      const event = readEvent(entry)
      if (event) hear(position, event)
      else tell(`entry ${position}: is none`)
      running.push(leaf, kept)
      headsCheck.passed()
    }
  } catch (error) {
    tell(`entries from ${expected} on cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (spans > 1) tell(`${spans - 1} later spans do not match their hashes either`)
  headsCheck.ended()
  stored.ended()
  if (heads.length === 0 && key !== undefined) tell('no head was ever signed, or all are gone')
  const unsigned = Math.max(0, running.size - (heads.at(-1)?.size ?? 0))
  return { problems, entries: running.size, edits: stored.edits, heads: heads.length, unsigned, key }
}

/** Undefined for what this relay would not have written. */
function readEvent(text: string): AuditEvent | undefined {
  try {
    const { at, ...event } = JSON.parse(text) as AuditEvent & { readonly at: number }
    return typeof at === 'number' && typeof event.type === 'string' && entryText(at, event) === text ? event : undefined
  } catch {
    return undefined
  }
}
