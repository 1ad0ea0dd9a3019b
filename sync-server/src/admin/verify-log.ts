/** verify-log: the log of updates row by row, the audit log entry by entry, and each against the other. */
import { encodeHash, parseHead, type SignedHead } from '@tongge/protocol/audit'
import Database from 'better-sqlite3'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OpenRow } from '../audit/check-stored.ts'
import { hasAuditTables } from '../audit/sqlite-schema.ts'
import { createTree, leafOf } from '../audit/tree.ts'
import { openSigningKey } from '../audit/signing-key.ts'
import { verifyAudit } from '../audit/verify-audit.ts'
import type { RowSeal } from '../ports.ts'
import { censusOf } from '../seal/census.ts'
import type { Keyring } from '../seal/keyring.ts'
import { createRowSeal } from '../seal/row-seal.ts'
import { keyIdOf } from '../seal/seal.ts'
import { auditKeyFile, lostLog, storeFiles, wasServed } from '../stores.ts'
import { createSqliteUpdateLog } from '../sync.ts'
import type { Outcome } from './run-admin.ts'

/** A person reads no more. */
const mostProblems = 200

export interface LogQuestion {
  /** Without them, what is sealed is checked by its checksums and its entries' order alone. */
  readonly keys?: Keyring | undefined
  /** A file with a head that somebody kept, as `/api/audit/head` gives it, or a list of them. */
  readonly heads?: string | undefined
  /** The position of an entry whose proof is wanted. */
  readonly entry?: number | undefined
}

export async function verifyLog(folder: string, { keys, heads, entry }: LogQuestion = {}): Promise<Outcome> {
  const file = join(folder, storeFiles.log)
  if (!existsSync(file)) return { ok: false, problems: [`${file} does not exist`] }
  const given = heads === undefined ? [] : readHeads(heads)
  if (!given) return { ok: false, problems: [`HEADS: ${heads} holds no signed head`] }
  try {
    const { unsealed, rowsByKey } = censusOf(file)
    const missing = keys ? [...rowsByKey.keys()].filter((id) => !keys.byId.has(id)) : []
    if (missing.length > 0) return { ok: false, problems: missing.map((id) => `key ${id} is not among the keys`) }
    const seal = keys && createRowSeal(keys)
    const log = createSqliteUpdateLog(file, { seal })
    const documents = await log.documents()
    const damaged = await log.verify()
    await log.close()
    const database = new Database(file, { readonly: true })
    try {
      const audit = checkAudit(database, folder, given, openWith(seal))
      const isLost = documents.length === 0 && !hasAuditTables(database) && (await wasServed(folder))
      if (isLost) return { ok: false, problems: [`the log is empty, and ${lostLog}`] }
      const problems = [
        ...damaged.map(({ document, sequence, problem }) => `${document} row ${sequence}: ${problem}`),
        ...audit.problems,
      ]
      // What the audit log says of such a row says nothing more.
      const isOfDamaged = (problem: string): boolean =>
        damaged.some(
          ({ document, sequence }) =>
            problem.startsWith(`audit: edit ${sequence} of ${document} (`) ||
            problem.startsWith(`audit: snapshot of ${document} through ${sequence}:`),
        )
      if (problems.length > 0)
        return {
          ok: false,
          problems: shortened(problems),
          damaged: audit.problems.every(isOfDamaged) ? damaged.length : 0,
        }
      const proof = entry === undefined ? [] : proofOf(database, entry)
      if (!proof) return { ok: false, problems: [`--entry: no signed head covers an entry ${entry}`] }
      return {
        ok: true,
        lines: [
          ...[...rowsByKey].map(([id, rows]) => `${rows} rows sealed under key ${id}${keys ? '' : ', not opened'}`),
          ...(rowsByKey.size > 0 && unsealed > 0 ? [`${unsealed} rows unsealed`] : []),
          `${documents.length} documents are sound`,
          ...audit.lines,
          ...proof,
        ],
      }
    } finally {
      database.close()
    }
  } catch (error) {
    return { ok: false, problems: [error instanceof Error ? error.message : String(error)] }
  }
}

function openWith(seal: RowSeal | undefined): OpenRow {
  return (bytes, kind, document) => {
    if (seal) return seal.open(bytes, kind, document)
    return keyIdOf(bytes) === undefined ? bytes : 'sealed'
  }
}

function checkAudit(
  database: Database.Database,
  folder: string,
  given: readonly SignedHead[],
  open: OpenRow,
): { readonly problems: readonly string[]; readonly lines: readonly string[] } {
  const report = verifyAudit(database, given, open)
  const key = join(folder, auditKeyFile)
  if (!report)
    return existsSync(key) || given.length > 0
      ? { problems: ['the audit log is gone'], lines: [] }
      : { problems: [], lines: ['there is no audit log yet'] }
  const keyProblems =
    report.key === undefined
      ? []
      : !existsSync(key)
        ? [`${auditKeyFile} is gone; the relay would make another, and every device would be told`]
        : openSigningKey(key).publicKey === report.key
          ? []
          : [`${auditKeyFile} is not the key that the audit log announces`]
  const { entries, edits, heads, unsigned } = report
  return {
    problems: [...report.problems, ...keyProblems].map((problem) => `audit: ${problem}`),
    lines: [
      `${entries} audit entries, ${edits} of them edits, under ${heads} signed heads; ${unsigned} since the last`,
      ...given.map(({ size }) => `the given head of ${size} entries is part of this log`),
    ],
  }
}

/** What somebody needs to check one entry against a head they have. Undefined when no head covers it. */
function proofOf(database: Database.Database, position: number): string[] | undefined {
  const head = database
    .prepare<[], { size: number; root: string }>('SELECT size, root FROM audit_head ORDER BY size DESC LIMIT 1')
    .get()
  const entry = database
    .prepare<[number], string>('SELECT entry FROM audit_entry WHERE position = ?')
    .pluck()
    .get(position)
  if (!head || entry === undefined || position >= head.size) return undefined
  const leaf = database.prepare<[number], Uint8Array>('SELECT hash FROM audit_entry WHERE position = ?').pluck()
  const node = database
    .prepare<[number, number], Uint8Array>('SELECT hash FROM audit_node WHERE level = ? AND position = ?')
    .pluck()
  const kept = (level: number, index: number): Uint8Array =>
    (level === 0 ? leaf.get(index) : node.get(level, index)) ?? new Uint8Array(0)
  const proof = createTree(kept).inclusion(position, head.size)
  return [
    `entry ${position} of ${head.size} under root ${head.root}`,
    entry,
    `leaf ${encodeHash(leafOf(entry))}`,
    ...proof.map((hash) => `proof ${encodeHash(hash)}`),
  ]
}

function shortened(problems: readonly string[]): readonly string[] {
  const rest = problems.length - mostProblems
  return rest > 0 ? [...problems.slice(0, mostProblems), `and ${rest} more`] : problems
}

function readHeads(file: string): readonly SignedHead[] | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const heads = (Array.isArray(value) ? value : [value]).map(parseHead)
    return heads.length > 0 && heads.every((head) => head !== undefined) ? heads : undefined
  } catch {
    return undefined
  }
}
