import type { AccountId, Edit, RecordId, Step } from '@tongge/model'
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs'
import { expect, test } from 'vitest'
import { foldGeneration } from '../fold/fold-generation.ts'
import { parseStep } from '../parse-step.ts'
import { historyOf } from '../read/history.ts'
import { inboxOf } from '../read/inbox.ts'
import { createProjection } from '../read/projection.ts'
import { grid } from '../testing/replicas.ts'
import { createHand, exchange } from '../testing/hand.ts'
import { applyEdits } from './apply-edits.ts'
import { migrate, schemaOf } from './migrate.ts'

const id = 'p1' as RecordId
const create: Edit = { op: 'create', kind: 'person', id, fields: { name: '张三', idNo: '990101198001011234' } }
const set = (field: string, value: string | undefined): Edit => ({ op: 'set', kind: 'person', id, field, value })

test('[EDIT1] one command is one transaction a document, marked as local, and names what it touched', () => {
  const { documents, writer } = createHand('a')
  const origins: unknown[] = []
  documents.ledger.on('update', (_, origin) => origins.push(origin))
  const applied = applyEdits(documents, [create, set('phone', '13900000000'), set('remark', 'x')], writer)
  expect(origins).toEqual([{ local: true, subjects: ['person/p1'] }])
  expect(applied.documents).toEqual(['sensitive', 'ledger', 'journal/2026q4'])
  expect(applied.subjects).toEqual(['person/p1'])
})

test('[EDIT2] sensitive fields never rest in the ledger, and never in the journal', () => {
  const hand = createHand('a')
  const { documents, writer } = hand
  applyEdits(documents, [create], writer)
  applyEdits(documents, [set('idNo', '990101199001015678')], writer)
  expect(hand.text('ledger') + hand.text('work') + hand.text('journal')).not.toMatch(/99010119/)
  expect(hand.text('sensitive')).toMatch(/990101199001015678/)
  expect(historyOf(documents, id).filter((line) => line.field === 'idNo')).toEqual([
    { field: 'idNo', action: 'changed', stamp: expect.anything() as unknown },
  ])
})

test('[EDIT3] nothing is written when a document that an edit needs is not open, or a value is the same', () => {
  const { documents, writer } = createHand('a')
  const closed = { ...documents, sensitive: undefined }
  expect(applyEdits(closed, [set('phone', '13900000000'), create], writer)).toMatchObject({
    unplaced: [create],
    documents: [],
  })
  expect(documents.ledger.share.get('s')?.toJSON() ?? {}).toEqual({})
  applyEdits(documents, [create], writer)
  expect(applyEdits(documents, [set('name', '张三')], writer).documents).toEqual([])
})

test('[CONF2] equal values written at once are no conflict; differing ones are, newest first, until a person settles it', () => {
  const [a, b] = [createHand('a'), createHand('b')]
  applyEdits(a.documents, [create], a.writer)
  exchange(a, b)
  applyEdits(a.documents, [set('phone', '1'), set('name', '甲')], a.writer)
  applyEdits(b.documents, [set('phone', '1'), set('name', '乙')], b.writer)
  exchange(a, b)
  const projection = createProjection(a.documents, grid, { foldTicket: () => undefined })
  expect(
    projection
      .snapshot()
      .entries.get(id)
      ?.conflicts.map(({ field, rivals }) => [field, rivals.map(({ value }) => value)]),
  ).toEqual([['name', ['乙', '甲']]])
  expect(projection.snapshot().entries.get(id)?.fields).toMatchObject({ name: '乙', phone: '1' })
  expect(inboxOf(projection.snapshot()).map(({ type }) => type)).toEqual(['field'])
  applyEdits(a.documents, [set('name', '甲')], a.writer)
  expect(inboxOf(projection.snapshot())).toEqual([])
  expect(historyOf(a.documents, id).map(({ field, before, after }) => [field, before, after])).toContainEqual([
    'name',
    '乙',
    '甲',
  ])
})

test('[DEL2] two people deleting at once is no conflict; an edit neither saw brings the record back to view and into the inbox', () => {
  const [a, b, c] = [createHand('a'), createHand('b'), createHand('c')]
  applyEdits(a.documents, [create], a.writer)
  exchange(a, b, c)
  applyEdits(a.documents, [{ op: 'delete', kind: 'person', id }], a.writer)
  applyEdits(b.documents, [{ op: 'delete', kind: 'person', id }], b.writer)
  exchange(a, b)
  const projection = createProjection(a.documents, grid, { foldTicket: () => undefined })
  expect(projection.snapshot().trash.get(id)?.fields).toMatchObject({ name: '张三', idNo: '990101198001011234' })
  applyEdits(c.documents, [set('phone', '13900000000')], c.writer)
  exchange(a, b, c)
  expect(projection.snapshot().entries.get(id)).toMatchObject({
    fields: { name: '张三', phone: '13900000000' },
    deletion: { by: 'account-b' },
  })
  expect(inboxOf(projection.snapshot()).map(({ type }) => type)).toEqual(['deletion'])
  applyEdits(a.documents, [{ op: 'restore', kind: 'person', id }], a.writer)
  expect(projection.snapshot().entries.get(id)?.deletion).toBeUndefined()
})

