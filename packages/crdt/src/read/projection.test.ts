import type { AccountId, Edit, Entry, RecordId, Step, Ticket } from '@tongge/model'
import { createCalendar, foldTicket } from '@tongge/model'
import * as fc from 'fast-check'
import { applyUpdate, Doc, encodeStateAsUpdate, Map as YMap } from 'yjs'
import { expect, test } from 'vitest'
import { foldGeneration } from '../fold/fold-generation.ts'
import { createHand, exchange } from '../testing/hand.ts'
import { grid } from '../testing/replicas.ts'
import { openCoText } from '../text/co-text.ts'
import { applyEdits } from '../write/apply-edits.ts'
import { canonicalContent } from './canonical-content.ts'
import { historyOf } from './history.ts'
import { inboxOf } from './inbox.ts'
import { formatBlob, parseBlob } from '../stored-blob.ts'
import { createProjection } from './projection.ts'

const seed = Number(process.env['TONGGE_SEED'] ?? 20261123)
/** Milliseconds; no target, only for machines busy with other things. */
const patience = 180_000
const calendar = createCalendar()
const options = { foldTicket: (steps: readonly Step[]): Ticket | undefined => foldTicket(steps, calendar) }
const id = 'p1' as RecordId
const create: Edit = { op: 'create', kind: 'person', id, fields: { name: '张三' } }

test('[EDIT7] the snapshot and its entries keep their identity until something about them changes', () => {
  const { documents, writer } = createHand('a')
  applyEdits(documents, [create, { ...create, id: 'p2' as RecordId }], writer)
  const projection = createProjection(documents, grid, options)
  const before = projection.snapshot()
  const heard: unknown[] = []
  projection.onChange((changes) => heard.push([[...changes.entries], changes.local]))
  expect(projection.snapshot()).toBe(before)
  applyEdits(documents, [{ op: 'set', kind: 'person', id, field: 'name', value: '李四' }], writer)
  const after = projection.snapshot()
  expect(after.entries.get('p2' as RecordId)).toBe(before.entries.get('p2' as RecordId))
  expect([before.entries.get(id)?.fields, after.entries.get(id)?.fields]).toEqual([{ name: '张三' }, { name: '李四' }])
  expect(after.tickets).toBe(before.tickets)
  expect(heard).toEqual([[['p1'], true]])
})

test('[EDIT8] a document attached later, or in place of another, is read like one that was there from the start', () => {
  const { documents, writer } = createHand('a')
  const projection = createProjection(
    { ledger: undefined, sensitive: undefined, work: new Map(), notes: new Map() },
    grid,
    options,
  )
  applyEdits(
    documents,
    [create, { op: 'create', kind: 'note', id: 'n1' as RecordId, fields: { building: 'b1', text: '敲门' } }],
    writer,
  )
  projection.attach('ledger', documents.ledger)
  for (const [building, doc] of documents.notes) projection.attach(`notes/${building}`, doc)
  expect([...projection.snapshot().entries.keys()]).toEqual(['p1', 'n1'])
  projection.attach('ledger', new Doc())
  expect([...projection.snapshot().entries.keys()]).toEqual(['n1'])
})

test('[VIEW1] what is remembered gives way to the documents record by record, and what is as it was keeps its identity', () => {
  const { documents, writer } = createHand('a')
  const note: Edit = { op: 'create', kind: 'note', id: 'n1' as RecordId, fields: { building: 'b1', text: '敲门' } }
  applyEdits(
    documents,
    [create, { ...create, id: 'p2' as RecordId }, { ...create, id: 'p3' as RecordId }, note],
    writer,
  )
  const kept = createProjection(documents, grid, options).snapshot()
  const remembered = JSON.parse(JSON.stringify([...kept.entries.values()])) as Entry[]
  applyEdits(
    documents,
    [
      { op: 'set', kind: 'person', id, field: 'name', value: '李四' },
      { op: 'delete', kind: 'person', id: 'p3' as RecordId },
    ],
    writer,
  )
  const projection = createProjection(
    { ledger: undefined, sensitive: undefined, work: new Map(), notes: new Map() },
    grid,
    { ...options, remembered: { ...kept, entries: new Map(remembered.map((entry) => [entry.id, entry])) } },
  )
  const before = projection.snapshot()
  projection.attach('ledger', documents.ledger)
  const after = projection.snapshot()
  expect([...after.entries].map(([name, { fields }]) => [name, 'name' in fields && fields.name])).toEqual([
    ['p1', '李四'],
    ['p2', '张三'],
    ['n1', false],
  ])
  expect([...after.trash.keys()]).toEqual(['p3'])
  expect(after.entries.get('p2' as RecordId)).toBe(before.entries.get('p2' as RecordId))
  for (const building of documents.notes.keys()) projection.attach(`notes/${building}`, new Doc())
  expect(projection.snapshot().entries.has('n1' as RecordId)).toBe(false)
})

