import { wayToVerified } from '../../../model/src/testing/fixture.ts'
import type { AccountId, Edit, RecordId, Role, Step } from '@tongge/model'
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyEdits } from '../write/apply-edits.ts'
import { canonicalContent } from '../read/canonical-content.ts'
import { createProjection } from '../read/projection.ts'
import type { GridDocuments } from '../api.ts'
import { documentShape } from '../guard/allows.ts'
import { openCoText } from '../text/co-text.ts'
import { moveDiaries } from '../write/move-diaries.ts'
import { grid } from '../testing/replicas.ts'
import type { WrittenLine } from './lines.ts'
import { ownLinesOf } from './own-lines.ts'
import { replay, type Replayed } from './replay.ts'

const ada = 'ada' as AccountId
const h1 = 'h1' as RecordId
const p1 = 'p1' as RecordId

/** A device: what it writes from `offline` on waits, edit by edit. */
function device(slot: string, account: AccountId) {
  const doc = new Doc()
  const waiting: Uint8Array[] = []
  let now = 1_790_000_000_000
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'arrived') waiting.push(update)
  })
  const writer = { slot, account, device: 'phone', now: () => (now += 1000) }
  return {
    doc,
    waiting,
    writer,
    write: (of: 'ledger' | 'sensitive' | 'work', ...edits: readonly Edit[]) =>
      applyEdits(placed(of, doc), edits, writer),
    take: (update: Uint8Array) => applyUpdate(doc, update, 'arrived'),
  }
}

function placed(of: 'ledger' | 'sensitive' | 'diary' | 'work', doc: Doc): GridDocuments {
  const none = { ledger: undefined, sensitive: undefined, work: new Map(), notes: new Map() }
  return of === 'work' ? { ...none, work: new Map([['2026q4', doc]]) } : { ...none, [of]: doc }
}

function again(
  base: Doc,
  edits: readonly Uint8Array[],
  {
    kind = 'ledger',
    roles,
    mayWrite = true,
  }: { kind?: 'ledger' | 'diary' | 'work' | 'journal'; roles: readonly Role[]; mayWrite?: boolean },
): Replayed {
  const shape = documentShape(kind, '2026q4')
  if (!shape) throw new Error(kind)
  return replay({ kind, shape, account: ada, roles, mayWrite, base: encodeStateAsUpdate(base), edits })
}

function shown(doc: Doc) {
  const projection = createProjection(placed('ledger', doc), grid, { foldTicket: () => undefined })
  return [...projection.snapshot().entries.values()]
}

/** The relay's ledger: a household that somebody else began. */
function ledger() {
  const bob = device('slotbob1', 'bob' as AccountId)
  bob.write('ledger', { op: 'create', kind: 'household', id: h1, fields: { phone: '13800000000' } })
  bob.write('ledger', { op: 'create', kind: 'person', id: p1, fields: { name: '王' } })
  return bob
}

function sets(kind: 'household' | 'person', id: RecordId, field: string, value: string): Edit {
  return { op: 'set', kind, id, field, value }
}

function types(hand: ReturnType<typeof device>, at: number, insert: string): void {
  const text = openCoText(placed('diary', hand.doc), { kind: 'household', id: h1, field: 'diary' }, hand.writer)
  text?.splice(at, 0, insert)
  text?.dispose()
}

function withoutTime(line: WrittenLine): WrittenLine {
  const { at: _at, ...rest } = line
  return rest
}

function textIn(hand: ReturnType<typeof device>): string | undefined {
  return openCoText(placed('diary', hand.doc), { kind: 'household', id: h1, field: 'diary' }, hand.writer)?.value()
}

test('[HEAL1] what may be written is written again by a new hand, in its order and in its author’s name, and what others wrote meanwhile stays', () => {
  const bob = ledger()
  const mine = device('slotada1', ada)
  mine.take(encodeStateAsUpdate(bob.doc))
  mine.write('ledger', sets('household', h1, 'phone', '13800000001'))
  mine.write('ledger', sets('household', h1, 'phone', '13800000002'))
  mine.write('ledger', { op: 'create', kind: 'person', id: 'p2' as RecordId, fields: { name: '李' } })
  mine.write('ledger', { op: 'delete', kind: 'person', id: p1 })
  bob.write('ledger', sets('person', p1, 'name', '王明'))

  const { legal, refused, torn } = again(bob.doc, mine.waiting.toReversed(), { roles: ['gridMember'] })
  expect([refused, torn]).toEqual([[], []])
  for (const { update } of legal) bob.take(update)
  expect(bob.doc.store.clients.has(mine.doc.clientID)).toBe(false)
  const entries = shown(bob.doc)
  const household = entries.find(({ id }) => id === h1)
  expect(household).toMatchObject({ fields: { phone: '13800000002' }, conflicts: [] })
  expect(household?.updated).toMatchObject({ by: ada, device: 'phone' })
  expect(entries.find(({ id }) => id === 'p2')).toMatchObject({ fields: { name: '李' } })
  // The deletion had not seen the new name: both stand.
  expect(entries.find(({ id }) => id === p1)).toMatchObject({ fields: { name: '王明' } })
})

