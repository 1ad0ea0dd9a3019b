/**
 * What the guard costs on a ledger of grid size (500 households, 1,500 persons, a year of edits), per edit and as a share of all that the
 * relay does to accept one: scan, news, judge, admit, and the SQLite commit with its fsync. `node --expose-gc test/bench/guard.bench.ts [laps]`
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { applyEdits, createDocumentGuard, type GridDocuments, type Writer } from '@tongge/crdt'
import {
  type AccountId,
  codeList,
  type Edit,
  type Field,
  type Kind,
  type RecordId,
  tables,
  type Value,
} from '@tongge/model'
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import { createGuard } from '../../sync-server/src/guard/guard.ts'
import { createSqliteUpdateLog } from '../../sync-server/src/log/sqlite-update-log.ts'
import type { Guard, Logger } from '../../sync-server/src/ports.ts'
import { admitUpdate } from '../../sync-server/src/rooms/admit.ts'
import type { Peer } from '../../sync-server/src/rooms/peer.ts'
import { Known } from '../../sync-server/src/rooms/known.ts'
import { scanUpdate, unlimited } from '../../sync-server/src/rooms/scan-update.ts'
import { defaultLimits } from '../../sync-server/src/sync.ts'
import { createRandomSource } from '../support/random-source.ts'

const laps = Number(process.argv[2] ?? 7)
const editsPerLap = 4000
const document = 'grid/990101001001001/ledger'
const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined }
const allowAll: Guard = { judge: () => ({ allowed: true }) }
const { below, pick } = createRandomSource(20_261_128)
let now = Date.parse('2026-01-01T00:00:00Z')

const ledger = new Doc()
const documents: GridDocuments = { ledger, sensitive: undefined, work: new Map(), notes: new Map() }
const devices = Array.from({ length: 8 }, (_, index) => ({
  clientId: below(2 ** 32),
  account: `wangge${index}`,
  writer: writerOf(`wangge${index}`, `${'ABCDEFGH'[index]}b3dE5gH${index}`),
}))
const records = [...recordsOf('household', 500, 10), ...recordsOf('person', 1500, 20)]
write(
  0,
  records.map(({ kind, id, fields }) => ({
    op: 'create',
    kind,
    id,
    fields: Object.fromEntries(fields.map(([name, field]) => [name, valueOf(field)])),
  })),
)
for (let edit = 0; edit < 14_000; edit++) write(edit % 8, [anyEdit()])
const content = encodeStateAsUpdate(ledger)

console.log(`ledger of ${kilo(content.length)} kB, ${laps} laps of ${editsPerLap} edits; medians`)
console.table({ 'index beside the document': memoryRow() })
const openings: number[] = []
const yjsOpenings: number[] = []
for (let lap = 0; lap < laps; lap++) {
  openings.push(timeOf(() => createDocumentGuard({ of: 'ledger' }).take(content)))
  yjsOpenings.push(timeOf(() => applyUpdate(new Doc(), content)))
}
interface Sent {
  readonly update: Uint8Array
  readonly account: string
}

const small = singleEdits()
console.table({
  'open the index': { ms: median(openings).toFixed(1), 'Yjs, the same bytes, ms': median(yjsOpenings).toFixed(1) },
})
const oneEdit = acceptRow(small)
console.table({
  'one edit': oneEdit,
  '100 edits made offline, in one update': acceptRow([offlineEdits(100)]),
  '1,000 edits made offline, in one update': acceptRow([offlineEdits(1000)]),
})
console.table(await commitRows(small, Number(oneEdit['guard µs'])))

/** Microseconds an update, with and without a guard, without the commit. */
function acceptRow(updates: readonly Sent[]): Record<string, string> {
  const guarded: number[] = []
  const bare: number[] = []
  for (let lap = 0; lap < laps; lap++) {
    guarded.push(acceptAll(updates, createGuard({ logger: silent })))
    bare.push(acceptAll(updates, allowAll))
  }
  const [all, without] = [median(guarded) * 1000, median(bare) * 1000]
  return {
    bytes: String(Math.round(updates.reduce((sum, { update }) => sum + update.length, 0) / updates.length)),
    'accept µs': all.toFixed(1),
    'without guard µs': without.toFixed(1),
    'guard µs': (all - without).toFixed(1),
  }
}

function acceptAll(updates: readonly Sent[], guard: Guard): number {
  const known = knownOf(content)
  guard.opened?.(document, [content], true)
  // Whoever writes first pays for the reading in; told apart above.
  guard.judge(document, Uint8Array.of(0, 0), { account: 'wangge0', roles: ['gridMember'] })
  return (
    timeOf(() => {
      for (const sent of updates) accept(sent, known, guard)
    }) / updates.length
  )
}

function accept({ update, account }: Sent, known: Known, guard: Guard): Uint8Array {
  const peer = { author: { account, roles: ['gridMember'] }, mayWrite: true } as unknown as Peer
  const admission = admitUpdate(update, peer, { document, known, bytes: content.length, guard, limits: defaultLimits })
  if (admission.outcome !== 'news') throw new Error(`an honest edit is not taken: ${JSON.stringify(admission)}`)
  known.add(admission.fitting)
  guard.admitted?.(document, admission.news.bytes)
  return admission.news.bytes
}