test('[VIEW5] once every document is attached, a remembered note, record or ticket that none of them holds leaves the view, and the others stay', () => {
  const { documents, writer } = createHand('a')
  applyEdits(documents, [create], writer)
  const kept = createProjection(documents, grid, options).snapshot()
  const [known] = kept.entries.values()
  if (!known) throw new Error('nothing to remember')
  const gone = { ...known, id: 'p9' as RecordId }
  const note: Entry = { ...known, id: 'n9' as RecordId, kind: 'note', fields: { building: 'b9', text: '敲门' } }
  const ticket = { id: 't9' as RecordId, state: 'submitted' } as Ticket
  const remembered = {
    ...kept,
    entries: new Map([known, gone, note].map((entry) => [entry.id, entry])),
    tickets: new Map([[ticket.id, ticket]]),
  }
  const nothing = { ledger: undefined, sensitive: undefined, work: new Map(), notes: new Map() }
  const projection = createProjection(nothing, grid, { ...options, remembered })
  projection.attachAll([
    ['ledger', documents.ledger ?? new Doc()],
    ...[...documents.work].map(([quarter, doc]) => [`work/${quarter}`, doc] as const),
  ])
  const told: string[] = []
  projection.onChange(({ entries, tickets }) => told.push(...entries, ...tickets))
  const shown = (): readonly RecordId[] => {
    const { entries, tickets } = projection.snapshot()
    return [...entries.keys(), ...tickets.keys()]
  }
  expect(shown()).toEqual(['p1', 'n9', 't9'])
  projection.complete()
  expect([shown(), told]).toEqual([['p1'], ['n9', 't9']])
})

test('[PARAM5] tickets are folded again when the rules are others, those that changed are told, and what is only remembered stays', () => {
  const { documents, writer } = createHand('a')
  let respond = 1
  const folding = (steps: readonly Step[]): Ticket | undefined =>
    steps[0] && ({ id: steps[0].ticket, state: 'submitted', due: { respond } } as unknown as Ticket)
  const step = {
    id: 's1',
    ticket: 't1',
    action: 'submit',
    from: 'draft',
    to: 'submitted',
    actor: 'a',
    role: 'gridMember',
  }
  const birth = { no: '1', source: 'grid', category: 'facility.repair', title: 't', place: 'p', occurredAt: 1 }
  const more = { severity: 'normal', level: 'grid', visibility: 'public' }
  applyEdits(
    documents,
    [{ op: 'step', step: { ...step, device: 'd', at: writer.now(), birth: { ...birth, ...more } } as never }],
    writer,
  )
  const before = createProjection(documents, grid, { foldTicket: folding }).snapshot()
  const other = { id: 't9' as RecordId, state: 'submitted' } as Ticket
  const remembered = { ...before, tickets: new Map([...before.tickets, [other.id, other]]) }
  const projection = createProjection(documents, grid, { foldTicket: folding, remembered })
  projection.snapshot()
  const told: string[] = []
  projection.onChange(({ tickets }) => told.push(...tickets))
  respond = 2
  projection.refold()
  expect([...projection.snapshot().tickets.values()]).toMatchObject([{ id: 't1', due: { respond: 2 } }, other])
  expect(told).toEqual(['t1'])
})

test('[STORE4] a large change can be read piece by piece, and ends as if read at once', () => {
  const { documents, writer } = createHand('a')
  const projection = createProjection(documents, grid, options)
  const people = Array.from({ length: 50 }, (_, index): Edit => ({ ...create, id: `p${index}` as RecordId }))
  applyEdits(documents, people, writer)
  let pieces = 1
  while (!projection.readSome(20)) pieces++
  expect([pieces, projection.readSome(0)]).toEqual([3, true])
  expect(projection.snapshot()).toEqual(createProjection(documents, grid, options).snapshot())
})

