import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeBetween, shiftIndex } from './text-change.ts'

const seed = 20261

test('[LED20] applying the change found between two texts gives the second text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', '中', '😀') }),
      fc.string({ unit: fc.constantFrom('a', 'b', '中', '😁') }),
      fc.nat(),
      (before, after, place) => {
        const change = changeBetween(before, after, place % (after.length + 1))
        const result =
          change === undefined
            ? before
            : before.slice(0, change.at) + change.insert + before.slice(change.at + change.remove)
        expect(result).toBe(after)
      },
    ),
    { seed, numRuns: 500 },
  )
})

test('[LED20] the caret tells which of several like letters was typed', () => {
  expect(changeBetween('aaa', 'aaaa', 2)).toEqual({ at: 1, remove: 0, insert: 'a' })
  expect(changeBetween('aaa', 'aa', 1)).toEqual({ at: 1, remove: 1, insert: '' })
})

test('[LED20] a change never cuts an emoji in half', () => {
  expect(changeBetween('x😀', 'x😁', 3)).toEqual({ at: 1, remove: 2, insert: '😁' })
})

test('[LED20] a place in the text moves with what others insert and remove before it', () => {
  expect(shiftIndex(3, [[{ retain: 1 }, { insert: 'YY' }]], 'before')).toBe(5)
  expect(shiftIndex(3, [[{ retain: 1 }, { remove: 5 }]], 'before')).toBe(1)
  expect(shiftIndex(1, [[{ retain: 1 }, { insert: 'Y' }]], 'before')).toBe(1)
  expect(shiftIndex(1, [[{ retain: 1 }, { insert: 'Y' }]], 'after')).toBe(2)
})
