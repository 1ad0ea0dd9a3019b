import type { Edit, RecordId } from '@tongge/model'
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector, Map as YMap } from 'yjs'
import { expect, test } from 'vitest'
import { canonicalContent } from '../read/canonical-content.ts'
import { createProjection } from '../read/projection.ts'
import { createHand, type TestHand } from '../testing/hand.ts'
import { grid } from '../testing/replicas.ts'
import { openCoText } from '../text/co-text.ts'
import { applyEdits } from '../write/apply-edits.ts'
import { carryOver } from './carry-over.ts'
import { foldGeneration } from './fold-generation.ts'

const id = 'h1' as RecordId
const household = (record: RecordId): Edit => ({
  op: 'create',
  kind: 'household',
  id: record,
  fields: { house: 'x', phone: '1' },
})
const phone = (value: string): Edit => ({ op: 'set', kind: 'household', id, field: 'phone', value })

function folded(doc: Doc): Doc {
  const next = new Doc()
  applyUpdate(next, foldGeneration(doc, 9))
  return next
}

function copyOf(doc: Doc): Doc {
  const copy = new Doc()
  applyUpdate(copy, encodeStateAsUpdate(doc))
  return copy
}

/** The one document holds both, as those of an older version do. */
function withTexts(hand: TestHand) {
  return { ...hand.documents, diary: hand.documents.ledger }
}

test('[FOLD4] records, texts and list entries that arrive late are carried too, and the same update twice carries nothing twice', () => {
  const hand = createHand('a')
  const { writer } = hand
  const documents = withTexts(hand)
  const { ledger } = documents
  applyEdits(documents, [household(id)], writer)
  openCoText(documents, { kind: 'household', id, field: 'diary' }, writer)?.splice(0, 0, '上午。')
  const old = copyOf(ledger)
  const next = folded(old)
  applyEdits(documents, [household('h2' as RecordId), phone('2')], writer)
  openCoText(documents, { kind: 'household', id, field: 'diary' }, writer)?.splice(3, 0, '下午。')
  openCoText(documents, { kind: 'household', id: 'h2' as RecordId, field: 'diary' }, writer)?.splice(0, 0, '新户。')
  ledger.getArray('journal/2026-11').push([JSON.stringify(['h1', 'ph', 'c', '1', '2', 1, 'a'])])
  const late = encodeStateAsUpdate(ledger, encodeStateVector(old))
  carryOver([old, next], late)
  const once = canonicalContent(next)
  carryOver([old, next], late)
  expect(canonicalContent(next)).toBe(once)
  const view = { ...documents, ledger: next, diary: next }
  const { entries } = createProjection(view, grid, { foldTicket: () => undefined }).snapshot()
  expect([...entries.values()].map(({ fields }) => fields)).toEqual([
    { house: 'x', phone: '2' },
    { house: 'x', phone: '1' },
  ])
  const diaryOf = (record: RecordId): string | undefined =>
    openCoText(view, { kind: 'household', id: record, field: 'diary' }, writer)?.value()
  expect([diaryOf(id), diaryOf('h2' as RecordId)]).toEqual(['上午。下午。', '新户。'])
  expect(next.getArray('journal/2026-11').length).toBe(1)
})

test('[FOLD4] shared types that a later version keeps in lists and maps of its own stand in the way of nothing that arrives late', () => {
  const { documents, writer } = createHand('a')
  const { ledger } = documents
  applyEdits(documents, [household(id)], writer)
  ledger.getArray('later/list').push([new YMap([['a', 1]]), 'x'])
  ledger.getMap('later/map').set('m', new YMap([['a', 1]]))
  const old = copyOf(ledger)
  const next = folded(old)
  applyEdits(documents, [phone('2')], writer)
  ledger.getArray('later/list').push(['y'])
  ledger.getMap('later/map').set('m', 'now a text')
  ledger.getMap('later/map').set('n', 1)
  carryOver([old, next], encodeStateAsUpdate(ledger, encodeStateVector(old)))
  const { entries } = createProjection({ ...documents, ledger: next }, grid, { foldTicket: () => undefined }).snapshot()
  expect(entries.get(id)?.fields).toMatchObject({ phone: '2' })
  expect(next.getArray('later/list').toJSON()).toEqual([{ a: 1 }, 'x', 'y'])
  expect(next.getMap('later/map').get('n')).toBe(1)
})

test('[FOLD3] edits at several places of a text that arrive together late double nothing of what stands between them', () => {
  const { documents, writer } = createHand('a')
  const { ledger } = documents
  applyEdits(documents, [household(id)], writer)
  const diaryIn = (own: Doc) =>
    openCoText({ ...documents, diary: own }, { kind: 'household', id, field: 'diary' }, writer)
  diaryIn(ledger)?.splice(0, 0, '一二三四五六')
  const old = copyOf(ledger)
  const next = folded(old)
  diaryIn(ledger)?.splice(5, 0, '后')
  diaryIn(ledger)?.splice(1, 0, '前')
  diaryIn(ledger)?.splice(0, 1, '')
  diaryIn(next)?.splice(4, 0, '右')
  diaryIn(next)?.splice(2, 0, '左')
  carryOver([old, next], encodeStateAsUpdate(ledger, encodeStateVector(old)))
  expect(diaryIn(next)?.value()).toBe('前二左三四右五后六')
})

test('[FOLD5] a fold leaves agreed values in the blobs, keeps conflicts and deleted records, and is the same wherever it is done', () => {
  const [a, b] = [createHand('a'), createHand('b')]
  applyEdits(a.documents, [household(id), household('h2' as RecordId), household('h3' as RecordId)], a.writer)
  applyUpdate(b.documents.ledger, encodeStateAsUpdate(a.documents.ledger))
  applyEdits(
    a.documents,
    [
      phone('2'),
      { op: 'set', kind: 'household', id, field: 'dogs', value: '一只' },
      { op: 'delete', kind: 'household', id: 'h3' as RecordId },
    ],
    a.writer,
  )
  applyEdits(b.documents, [phone('3')], b.writer)
  applyUpdate(a.documents.ledger, encodeStateAsUpdate(b.documents.ledger))
  applyUpdate(b.documents.ledger, encodeStateAsUpdate(a.documents.ledger))
  const [one, other] = [foldGeneration(a.documents.ledger, 9), foldGeneration(b.documents.ledger, 9)]
  expect(one).toEqual(other)
  const next = new Doc()
  applyUpdate(next, one)
  expect([...next.getMap('s').keys()]).toEqual(['h1/ph/a', 'h1/ph/b', 'h3/~/a'])
  const snapshotOf = (ledger: Doc): unknown => {
    const { entries, trash } = createProjection({ ...a.documents, ledger }, grid, {
      foldTicket: () => undefined,
    }).snapshot()
    return [Object.fromEntries(entries), Object.fromEntries(trash)]
  }
  expect(snapshotOf(next)).toEqual(snapshotOf(a.documents.ledger))
})