test('[DEL3] a deletion by somebody who may not read the sensitive document is not undone by what rests in there', () => {
  const [a, b] = [createHand('a'), createHand('b')]
  applyEdits(a.documents, [create], a.writer)
  applyEdits(a.documents, [set('idNo', '990101199001015678')], a.writer)
  exchange(a, b)
  applyEdits({ ...b.documents, sensitive: undefined }, [{ op: 'delete', kind: 'person', id }], b.writer)
  exchange(a, b)
  expect(
    createProjection(a.documents, grid, { foldTicket: () => undefined })
      .snapshot()
      .trash.has(id),
  ).toBe(true)
})

test('[CONF3] a sensitive value that a record began with does not give way unseen to one from a device that had only the ledger', () => {
  const [a, b] = [createHand('a'), createHand('b')]
  applyEdits(a.documents, [{ ...create, fields: { name: '张三', idNo: '甲' } }], a.writer)
  applyUpdate(b.documents.ledger, encodeStateAsUpdate(a.documents.ledger))
  applyEdits(b.documents, [set('idNo', '乙')], b.writer)
  exchange(a, b)
  const projection = createProjection(a.documents, grid, { foldTicket: () => undefined })
  const values = () =>
    inboxOf(projection.snapshot()).map(
      (item) => item.type === 'field' && item.conflict.rivals.map(({ value }) => value),
    )
  expect(values()).toEqual([['乙', '甲']])
  const folded = createHand('f')
  applyUpdate(folded.documents.sensitive, foldGeneration(a.documents.sensitive, 7))
  expect(folded.text('sensitive')).toBe(a.text('sensitive'))
  applyEdits(a.documents, [set('idNo', '乙')], a.writer)
  expect([values(), projection.snapshot().entries.get(id)?.fields]).toEqual([[], { name: '张三', idNo: '乙' }])
})

test('[EDIT5] later steps follow their ticket into the document where it began, with a clock beyond every step seen', () => {
  const { documents, writer } = createHand('a')
  const step = (name: string, extra: Partial<Step>): Edit => ({
    op: 'step',
    step: {
      id: name as RecordId,
      ticket: 't1' as RecordId,
      action: 'comment',
      from: 'draft',
      to: 'submitted',
      actor: 'a' as AccountId,
      role: 'gridMember',
      device: 'd',
      at: writer.now(),
      ...extra,
    },
  })
  const birth = {
    no: '1',
    source: 'GRID',
    category: 'safety.fire',
    title: 't',
    place: 'p',
    occurredAt: 1,
    severity: 'normal',
    level: 'grid',
    visibility: 'public',
  } as const
  expect(applyEdits(documents, [step('s0', {})], writer).unplaced).toHaveLength(1)
  applyEdits(documents, [step('s1', { action: 'submit', birth }), step('s2', {})], writer)
  const next = { ...documents, work: new Map([...documents.work, ['2027q1', new Doc()] as const]) }
  const behind = { ...writer, now: () => 5 }
  expect(applyEdits(next, [step('s3', { at: Date.parse('2027-02-01') })], behind).documents).toEqual(['work/2026q4'])
  const work = documents.work.get('2026q4') ?? new Doc()
  const steps = ['2026-11', '2026-12'].flatMap((month) => work.getArray(`steps/${month}`).toArray())
  const clocks = new Map(
    steps.flatMap((stored) => parseStep(stored) ?? []).map(({ id: name, clock }) => [String(name), clock]),
  )
  expect([...clocks.keys()].sort()).toEqual(['s1', 's2', 's3'])
  expect(clocks.get('s3')).toBe((clocks.get('s2') ?? 0) + 1)
})

test('[SCHEMA1] migrating twice, or at once on two replicas, is the same as once, and never takes a later version back', () => {
  const [a, b] = [createHand('a'), createHand('b')]
  migrate(a.documents.ledger)
  migrate(b.documents.ledger)
  b.documents.ledger.getMap('meta').set('schema/7', true)
  exchange(a, b)
  expect(migrate(a.documents.ledger)).toBe(false)
  expect([schemaOf(a.documents.ledger), schemaOf(b.documents.ledger)]).toEqual([7, 7])
})

test('[EDIT6] control: two replicas that share one slot lose a value, which is why slots are leased', () => {
  const [a, b] = [createHand('a'), createHand('b')]
  const shared = { ...b.writer, slot: a.writer.slot }
  applyEdits(a.documents, [create], a.writer)
  exchange(a, b)
  applyEdits(a.documents, [set('name', '甲')], a.writer)
  applyEdits(b.documents, [set('name', '乙')], shared)
  exchange(a, b)
  const entry = createProjection(a.documents, grid, { foldTicket: () => undefined })
    .snapshot()
    .entries.get(id)
  expect(entry?.conflicts).toEqual([])
  expect(['甲', '乙']).toContain(entry?.fields['name' as never])
})
