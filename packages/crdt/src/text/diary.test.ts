import type { Edit, Entry, RecordId } from '@tongge/model'
import { expect, test } from 'vitest'
import type { CoText, GridDocuments } from '../api.ts'
import { historyOf } from '../read/history.ts'
import { createProjection } from '../read/projection.ts'
import { createHand, exchange, type TestHand } from '../testing/hand.ts'
import { grid } from '../testing/replicas.ts'
import { applyEdits } from '../write/apply-edits.ts'
import { openCoText } from './co-text.ts'

const h1 = 'h1' as RecordId
const h2 = 'h2' as RecordId
const create = (id: RecordId): Edit => ({ op: 'create', kind: 'household', id, fields: { house: 'x' } })
const deletion: Edit = { op: 'delete', kind: 'household', id: h1 }
const words = '说楼上漏水'

function diary({ documents, writer }: TestHand, id = h1): CoText {
  const text = openCoText(documents, { kind: 'household', id, field: 'diary' }, writer)
  if (!text) throw new Error('no text')
  return text
}

/** As the office has it. */
function without({ documents }: TestHand): GridDocuments {
  return { ...documents, diary: undefined }
}

function lifeIn(documents: GridDocuments): string {
  const { entries, trash } = createProjection(documents, grid, { foldTicket: () => undefined }).snapshot()
  const entry = entries.get(h1)
  return entry ? (entry.deletion ? 'contested' : 'live') : trash.has(h1) ? 'trash' : 'absent'
}

function twoHands(): readonly [TestHand, TestHand] {
  const [a, b] = [createHand('a'), createHand('b')]
  applyEdits(a.documents, [create(h1), create(h2)], a.writer)
  exchange(a, b)
  return [a, b]
}

test('[EDIT14] a diary, typed, merged, taken back and deleted with its household, rests in its own document alone', () => {
  const { documents, writer, text } = createHand('a')
  const hand = { documents, writer, text }
  applyEdits(documents, [create(h1), create(h2)], writer)
  diary(hand, h2).splice(0, 0, words)
  const { inverse } = applyEdits(
    documents,
    [{ op: 'appendText', kind: 'household', id: h1, field: 'diary', from: h2 }, deletion],
    writer,
  )
  applyEdits(documents, inverse, writer)
  expect([text('ledger') + text('sensitive') + text('work'), text('diary')]).toEqual([
    expect.not.stringContaining(words.slice(1, 3)),
    expect.stringContaining(words),
  ])
})

test('[DEL3] [EDIT14] whoever has no diaries deletes a household all the same, and is not judged by what they never had', () => {
  const [a, b] = twoHands()
  diary(a).splice(0, 0, words)
  exchange(a, b)
  const applied = applyEdits(without(b), [deletion], b.writer)
  exchange(a, b)
  expect([applied.unplaced, lifeIn(a.documents), lifeIn(without(b))]).toEqual([[], 'trash', 'trash'])
  diary(a).splice(0, 0, '又')
  expect(lifeIn(a.documents)).toBe('trash')
})

test('[TEXT4] a deletion is judged by the diary wherever that is open, also once it comes later than the ledger', () => {
  const [a, b] = twoHands()
  diary(a).splice(0, 0, words)
  applyEdits(a.documents, [deletion], a.writer)
  diary(b).splice(0, 0, '来过')
  exchange(a, b)
  expect([lifeIn(a.documents), lifeIn(b.documents), lifeIn(without(a))]).toEqual(['contested', 'contested', 'trash'])
  const projection = createProjection(without(a), grid, { foldTicket: () => undefined })
  const told: boolean[] = []
  projection.onChange(({ entries }) => told.push(entries.has(h1)))
  projection.attach('diary', a.documents.diary)
  expect([told, projection.snapshot().entries.get(h1)?.deletion?.by]).toEqual([[true], 'account-a'])
  applyEdits(b.documents, [deletion], b.writer)
  exchange(a, b)
  expect(lifeIn(a.documents)).toBe('trash')
})

test('[TEXT4] a diary that somebody else began and left empty says nothing that a deletion had not seen', () => {
  const [a, b] = twoHands()
  diary(a).splice(0, 0, words)
  applyEdits(a.documents, [deletion], a.writer)
  diary(b).splice(0, 0, '误')
  diary(b).splice(0, 1, '')
  exchange(a, b)
  expect([lifeIn(a.documents), lifeIn(b.documents)]).toEqual(['trash', 'trash'])
})

