import { expect, test } from 'vitest'
import { instantToInput, parseInput } from './cst-input.ts'

test('[TKA13] times are entered in China Standard Time, whatever zone the device is in', () => {
  const at = Date.parse('2026-11-22T16:30:00Z')
  expect(instantToInput(at)).toBe('2026-11-23T00:30')
  expect(parseInput('2026-11-23T00:30')).toBe(at)
  expect([parseInput(''), parseInput('2026-11')]).toEqual([undefined, undefined])
})