/** The whole way of an edit to the disk, when each has its own commit, and when 50 share one as under load. */
async function commitRows(updates: readonly Sent[], guardCost: number): Promise<Record<string, object>> {
  const folder = mkdtempSync(join(tmpdir(), 'tongge-bench-'))
  const log = createSqliteUpdateLog(join(folder, 'log.sqlite'))
  const run = async (batch: number): Promise<number> => {
    const guard = createGuard({ logger: silent })
    const known = knownOf(content)
    guard.opened?.(document, [content], true)
    guard.judge(document, Uint8Array.of(0, 0), { account: 'wangge0', roles: ['gridMember'] })
    const from = performance.now()
    for (let at = 0; at < updates.length; at += batch)
      await log.append(
        updates
          .slice(at, at + batch)
          .map((sent) => ({ document, update: accept(sent, known, guard), account: sent.account })),
      )
    return ((performance.now() - from) / updates.length) * 1000
  }
  const rows: Record<string, object> = {}
  for (const batch of [1, 50]) {
    const times: number[] = []
    for (let lap = 0; lap < Math.min(laps, 5); lap++) times.push(await run(batch))
    const whole = median(times)
    rows[batch === 1 ? 'one edit a commit' : '50 edits a commit'] = {
      'accept and commit, wall µs': whole.toFixed(1),
      'guard µs': guardCost.toFixed(1),
      share: `${((guardCost / whole) * 100).toFixed(1)} %`,
    }
  }
  await log.close()
  rmSync(folder, { recursive: true })
  return rows
}

function memoryRow(): Record<string, string> {
  const guards = Array.from({ length: 5 }, () => createDocumentGuard({ of: 'ledger' }))
  const docs = guards.map(() => new Doc())
  const settle = (): number => {
    for (let times = 0; times < 4; times++) globalThis.gc?.()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  const [none, withGuards, withDocs] = [
    settle(),
    (guards.forEach((guard) => guard.take(content)), settle()),
    (docs.forEach((doc) => applyUpdate(doc, content)), settle()),
  ]
  const each = (bytes: number): string => (globalThis.gc ? String(kilo(bytes / guards.length)) : 'needs --expose-gc')
  return {
    'document kB': String(kilo(content.length)),
    'guard kB': each(withGuards - none),
    'of which tables kB': String(kilo(guards[0]?.bytes ?? 0)),
    'Yjs document kB': each(withDocs - withGuards),
  }
}

/** Each made by the next device, knowing all before. */
function singleEdits(): readonly Sent[] {
  const doc = new Doc()
  applyUpdate(doc, content)
  const updates: Sent[] = []
  let account = ''
  doc.on('update', (update: Uint8Array) => updates.push({ update, account }))
  for (let edit = 0; edit < editsPerLap; edit++) {
    const device = devices[edit % 8]
    if (!device) continue
    doc.clientID = device.clientId + 1
    account = device.account
    applyEdits({ ...documents, ledger: doc }, [anyEdit()], device.writer)
  }
  return updates
}

/** What one device made offline: the answer to the relay's state, with all deletions as ever. */
function offlineEdits(count: number): Sent {
  const doc = new Doc()
  applyUpdate(doc, content)
  doc.clientID = 77
  const before = encodeStateVector(doc)
  const [device] = devices
  if (!device) throw new Error('no device')
  for (let edit = 0; edit < count; edit++) applyEdits({ ...documents, ledger: doc }, [anyEdit()], device.writer)
  return { update: encodeStateAsUpdate(doc, before), account: device.account }
}

function knownOf(update: Uint8Array): Known {
  const known = new Known()
  const scanned = scanUpdate(update, unlimited)
  const fitting = typeof scanned === 'object' ? known.fit(scanned) : undefined
  if (!fitting) throw new Error('the ledger does not fit')
  known.add(fitting)
  return known
}

function writerOf(account: string, slot: string): Writer {
  return { slot, account: account as AccountId, device: 'Redmi 12C', now: () => (now += 1000) }
}

function write(device: number, edits: readonly Edit[]): void {
  const by = devices[device]
  if (!by) return
  ledger.clientID = by.clientId
  applyEdits(documents, edits, by.writer)
}

function anyEdit(): Edit {
  const { kind, id, fields } = pick(records)
  const [name, field] = pick(fields)
  return { op: 'set', kind, id, field: name, value: valueOf(field) }
}

function recordsOf(kind: Kind, count: number, width: number) {
  const all = Object.entries<Field>(tables[kind]).filter(
    ([, field]) => field.class !== 'sensitive' && field.type !== 'coText',
  )
  const fields = [...all.slice(10), ...all.slice(0, 10)].slice(0, width)
  return Array.from({ length: count }, () => ({ kind, id: freshId(), fields }))
}

function freshId(): RecordId {
  return Buffer.from(Array.from({ length: 12 }, () => below(256))).toString('base64url') as RecordId
}

function valueOf(field: Field): Value {
  switch (field.type) {
    case 'code':
      return pick(codeList(field.list)).code
    case 'codes':
      return [pick(codeList(field.list)).code]
    case 'photos':
      return ['a1/0']
    case 'day':
      return `20${10 + below(16)}-0${1 + below(9)}-1${below(9)}`
    case 'instant':
      return now
    case 'int':
    case 'decimal':
      return field.min + below(10)
    case 'flag':
      return below(2) === 1
    case 'phone':
      return `139${String(below(1e8)).padStart(8, '0')}`
    case 'gridCode':
      return '990101001001001'
    case 'ref':
      return freshId()
    case 'text':
    case 'idNo':
    case 'uscc':
    case 'coText':
      return '示例花园小区一期向阳路三号楼'.slice(0, Math.min('max' in field ? field.max : 9, 3 + below(10)))
  }
}

/** Milliseconds of processor time: the clock on the wall tells more about what else the machine does. */
function timeOf(work: () => void): number {
  const from = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1000
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function kilo(bytes: number): number {
  return Math.round(bytes / 1000)
}