test(
  `[EDIT9] whatever JSON rests in whatever place, reading never fails and editing keeps it (seed ${seed})`,
  () => {
    const key = fc.constantFrom(
      'p1',
      'p2',
      'p1/nm/x',
      'p1/~/x',
      'p1/+/x',
      'p2/id/y',
      'p1/di/x',
      't1/description/x',
      '',
      '/',
      '//',
      '__proto__',
      'p1/~',
      'schema/2',
      'author/x/a',
      'author/x/b',
      'author//a',
      'author/x/',
      'author/__proto__/__proto__',
    )
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.tuple(fc.jsonValue({ maxDepth: 1 }), fc.double()),
      fc.tuple(fc.jsonValue({ maxDepth: 1 }), fc.double(), fc.oneof(fc.double(), fc.string())),
      fc.string(),
      fc
        .record({
          k: fc.constantFrom('person', 'note', 'alien'),
          f: fc.dictionary(fc.constantFrom('nm', 'ph', 'constructor', '__proto__'), fc.jsonValue({ maxDepth: 1 })),
          c: fc.tuple(fc.nat(), fc.constantFrom('x', 'y', '', 'constructor')),
        })
        .map(formatBlob),
      fc
        .record({
          id: fc.constant('s1'),
          ticket: fc.constant('t1'),
          action: fc.constantFrom('submit', 'alien'),
          from: fc.constant('draft'),
          to: fc.constant('submitted'),
          actor: fc.string(),
          role: fc.constant('gridMember'),
          device: fc.string(),
          at: fc.nat(),
          clock: fc.double(),
          birth: fc.jsonValue(),
        })
        .map((step) => JSON.stringify(step)),
      fc
        .tuple(
          fc.constant('p1'),
          fc.constantFrom('nm', '~'),
          fc.constantFrom('c', 'd', 'x'),
          fc.jsonValue(),
          fc.jsonValue(),
          fc.nat(),
          fc.string(),
        )
        .map((row) => JSON.stringify(row)),
    )
    const put = fc.tuple(
      fc.constantFrom('ledger', 'sensitive', 'diary', 'work', 'journal', 'notes'),
      fc.constantFrom('blobs', 's', 'texts', 'meta', 'steps/2026-11', 'journal/2026-11', 'other'),
      key,
      value,
    )
    fc.assert(
      fc.property(fc.array(put, { minLength: 1, maxLength: 12 }), (puts) => {
        const stranger = createHand('z')
        for (const [name, root, at, json] of puts) {
          const stored = JSON.parse(JSON.stringify(json)) as unknown
          const doc =
            name === 'ledger' || name === 'sensitive' || name === 'diary'
              ? stranger.documents[name]
              : [...stranger.documents[name].values()][0]
          if (/\//.test(root)) doc?.getArray(root).push([stored])
          else doc?.getMap(root).set(at, stored)
        }
        const reader = createHand('a')
        const projection = createProjection(reader.documents, grid, options)
        exchange(stranger, reader)
        const snapshot = projection.snapshot()
        inboxOf(snapshot)
        historyOf(reader.documents, id)
        const text = openCoText(
          reader.documents,
          { kind: 'ticket', id: 't1' as RecordId, field: 'description' },
          reader.writer,
        )
        text?.value()
        text?.dispose()
        applyEdits(
          reader.documents,
          [
            { op: 'delete', kind: 'person', id },
            { op: 'restore', kind: 'person', id },
            { op: 'set', kind: 'person', id, field: 'phone', value: '1' },
          ],
          reader.writer,
        )
        projection.snapshot()
        foldGeneration(reader.documents.ledger, 7)
        const kept = (text: string): unknown[] =>
          ['blobs', 'other', 'texts'].map((root) => (JSON.parse(text) as Record<string, unknown>)[root])
        expect(kept(reader.text('ledger'))).toEqual(kept(stranger.text('ledger')))
      }),
      { seed, numRuns: 600 },
    )
  },
  patience,
)

test('[SCHEMA2] what a later version wrote survives edits and a fold by this version, and shows nothing it does not know', () => {
  const { documents, writer } = createHand('a')
  const { ledger } = documents
  const drone = formatBlob({ k: 'drone', f: { zz: 1 }, c: [1, 'a'], later: { wings: true } })
  applyEdits(documents, [create], writer)
  ledger.transact(() => {
    ledger.getMap('blobs').set('x1', drone)
    const later = { later: [2] }
    ledger
      .getMap('blobs')
      .set('p2', formatBlob({ k: 'person', f: { nm: '乙', zz: { deep: [1] } }, c: [1, 'a'], later }))
    ledger.getMap('s').set('p2/zz/s9', [{ deep: [2] }, 2])
    ledger.getMap('s').set('p2/nm/s9', ['丙', 2, 2, 'more'])
    ledger.getMap('futures').set('k', { v: 1 })
    ledger.getArray('log/2026').push([{ v: 1 }, 2])
    ledger.getText('memo').insert(0, '备忘')
  })
  const reader = createHand('b')
  applyUpdate(reader.documents.ledger, encodeStateAsUpdate(ledger))
  applyEdits(
    reader.documents,
    [{ op: 'set', kind: 'person', id: 'p2' as RecordId, field: 'phone', value: '139' }],
    reader.writer,
  )
  const folded = new Doc()
  applyUpdate(folded, foldGeneration(reader.documents.ledger, 7))
  const content = JSON.parse(canonicalContent(folded)) as Record<
    string,
    { keys: Record<string, { value: unknown }>; list: unknown[] }
  >
  expect(content['blobs']?.keys['x1']?.value).toEqual(drone)
  expect(parseBlob(content['blobs']?.keys['p2']?.value)).toMatchObject({
    f: { nm: '乙', ph: '139', zz: { deep: [2] } },
    later: { later: [2] },
  })
  expect(content['s']?.keys['p2/nm/s9']?.value).toEqual(['丙', 2, 2, 'more'])
  expect([content['futures']?.keys, content['log/2026']?.list, content['memo']?.list]).toEqual([
    { k: { value: { v: 1 } } },
    [{ value: { v: 1 } }, { value: 2 }],
    [{ text: '备忘' }],
  ])
  const entries = createProjection({ ...reader.documents, ledger: folded }, grid, options).snapshot().entries
  expect([...entries.keys()].sort()).toEqual(['p1', 'p2'])
  expect(entries.get('p2' as RecordId)?.fields).toEqual({ name: '丙', phone: '139' })
})

