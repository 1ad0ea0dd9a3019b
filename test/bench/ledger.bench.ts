/**
 * A ledger of 500 households and 1,500 persons (35,000 fields) as this app stores it, beside a flat Y.Map `id/field` that keeps
 * the bare values and knows neither author nor time. `node --expose-gc test/bench/ledger.bench.ts [laps]`; medians, with the ratios of P11.
 */
import { gzipSync } from 'node:zlib'
import { applyEdits, createProjection, foldGeneration, type GridDocuments, type Writer } from '@tongge/crdt'
import {
  type AccountId,
  codeList,
  type Edit,
  type Field,
  fieldOf,
  type GridCode,
  type Kind,
  type RecordId,
  tables,
  type Value,
} from '@tongge/model'
import { leaseSlot } from '@tongge/sync'
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs'
import { createFakeProfile } from '../support/fake-tabs.ts'
import { createRandomSource } from '../support/random-source.ts'

interface Device {
  readonly writer: Writer
  readonly clientId: number
}

/** One way to keep the ledger. Both ways are told the same edits at the same times by the same devices. */
interface Shape {
  readonly doc: Doc
  write(device: Device, edits: readonly Edit[]): void
}

type PerShape<T> = Record<(typeof shapes)[number], T>
type Pair = Readonly<PerShape<Shape>>

const laps = Number(process.argv[2] ?? 9)
const seed = 20_261_123
const yearMs = 365 * 24 * 3_600_000
const shapes = ['ours', 'flat'] as const
const noDocuments: Omit<GridDocuments, 'ledger'> = { sensitive: undefined, work: new Map(), notes: new Map() }
const { next, below, pick } = createRandomSource(seed)
let now = Date.parse('2026-01-01T00:00:00Z')

/** Eight devices, each with a slot as the app leases it and a clock of its own that is up to two minutes off. */
const devices: readonly Device[] = await Promise.all(Array.from({ length: 8 }, (_, index) => deviceOf(index)))

const records = [...recordsOf('household', 500, 10), ...recordsOf('person', 1500, 20)]
const sets = records.flatMap(({ kind, id, fields }) =>
  fields.map(([name, field]): Edit & { op: 'set' } => ({ op: 'set', kind, id, field: name, value: valueOf(field) })),
)
const fifth = shuffled(sets).slice(0, sets.length / 5)
const twice = shuffled([...fifth, ...fifth])
const tenTimes = shuffled(Array.from({ length: 10 }, () => sets).flat())

const fresh = pair()
for (const shape of shapes)
  fresh[shape].write(
    pick(devices),
    records.map(({ kind, id, fields }) => ({
      op: 'create',
      kind,
      id,
      fields: Object.fromEntries(fields.map(([name, field]) => [name, valueOf(field)])),
    })),
  )
const year = editedBy(twice)
const folded = { ours: copyOf(foldGeneration(year.ours.doc, 7)), flat: year.flat }

console.log(
  `35,000 fields, processor time, median of ${laps}, alternating; ours with author, device and time of every value / flat without any`,
)
const rows = {
  fresh: rowOf(fresh),
  'year-old': rowOf(year),
  'year-old, folded': rowOf(folded),
}
console.table(rows)
console.log(
  `P11, year-old: bytes ${rows['year-old']['bytes ratio']} (≤ 0.80), load ${rows['year-old']['load ratio']} (≤ 0.50)`,
)
console.table({ 'one edit of the year-old ledger': editCosts(year) })
console.table({ '10 edits a field': rowOf(editedBy(tenTimes)) })

async function deviceOf(index: number): Promise<Device> {
  const vault = { get: () => Promise.resolve(undefined), set: () => Promise.resolve() }
  const { slot } = await leaseSlot({ locks: createFakeProfile().openTab().locks, vault, documents: [] })
  const account = `wangge${String(index + 1).padStart(2, '0')}` as AccountId
  const device = ['Redmi 12C', '华为平板', '办公电脑', '楼栋平板'][index % 4] ?? ''
  const skew = below(240_000) - 120_000
  return { writer: { slot, account, device, now: () => now + skew }, clientId: below(2 ** 32) }
}

function pair(from?: Pair): Pair {
  return {
    ours: copyOf(from && encodeStateAsUpdate(from.ours.doc)),
    flat: flatCopyOf(from && encodeStateAsUpdate(from.flat.doc)),
  }
}

function copyOf(update?: Uint8Array): Shape {
  const doc = new Doc()
  if (update) applyUpdate(doc, update)
  return {
    doc,
    write({ writer, clientId }, edits) {
      doc.clientID = clientId
      const { unplaced } = applyEdits({ ...noDocuments, ledger: doc }, edits, writer)
      if (unplaced.length > 0) throw new Error('the bench makes edits that no document takes')
    },
  }
}

function flatCopyOf(update?: Uint8Array): Shape {
  const doc = new Doc()
  if (update) applyUpdate(doc, update)
  const values = doc.getMap('slots')
  return {
    doc,
    write({ clientId }, edits) {
      doc.clientID = clientId
      doc.transact(() => {
        for (const edit of edits) {
          if (edit.op === 'create')
            for (const [name, value] of Object.entries(edit.fields))
              values.set(`${edit.id}/${codeOf(edit.kind, name)}`, value)
          if (edit.op === 'set') values.set(`${edit.id}/${codeOf(edit.kind, edit.field)}`, edit.value)
        }
      })
    },
  }
}

