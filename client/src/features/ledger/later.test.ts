import { createRoot, createSignal } from 'solid-js'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createGrowing, createLater } from './later.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('[STORE5] a long list shows its first rows at once and the others turn by turn, until all are there', () => {
  const [all, setAll] = createSignal([1, 2, 3, 4, 5])
  const { shown, dispose } = createRoot((dispose) => ({ shown: createGrowing(all, 2), dispose }))
  const lengths = [shown().length]
  for (let turn = 0; turn < 3; turn++) {
    vi.runOnlyPendingTimers()
    lengths.push(shown().length)
  }
  setAll([1])
  expect([lengths, shown()]).toEqual([[2, 4, 5, 5], [1]])
  dispose()
})

it('[STORE5] what is made from all records follows their last change', () => {
  const [source, setSource] = createSignal(1)
  const { later, dispose } = createRoot((dispose) => ({ later: createLater(source, 100), dispose }))
  const seen = [later()]
  setSource(2)
  vi.advanceTimersByTime(99)
  setSource(3)
  vi.advanceTimersByTime(99)
  seen.push(later())
  vi.advanceTimersByTime(1)
  seen.push(later())
  expect(seen).toEqual([1, 1, 3])
  dispose()
})
