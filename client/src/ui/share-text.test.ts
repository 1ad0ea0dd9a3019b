import { expect, test } from 'vitest'
import { shareText } from './share-text.ts'

test('[LED4] a ring rounds its share down, so that 100 % is shown only for all', () => {
  expect([shareText(0, 3), shareText(2, 3), shareText(1999, 2000), shareText(2000, 2000)]).toEqual([
    '0%',
    '66%',
    '99%',
    '100%',
  ])
})

test('[LED4] a ring with nothing to divide by shows a dash, neither 0 % nor 100 %', () => {
  expect(shareText(0, 0)).toBe('–')
})