test('[HIST1] history tells who changed what, when and where, newest first, also from slots where no journal was open', () => {
  const { documents, writer } = createHand('a')
  applyEdits(documents, [create], writer)
  applyEdits(documents, [{ op: 'set', kind: 'person', id, field: 'name', value: '李四' }], writer)
  applyEdits(
    { ...documents, journal: new Map() },
    [{ op: 'set', kind: 'person', id, field: 'phone', value: '139' }],
    writer,
  )
  applyEdits(documents, [{ op: 'delete', kind: 'person', id }], writer)
  applyEdits(documents, [{ op: 'restore', kind: 'person', id }], writer)
  expect(historyOf(documents, id).map(({ action, field, before, after }) => [action, field, before, after])).toEqual([
    ['restored', undefined, undefined, undefined],
    ['deleted', undefined, undefined, undefined],
    ['changed', 'phone', undefined, '139'],
    ['changed', 'name', '张三', '李四'],
    ['created', undefined, undefined, undefined],
  ])
})

const report = (id: string, at: number): Edit => ({
  op: 'step',
  step: {
    id: id as RecordId,
    ticket: 't1' as RecordId,
    action: id === 's0' ? 'submit' : 'comment',
    from: id === 's0' ? 'draft' : 'submitted',
    to: 'submitted',
    actor: 'a' as AccountId,
    role: 'gridMember',
    device: 'd',
    at,
    note: '在路上',
    ...(id === 's0' && {
      birth: {
        no: '1',
        source: 'grid',
        category: 'facility.repair',
        title: '路灯不亮',
        place: '1号楼',
        occurredAt: at,
        severity: 'normal',
        level: 'grid',
        visibility: 'public',
      },
    }),
  },
})

test('[RECEIPT4] a receipt counts whether it comes before its step or after, and is no news of the ticket by itself', () => {
  const { documents, writer } = createHand('a')
  const work = documents.work.get('2026q4') ?? new Doc()
  const now = Date.parse('2026-11-23T02:00:00Z')
  const fast = { ...writer, now: () => now + 1_500_000 }
  work.getMap('receipts').set('s0', [now])
  const projection = createProjection(documents, grid, {
    foldTicket: (steps, receipts) => foldTicket(steps, calendar, receipts),
  })
  const told: unknown[] = []
  projection.onChange(({ tickets, received }) => told.push([[...tickets], [...received]]))
  const accepted = (): unknown => projection.snapshot().tickets.get('t1' as RecordId)?.accepted
  applyEdits(documents, [report('s0', now + 1_500_000)], fast)
  applyEdits(documents, [report('s1', now + 1_500_000)], fast)
  expect(accepted()).toEqual({ s0: now })
  work.getMap('receipts').set('s1', [now + 60_000, now])
  work.getMap('receipts').set('s2', [now])
  expect(accepted()).toEqual({ s0: now, s1: now + 60_000 })
  expect(told).toEqual([
    [['t1'], []],
    [['t1'], []],
    [['t1'], ['t1']],
  ])
})

test('[RECEIPT4] what is no receipt is passed over', () => {
  const { documents, writer } = createHand('a')
  const work = documents.work.get('2026q4') ?? new Doc()
  const now = Date.parse('2026-11-23T02:00:00Z')
  const projection = createProjection(documents, grid, {
    foldTicket: (steps, receipts) => foldTicket(steps, calendar, receipts),
  })
  applyEdits(documents, [report('s0', now)], { ...writer, now: () => now })
  const before = projection.snapshot().tickets.get('t1' as RecordId)
  for (const wrong of [1, null, 'x', [], ['1'], [now, null], [now, now, now], [1e300], { received: now }, new YMap()]) {
    work.getMap('receipts').set('s0', wrong)
    expect(projection.snapshot().tickets.get('t1' as RecordId)).toBe(before)
  }
  work.getMap('receipts').set('s0', [now - 1000])
  expect(projection.snapshot().tickets.get('t1' as RecordId)?.reportedAt).toBe(now - 1000)
})
