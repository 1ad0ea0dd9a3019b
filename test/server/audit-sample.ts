/** A sample audit log in a real file, with edits and folds of documents beside it, and ways to tamper with a copy. */
import type { AuditEvent, SignedHead } from '@tongge/protocol/audit'
import { encodeHash } from '@tongge/protocol/audit'
import Database from 'better-sqlite3'
import { createPrivateKey } from 'node:crypto'
import { copyFileSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { keepHeads } from '../../sync-server/src/audit/keep-heads.ts'
import { createRunningRoot } from '../../sync-server/src/audit/running-root.ts'
import { signingKey } from '../../sync-server/src/audit/signing-key.ts'
import { leafOf } from '../../sync-server/src/audit/tree.ts'
import { auditKeyFile, openStores, storeFiles } from '../../sync-server/src/stores.ts'
import { createRandomSource } from '../support/random-source.ts'
import { silent } from './fixtures.ts'

export interface SampleEntry {
  readonly position: number
  readonly entry: string
}

export interface Sample {
  readonly file: string
  readonly entries: readonly SampleEntry[]
  /** What a device that looked at the end has kept. */
  readonly head: SignedHead
  /** A copy of the file after this was done to it. */
  tampered(how: (database: Database.Database) => void): { readonly file: string; dispose(): void }
  /** Makes hashes of leaves, kept hashes and, with the relay's own key, heads fit the entries as they are now. */
  cover(database: Database.Database, what: 'hashes' | 'heads'): void
}

export async function makeSample(folder: string, seed: number, least: number): Promise<Sample> {
  const dice = createRandomSource(seed)
  let time = 1_000_000
  const now = (): number => (time += 17)
  const { log, audit, auditKey, close } = openStores(folder, { now })
  const heads = await keepHeads({ audit, key: auditKey, now, logger: silent })
  const names = ['grid/990101001001001/ledger', 'grid/990101001001001/notes', 'board/990101001001']
  const others: AuditEvent[] = [
    { type: 'signIn', outcome: 'ok', account: 'member01' },
    { type: 'open', account: 'member01', documents: names },
    { type: 'refusal', account: 'volunteer01', document: names[0] ?? '', code: 4403, reason: 'no right' },
    { type: 'roles', account: 'member02', roles: ['gridMember 990101001001001'], by: 'import-staff' },
  ]
  while ((await audit.size()) < least) {
    const document = dice.pick(names)
    const update = Uint8Array.from({ length: 5 + dice.below(40) }, () => dice.below(256))
    if (dice.chance(0.6)) await log.append([{ document, update, account: dice.pick(['member01', 'member02']) }])
    else await audit.append([dice.pick(others)])
    if (dice.chance(0.03)) await log.compact(document, update, (await log.read(document)).through)
    if (dice.chance(0.1)) await heads.sign()
  }
  await log.append([{ document: names[0] ?? '', update: Uint8Array.of(1, 2, 3), account: 'member01' }])
  await audit.append(others)
  await heads.close()
  const head = heads.latest()
  if (!head) throw new Error('nothing was signed')
  const entries = (await audit.entries(0, 10_000)).map((entry, position) => ({ position, entry }))
  await close()

  const file = join(folder, storeFiles.log)
  const key = signingKey(createPrivateKey(readFileSync(join(folder, auditKeyFile))))
  let copies = 0
  return {
    file,
    entries,
    head,
    tampered(how) {
      const copy = join(folder, `tampered-${++copies}.sqlite`)
      copyFileSync(file, copy)
      const database = new Database(copy)
      // What an attacker does in one go costs the test one fsync.
      database.pragma('synchronous = OFF')
      database.pragma('journal_mode = MEMORY')
      database.transaction(() => how(database))()
      database.close()
      return { file: copy, dispose: () => rmSync(copy) }
    },
    cover(database, what) {
      const setHash = database.prepare('UPDATE audit_entry SET hash = ? WHERE position = ?')
      const addNode = database.prepare('INSERT INTO audit_node VALUES (?, ?, ?)')
      const setHead = database.prepare('UPDATE audit_head SET root = @root, signature = @signature WHERE size = @size')
      const stored = database.prepare<[], SignedHead>('SELECT * FROM audit_head').all()
      database.exec('DELETE FROM audit_node')
      const running = createRunningRoot()
      const rows = database.prepare<[], SampleEntry>('SELECT position, entry FROM audit_entry ORDER BY position').all()
      for (const { position, entry } of rows) {
        const leaf = leafOf(entry)
        setHash.run(leaf, position)
        running.push(leaf, (level, index, hash) => addNode.run(level, index, hash))
        const one = what === 'heads' ? stored.find(({ size }) => size === running.size) : undefined
        if (one) setHead.run(key.sign({ log: head.log, size: one.size, at: one.at, root: encodeHash(running.root()) }))
      }
    },
  }
}

/** Takes an entry out and closes the gap. */
export function removeEntry(database: Database.Database, position: number): void {
  database.prepare('DELETE FROM audit_entry WHERE position = ?').run(position)
  // In two steps, past positions that are taken.
  database.prepare('UPDATE audit_entry SET position = -position WHERE position > ?').run(position)
  database.exec('UPDATE audit_entry SET position = -position - 1 WHERE position < 0')
}

export function insertEntry(database: Database.Database, position: number, entry: string): void {
  database.prepare('UPDATE audit_entry SET position = -position - 2 WHERE position >= ?').run(position)
  database.exec('UPDATE audit_entry SET position = -position - 1 WHERE position < 0')
  database.prepare('INSERT INTO audit_entry VALUES (?, ?, ?)').run(position, entry, leafOf(entry))
}

export function exchangeEntries(database: Database.Database, one: number, other: number): void {
  const move = database.prepare('UPDATE audit_entry SET position = ? WHERE position = ?')
  move.run(-1, one)
  move.run(one, other)
  move.run(other, -1)
}

export function cutOff(database: Database.Database, from: number): void {
  database.prepare('DELETE FROM audit_entry WHERE position >= ?').run(from)
}
