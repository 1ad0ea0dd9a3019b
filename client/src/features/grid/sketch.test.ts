import { expect, test } from 'vitest'
import { pathOf, sketchOf } from './sketch.ts'

test('[GRIDAPP3] the paper has a margin on all sides, and is neither a thread nor higher than wide', () => {
  for (const [width, height] of [
    [250, 180],
    [180, 250],
    [5000, 10],
    [10, 5000],
    [1, 1],
  ] as const) {
    const paper = sketchOf({ width, height })
    const ratio = paper.width / paper.height
    expect(ratio).toBeGreaterThan(0.999)
    expect(ratio).toBeLessThan(1.801)
    const beside = 0.079 * Math.max(width, height)
    expect(paper.left).toBeLessThan(-beside)
    expect(paper.top).toBeLessThan(-beside)
    // The outline lies in the middle.
    expect(paper.left + paper.width - width).toBeCloseTo(-paper.left, 6)
    expect(paper.top + paper.height - height).toBeCloseTo(-paper.top, 6)
  }
})

test('[GRIDAPP3] the bar is a round length and at most about a third of the paper', () => {
  const barOf = (width: number): number => sketchOf({ width, height: width / 2 }).bar
  expect([0.9, 9, 80, 250, 444, 1000, 12_000].map(barOf)).toEqual([0.2, 2, 20, 100, 100, 200, 2000])
})

test('[GRIDAPP3] each ring is a closed line of its own', () => {
  const square = [
    [0, 0],
    [10, 0],
    [10, 10.004],
    [0, 0],
  ] as const
  expect(pathOf({ rings: [square, square] })).toBe('M0 0L10 0L10 10L0 0ZM0 0L10 0L10 10L0 0Z')
})