test('[HEAL1] what was typed into a diary is typed again where it stood, and goes on from what others wrote meanwhile', () => {
  const bob = device('slotbob1', 'bob' as AccountId)
  types(bob, 0, '上午')
  const mine = device('slotada1', ada)
  mine.take(encodeStateAsUpdate(bob.doc))
  types(mine, 2, '来过')
  types(mine, 4, '两次')
  types(bob, 0, '昨天')
  const { legal, refused, torn } = again(bob.doc, mine.waiting, { kind: 'diary', roles: ['gridMember'] })
  expect([refused, torn]).toEqual([[], []])
  for (const { update } of legal) bob.take(update)
  expect(textIn(bob)).toBe('昨天上午来过两次')
})

test('[HEAL2] what was typed into a diary where it used to rest, in the ledger, is kept in lines, also where the relay has emptied it since', () => {
  for (const isEmptied of [false, true]) {
    const bob = ledger()
    types(bob, 0, '上午')
    const mine = device('slotada1', ada)
    mine.take(encodeStateAsUpdate(bob.doc))
    if (isEmptied) moveDiaries(bob.doc, undefined, bob.writer)
    types(mine, 2, '来过')
    const { legal, refused } = again(bob.doc, mine.waiting, { roles: ['gridMember'] })
    expect([legal, refused]).toMatchObject([
      [],
      [
        {
          reason: 'misplaced',
          lines: [{ id: h1, kind: 'household', field: 'diary', after: `${isEmptied ? '' : '上午'}来过` }],
        },
      ],
    ])
  }
})

test('[HEAL2] what may not be written is told in lines of before and after, with its reason, and strands nothing that was written after it', () => {
  const bob = ledger()
  const mine = device('slotada1', ada)
  mine.take(encodeStateAsUpdate(bob.doc))
  mine.write('ledger', sets('household', h1, 'phone', 'x'.repeat(2_000)))
  mine.write('ledger', sets('person', p1, 'name', '王明'))
  mine.write('ledger', sets('household', h1, 'phone', '13800000003'))

  const { legal, refused } = again(bob.doc, mine.waiting, { roles: ['gridMember'] })
  expect(refused).toMatchObject([
    {
      reason: 'badValue',
      lines: [{ id: h1, kind: 'household', action: 'changed', field: 'phone', before: '13800000000' }],
    },
  ])
  for (const { update } of legal) bob.take(update)
  expect(shown(bob.doc)).toMatchObject([{ fields: { phone: '13800000003' } }, { fields: { name: '王明' } }])
})

test('[HEAL2] who may not write at all keeps every line: records begun, values, deletions, and what was typed', () => {
  const bob = ledger()
  const mine = device('slotada1', ada)
  mine.take(encodeStateAsUpdate(bob.doc))
  mine.write('ledger', { op: 'create', kind: 'person', id: 'p2' as RecordId, fields: { name: '李', sex: '1' } })
  mine.write('ledger', { op: 'delete', kind: 'person', id: p1 })
  const typed = device('slotada2', ada)
  types(typed, 0, '来过')
  types(typed, 2, '两次')

  for (const held of [{ roles: ['police'] as const }, { roles: ['gridMember'] as const, mayWrite: false }]) {
    const { legal, refused } = again(bob.doc, mine.waiting, held)
    expect(legal).toEqual([])
    expect(new Set(refused.map(({ reason }) => reason))).toEqual(
      new Set([held.roles[0] === 'police' ? 'notAllowed' : 'readOnly']),
    )
    expect(refused.flatMap(({ lines }) => lines).map(withoutTime)).toEqual([
      { id: 'p2', kind: 'person', action: 'created' },
      { id: 'p2', kind: 'person', action: 'changed', field: 'name', after: '李' },
      { id: 'p2', kind: 'person', action: 'changed', field: 'sex', after: '1' },
      { id: p1, kind: 'person', action: 'deleted' },
    ])
    const diary = again(new Doc(), typed.waiting, { ...held, kind: 'diary' })
    expect(diary.legal).toEqual([])
    expect(diary.refused.flatMap(({ lines }) => lines)).toEqual([
      { id: h1, kind: 'household', action: 'changed', field: 'diary', before: '', after: '来过' },
      { id: h1, kind: 'household', action: 'changed', field: 'diary', before: '来过', after: '来过两次' },
    ])
  }
})