function editedBy(edits: readonly (Edit & { op: 'set' })[]): Pair {
  const both = pair(fresh)
  for (const edit of edits) {
    now += Math.floor(yearMs / edits.length)
    const device = pick(devices)
    const field = fieldOf(edit.kind, edit.field)
    if (!field) throw new Error('the bench edits a field that is not there')
    const written = [{ ...edit, value: valueOf(field) }]
    for (const shape of shapes) both[shape].write(device, written)
  }
  return both
}

function rowOf(both: Pair): Record<string, string | number> {
  const updates = { ours: encodeStateAsUpdate(both.ours.doc), flat: encodeStateAsUpdate(both.flat.doc) }
  const loads: PerShape<number[]> = { ours: [], flat: [] }
  for (const shape of shapes) applyUpdate(new Doc(), updates[shape])
  const projections: number[] = []
  for (let lap = 0; lap < laps; lap++) {
    for (const shape of lap % 2 ? shapes : [...shapes].reverse()) {
      globalThis.gc?.()
      const doc = new Doc()
      const from = process.cpuUsage()
      applyUpdate(doc, updates[shape])
      loads[shape].push(cpuSince(from))
      if (shape === 'ours') projections.push(projectionOf(doc))
      doc.destroy()
    }
  }
  const [load, flatLoad] = [median(loads.ours), median(loads.flat)]
  const gzipped = [gzipSync(updates.ours).length, gzipSync(updates.flat).length] as const
  return {
    kB: kilo(updates.ours.length),
    'flat kB': kilo(updates.flat.length),
    'bytes ratio': (updates.ours.length / updates.flat.length).toFixed(2),
    'gzip kB': kilo(gzipped[0]),
    'flat gzip kB': kilo(gzipped[1]),
    'load ms': load.toFixed(1),
    'flat load ms': flatLoad.toFixed(1),
    'load ratio': (load / flatLoad).toFixed(2),
    'projection ms': median(projections).toFixed(1),
  }
}

/** Milliseconds of processor time: the clock on the wall tells more about what else the machine does. */
function cpuSince(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from)
  return (user + system) / 1000
}

function projectionOf(ledger: Doc): number {
  const from = process.cpuUsage()
  const projection = createProjection({ ...noDocuments, ledger }, '990101001001001' as GridCode, {
    foldTicket: () => undefined,
  })
  const { size } = projection.snapshot().entries
  const took = cpuSince(from)
  projection.dispose()
  if (size !== records.length) throw new Error('the bench shows a wrong ledger')
  return took
}

/** Bytes of the update that reaches the others, and the time of one transaction. */
function editCosts(from: Pair): Record<string, string> {
  const both = pair(from)
  const bytes = { ours: 0, flat: 0 }
  const times: PerShape<number[]> = { ours: [], flat: [] }
  for (const shape of shapes) both[shape].doc.on('update', (update: Uint8Array) => (bytes[shape] += update.length))
  const edits = shuffled(sets).slice(0, 2000)
  for (const edit of edits) {
    now += 60_000
    const device = pick(devices)
    const written = [{ ...edit, value: `改${below(1e6)}` }]
    for (const shape of shapes) {
      const at = performance.now()
      both[shape].write(device, written)
      times[shape].push(performance.now() - at)
    }
  }
  return {
    'wall µs': (median(times.ours) * 1000).toFixed(0),
    'flat wall µs': (median(times.flat) * 1000).toFixed(0),
    bytes: (bytes.ours / edits.length).toFixed(0),
    'flat bytes': (bytes.flat / edits.length).toFixed(0),
  }
}

function recordsOf(
  kind: Kind,
  count: number,
  width: number,
): { kind: Kind; id: RecordId; fields: [string, Field][] }[] {
  const all = Object.entries<Field>(tables[kind]).filter(
    ([, field]) => field.class !== 'sensitive' && field.type !== 'coText',
  )
  const fields = [...all.slice(10), ...all.slice(0, 10)].slice(0, width)
  if (fields.length < width) throw new Error('the table has too few fields')
  return Array.from({ length: count }, () => ({ kind, id: freshId(), fields }))
}

/** As the app makes them: 12 random bytes in base64url. */
function freshId(): RecordId {
  return Buffer.from(Array.from({ length: 12 }, () => below(256))).toString('base64url') as RecordId
}

function valueOf(field: Field): Value {
  switch (field.type) {
    case 'code':
      return pick(codeList(field.list)).code
    case 'codes':
      return [pick(codeList(field.list)).code]
    case 'text':
      return '示例花园小区一期向阳路三号楼'.slice(0, Math.min(field.max, 3 + below(10)))
    case 'day':
      return `20${10 + below(16)}-0${1 + below(9)}-1${below(9)}`
    case 'instant':
      return now
    case 'int':
    case 'decimal':
      return below(100)
    case 'flag':
      return below(2) === 1
    case 'phone':
      return `139${String(below(1e8)).padStart(8, '0')}`
    case 'gridCode':
      return '990101001001001'
    case 'ref':
      return freshId()
    case 'photos':
    case 'idNo':
    case 'uscc':
    case 'coText':
      throw new Error('the ledger holds no such field here')
  }
}

function codeOf(kind: Kind, name: string): string {
  return fieldOf(kind, name)?.code ?? name
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => [next(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item)
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function kilo(bytes: number): number {
  return Math.round(bytes / 1000)
}