test('[TEXT4] what a deletion tells of a diary in the ledger differs for the same words from grid to grid, and tells no length', () => {
  const printOf = (typed: string): string => {
    const hand = createHand('a')
    applyEdits(hand.documents, [create(h1)], hand.writer)
    diary(hand).splice(0, 0, typed)
    applyEdits(hand.documents, [deletion], hand.writer)
    const [seen] = hand.documents.ledger.getMap('s').get('h1/~/a') as [{ readonly d: string }]
    return seen.d
  }
  const prints = [words, words, words.repeat(1000)].map(printOf)
  expect(new Set(prints).size).toBe(3)
  for (const print of prints) expect(print).toMatch(/^[0-9a-z]{1,7}$/)
})

test('[HIST2] the history says who wrote in a diary, when and where, once for half an hour, and no word of it', () => {
  const [a, b] = twoHands()
  const told = (): readonly unknown[] =>
    historyOf(without(b), h1).flatMap(({ field, action, before, after, stamp }) =>
      field === 'diary' ? [[action, before, after, stamp.by, stamp.device]] : [],
    )
  diary(a).splice(0, 0, words)
  diary(b).splice(0, 0, '前言')
  exchange(a, b)
  const line = (hand: string): unknown => ['changed', undefined, undefined, `account-${hand}`, `device-${hand}`]
  expect(told()).toEqual([line('b'), line('a')])
  const text = diary(b)
  text.splice(0, 2, '')
  text.splice(0, 1, '')
  expect(told()).toEqual([line('b'), line('b'), line('a')])
  expect(a.text('journal') + b.text('journal')).not.toMatch(/楼上|前言/)
})

test('[HIST2] who has no journal open writes in the diary all the same', () => {
  const [a] = twoHands()
  diary({ ...a, documents: { ...a.documents, journal: new Map() } }).splice(0, 0, words)
  expect(diary(a).value()).toBe(words)
  expect(historyOf(a.documents, h1).map(({ action }) => action)).toEqual(['created'])
})

test('[DEL1] a contested record names the write that the deletion had not seen, and whose words in a diary it was where that can be told', () => {
  const contested = ([one, other]: readonly [TestHand, TestHand], write: (by: TestHand) => void) => {
    applyEdits(one.documents, [deletion], one.writer)
    write(other)
    exchange(one, other)
    const { snapshot } = createProjection(one.documents, grid, { foldTicket: () => undefined })
    return snapshot().entries.get(h1)
  }
  const set = (field: string, value: string): Edit => ({ op: 'set', kind: 'household', id: h1, field, value })
  const written = contested(twoHands(), (by) => applyEdits(by.documents, [set('phone', '19900000001')], by.writer))
  expect([written?.unseen?.by, written?.deletion?.by]).toEqual(['account-b', 'account-a'])

  // What its author had written before is seen, and is the last change of a field all the same.
  const [a, b] = twoHands()
  applyEdits(a.documents, [set('remark', '常住')], a.writer)
  applyEdits(b.documents, [{ ...set('remark', '常住'), id: h2 } as Edit], b.writer)
  const talked = contested([a, b], (by) => diary(by).splice(0, 0, words))
  expect([talked?.updated.by, talked?.unseen]).toEqual(['account-a', { by: 'account-b', device: 'device-b' }])

  const told = (entry: Entry | undefined) => [entry?.deletion?.by, entry?.unseen]
  const nobody = ['account-a', undefined]
  // Whoever wrote nothing but words is not known by their slot.
  expect(told(contested(twoHands(), (by) => diary(by).splice(0, 0, words)))).toEqual(nobody)

  // Words beside others that were seen, or in a text that somebody else began, are nobody's in particular.
  for (const isEmptied of [false, true]) {
    const [one, other] = twoHands()
    diary(one).splice(0, 0, words)
    if (isEmptied) diary(one).splice(0, words.length, '')
    applyEdits(other.documents, [{ ...set('remark', '常住'), id: h2 } as Edit], other.writer)
    exchange(one, other)
    expect(told(contested([one, other], (by) => diary(by).splice(0, 0, '来过'))), `${isEmptied}`).toEqual(nobody)
  }

  // Nor is it its author whose words somebody else took out.
  const [one, other] = twoHands()
  diary(one).splice(0, 0, words)
  exchange(one, other)
  expect(told(contested([one, other], (by) => diary(by).splice(0, 1, '')))).toEqual(nobody)

  const [c, d] = twoHands()
  const hidden = contested([c, d], (by) => applyEdits(by.documents, [set('careTags', '01')], by.writer))
  expect(hidden?.unseen?.by).toBe('account-b')
})