test('[HEAL2] a step taken in a role that is no longer held is kept as a line; one that may still be taken is taken', () => {
  const steps = wayToVerified.slice(0, 2)
  const bob = device('slotbob1', 'bob' as AccountId)
  for (const step of steps) bob.write('work', { op: 'step', step })
  const mine = device('slotada1', ada)
  mine.take(encodeStateAsUpdate(bob.doc))
  const [first] = steps
  if (!first) throw new Error('no way')
  const step = (id: string, action: Step['action'], role: Role): Step => ({
    ...first,
    id: id as RecordId,
    action,
    role,
    from: 'registered',
    to: action === 'dispatch' ? 'assigned' : 'escalated',
    actor: ada,
    ...(action === 'dispatch' && { assignee: ada }),
  })
  const { birth: _birth, ...dispatch } = step('s8', 'dispatch', 'gridLeader')
  const { birth: _other, ...escalate } = step('s9', 'escalate', 'gridMember')
  mine.write('work', { op: 'step', step: dispatch })
  mine.write('work', { op: 'step', step: { ...escalate, level: 'community', note: '请协调' } })

  const { legal, refused } = again(bob.doc, mine.waiting, { kind: 'work', roles: ['gridMember'] })
  expect(refused).toMatchObject([{ reason: 'notAllowed', lines: [{ action: 'step', step: { action: 'dispatch' } }] }])
  expect(legal).toHaveLength(1)
})

test('[HEAL1] what is written again twice says the same once', () => {
  const bob = ledger()
  const mine = device('slotada1', ada)
  mine.take(encodeStateAsUpdate(bob.doc))
  mine.write('ledger', sets('household', h1, 'phone', '13800000001'))
  for (let round = 0; round < 2; round++) {
    const { legal } = again(bob.doc, mine.waiting, { roles: ['gridMember'] })
    expect(legal).toHaveLength(round === 0 ? 1 : 0)
    for (const { update } of legal) bob.take(update)
  }
})

test('[HEAL2] an edit that builds on what is nowhere any more is named, and holds up no other', () => {
  const bob = ledger()
  const mine = device('slotada1', ada)
  mine.take(encodeStateAsUpdate(bob.doc))
  mine.write('ledger', sets('household', h1, 'phone', '13800000001'))
  mine.write('ledger', sets('household', h1, 'phone', '13800000002'))
  const other = device('slotada2', ada)
  other.take(encodeStateAsUpdate(bob.doc))
  other.write('ledger', sets('person', p1, 'name', '王明'))

  const edits = [...mine.waiting.slice(1), ...other.waiting]
  const { legal, refused, torn } = again(bob.doc, edits, { roles: ['gridMember'] })
  expect([refused, torn, legal.map(({ edit }) => edit)]).toEqual([[], [0], [1]])
})

test('[HEAL2] what a later version wrote is told of without lines; the row of a history goes with its edit', () => {
  const bob = ledger()
  const mine = device('slotada1', ada)
  mine.take(encodeStateAsUpdate(bob.doc))
  mine.doc.getMap('s').set('h1/zz/slotada1', ['x', 1])
  const later = again(bob.doc, mine.waiting, { roles: ['gridMember'], mayWrite: false })
  expect(later.refused).toEqual([{ reason: 'readOnly', lines: [] }])

  const journal = device('slotada1', ada)
  journal.doc.getArray('journal/2026-11').push(['["h1","ph","c",null,null,1,"slotada1"]'])
  const history = again(new Doc(), journal.waiting, { kind: 'journal', roles: ['gridMember'], mayWrite: false })
  expect(history.refused).toEqual([])
})

test('[HEAL1] what its author wrote in the same place since stays', () => {
  const bob = ledger()
  const before = device('slotada1', ada)
  before.take(encodeStateAsUpdate(bob.doc))
  before.write('ledger', sets('household', h1, 'phone', '13800000001'))
  for (const clientID of [1, 4_000_000_000]) {
    const since = device('slotada1', ada)
    since.doc.clientID = clientID
    since.take(encodeStateAsUpdate(bob.doc))
    since.writer.now()
    since.write('ledger', sets('household', h1, 'phone', '13800000002'))
    const { legal } = again(since.doc, before.waiting, { roles: ['gridMember'] })
    for (const { update } of legal) since.take(update)
    expect(shown(since.doc).find(({ id }) => id === h1)).toMatchObject({ fields: { phone: '13800000002' } })
  }
})

