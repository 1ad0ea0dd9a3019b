import type { Edit, RecordId } from '@tongge/model'
import * as fc from 'fast-check'
import { Doc } from 'yjs'
import { expect, test } from 'vitest'
import type { CoText, CoTextDelta } from '../api.ts'
import { carryText, spliceBetween } from '../fold/carry-text.ts'
import { createHand, exchange, type TestHand } from '../testing/hand.ts'
import { grid } from '../testing/replicas.ts'
import { createProjection } from '../read/projection.ts'
import { isLocalOrigin } from '../origin.ts'
import { applyEdits } from '../write/apply-edits.ts'
import { openCoText } from './co-text.ts'

const seed = Number(process.env['TONGGE_SEED'] ?? 20261123)
/** Milliseconds; no target, only for machines busy with other things. */
const patience = 180_000
const id = 'h1' as RecordId
const create: Edit = { op: 'create', kind: 'household', id, fields: { house: 'x' } }

function diary({ documents, writer }: TestHand): CoText {
  const text = openCoText(documents, { kind: 'household', id, field: 'diary' }, writer)
  if (!text) throw new Error('no text')
  return text
}

function patched(value: string, delta: readonly CoTextDelta[]): string {
  let at = 0
  let result = ''
  for (const part of delta) {
    if ('insert' in part) result += part.insert
    else if ('remove' in part) at += part.remove
    else {
      result += value.slice(at, at + part.retain)
      at += part.retain
    }
  }
  return result + value.slice(at)
}

function twoHands(): readonly [TestHand, TestHand] {
  const [a, b] = [createHand('a'), createHand('b')]
  applyEdits(a.documents, [create], a.writer)
  exchange(a, b)
  return [a, b]
}

test('[TEXT1] a text begun by two people at once keeps both, one after the other, and both stay editable as one', () => {
  const [a, b] = twoHands()
  const [one, other] = [diary(a), diary(b)]
  one.splice(0, 0, '上午。')
  other.splice(0, 0, '下午。')
  exchange(a, b)
  expect([one.value(), other.value()]).toEqual(['上午。下午。', '上午。下午。'])
  one.splice(1, 4, '-')
  exchange(a, b)
  expect(other.value()).toBe('上-。')
})

test(
  `[TEXT2] the deltas told to a binding always turn its text into the shared one, and all replicas end alike (seed ${seed})`,
  () => {
    const splice = fc.record({
      who: fc.nat(1),
      at: fc.nat(12),
      remove: fc.nat(3),
      insert: fc.constantFrom('', 'a', '网格', '😀', 'xyz'),
      sync: fc.boolean(),
      undo: fc.nat(9),
    })
    fc.assert(
      fc.property(fc.array(splice, { maxLength: 25 }), (splices) => {
        const hands = twoHands()
        const texts = hands.map(diary)
        const shown = ['', '']
        for (const [index, text] of texts.entries())
          text.onRemote((delta) => (shown[index] = patched(shown[index] ?? '', delta)))
        for (const { who, at, remove, insert, sync, undo } of splices) {
          const text = texts[who]
          if (!text) continue
          if (undo === 0) text.undo()
          else {
            text.splice(Math.min(at, text.value().length), remove, insert)
            shown[who] = text.value()
          }
          if (sync) exchange(...hands)
          expect(texts.map((each) => each.value())).toEqual(shown)
          expect(text.value().isWellFormed()).toBe(true)
        }
        exchange(...hands)
        expect(shown[0]).toBe(shown[1])
        expect(texts.map((each) => each.value())).toEqual(shown)
      }),
      { seed, numRuns: 300 },
    )
  },
  patience,
)

test('[TEXT3] undo takes back one’s own typing only, and counts as a local edit', () => {
  const [a, b] = twoHands()
  const [one, other] = [diary(a), diary(b)]
  one.splice(0, 0, '我的')
  exchange(a, b)
  other.splice(2, 0, '他的')
  exchange(a, b)
  const origins: boolean[] = []
  a.documents.diary.on('update', (_, origin) => origins.push(isLocalOrigin(origin)))
  one.undo()
  exchange(a, b)
  expect([one.value(), other.value()]).toEqual(['他的', '他的'])
  expect(origins[0]).toBe(true)
})

test('[TEXT4] a deletion that had not seen what was written into a text leaves the record in view', () => {
  const [a, b] = twoHands()
  diary(a).splice(0, 0, '日记')
  exchange(a, b)
  applyEdits(a.documents, [{ op: 'delete', kind: 'household', id }], a.writer)
  const projection = createProjection(a.documents, grid, { foldTicket: () => undefined })
  expect(projection.snapshot().trash.has(id)).toBe(true)
  diary(b).splice(2, 0, '续')
  exchange(a, b)
  expect(projection.snapshot().entries.get(id)?.deletion).toBeDefined()
})

test(
  `[FOLD3] a late edit of a text is repeated on the folded text without losing what either side put in (seed ${seed})`,
  () => {
    const edit = fc.tuple(fc.nat(20), fc.nat(6), fc.string({ unit: fc.constantFrom('A', 'B', '😀'), maxLength: 4 }))
    const spliced = (text: string, [at, remove, insert]: readonly [number, number, string]): string =>
      text.slice(0, at) + insert + text.slice(at + remove)
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 20 }),
        edit,
        edit,
        (before, late, since) => {
          const there = new Doc().getText('t')
          there.insert(0, spliced(before, since))
          carryText(before, [spliceBetween(before, spliced(before, late))], there)
          for (const [, , insert] of [late, since])
            for (const unit of ['A', 'B', '😀'])
              expect(there.toJSON().split(unit).length).toBeGreaterThanOrEqual(insert.split(unit).length)
          const alone = new Doc().getText('t')
          alone.insert(0, before)
          carryText(before, [spliceBetween(before, spliced(before, late))], alone)
          expect(alone.toJSON()).toBe(spliced(before, late))
        },
      ),
      { seed, numRuns: 500 },
    )
  },
  patience,
)