const seed = Number(process.env['TONGGE_SEED'] ?? 20261128)

test(`[HEAL1] written again, honest edits say what they would have said had the relay taken them (seed ${seed})`, () => {
  const op = fc.oneof(
    fc.record({ type: fc.constant('set' as const), field: fc.constantFrom('phone', 'remark'), hand: fc.nat(1) }),
    fc.record({ type: fc.constant('name' as const), hand: fc.nat(1) }),
    fc.record({ type: fc.constantFrom('delete' as const, 'restore' as const), hand: fc.nat(1) }),
    fc.record({ type: fc.constantFrom('type' as const, 'meet' as const), hand: fc.nat(1) }),
  )
  fc.assert(
    fc.property(fc.array(op, { maxLength: 30 }), fc.boolean(), (ops, isShuffled) => {
      const bob = ledger()
      const mine = device('slotada1', ada)
      mine.take(encodeStateAsUpdate(bob.doc))
      const [diary, typed] = [device('slotbob1', 'bob' as AccountId), device('slotada1', ada)]
      let count = 0
      for (const step of ops) {
        const hand = step.hand === 0 ? mine : bob
        if (step.type === 'meet') {
          mine.take(encodeStateAsUpdate(bob.doc))
          typed.take(encodeStateAsUpdate(diary.doc))
        }
        if (step.type === 'set') hand.write('ledger', sets('household', h1, step.field, `v${++count}`))
        if (step.type === 'name') hand.write('ledger', sets('person', p1, 'name', `n${++count}`))
        if (step.type === 'type') types(hand === mine ? typed : diary, 0, `t${++count}`)
        if (step.type === 'delete' || step.type === 'restore')
          hand.write('ledger', { op: step.type, kind: 'person', id: p1 })
      }
      for (const [kind, there, here] of [
        ['ledger', bob, mine],
        ['diary', diary, typed],
      ] as const) {
        const taken = new Doc()
        for (const { doc } of [there, here]) applyUpdate(taken, encodeStateAsUpdate(doc))
        const edits = isShuffled ? here.waiting.toReversed() : here.waiting
        const { legal, refused, torn } = again(there.doc, edits, { kind, roles: ['gridMember'] })
        expect([refused, torn]).toEqual([[], []])
        for (const { update } of legal) there.take(update)
        expect(canonicalContent(there.doc)).toBe(canonicalContent(taken))
      }
    }),
    { seed, numRuns: 400 },
  )
})

test('[HEAL5] of a document that may not be read any more the edits are told from the copy that holds them', () => {
  const bob = ledger()
  const mine = device('slotada1', ada)
  mine.take(encodeStateAsUpdate(bob.doc))
  mine.write('ledger', sets('household', h1, 'phone', '13800000001'))
  mine.write('ledger', sets('household', h1, 'phone', '13800000002'))
  types(mine, 0, '来过')
  types(mine, 2, '两次')
  mine.write('ledger', { op: 'create', kind: 'person', id: 'p2' as RecordId, fields: { name: '李' } })
  const held = new Doc()
  applyUpdate(held, encodeStateAsUpdate(mine.doc))
  expect(ownLinesOf(held, mine.waiting).map(withoutTime)).toEqual([
    { id: 'p2', kind: 'person', action: 'created' },
    { id: 'p2', kind: 'person', action: 'changed', field: 'name', after: '李' },
    { id: h1, kind: 'household', action: 'changed', field: 'phone', before: '13800000000', after: '13800000002' },
    { id: h1, kind: 'household', action: 'changed', field: 'diary', before: '', after: '来过两次' },
  ])
})

test('[HEAL2] each line says when it was written by the clock of its device; what is typed in a text does not', () => {
  const bob = ledger()
  const mine = device('slotada1', ada)
  mine.take(encodeStateAsUpdate(bob.doc))
  const before = 1_790_000_000_000
  mine.write('ledger', sets('household', h1, 'phone', '13800000002'))
  mine.write('ledger', { op: 'create', kind: 'person', id: 'p2' as RecordId, fields: { name: '李' } })
  types(mine, 0, '来过')
  mine.write('ledger', { op: 'delete', kind: 'person', id: p1 })
  const { refused } = again(bob.doc, mine.waiting, { roles: ['police'] })
  const times = refused.flatMap(({ lines }) => lines.map(({ field, at }) => [field, at]))
  expect(times).toEqual([
    ['phone', before + 1000],
    [undefined, before + 2000],
    ['name', before + 2000],
    ['diary', undefined],
    [undefined, before + 4000],
  ])
})
