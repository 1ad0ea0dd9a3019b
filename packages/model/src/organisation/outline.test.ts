import { describe, expect, it } from 'vitest'
import type { Boundary, Position } from './boundary.ts'
import { outlineOf } from './outline.ts'

const polygon = (...coordinates: readonly (readonly Position[])[]): Boundary => ({ type: 'Polygon', coordinates })

/** Degrees about a corner. */
const box = (west: number, south: number, width: number, height: number): readonly Position[] => [
  [west, south],
  [west + width, south],
  [west + width, south + height],
  [west, south + height],
  [west, south],
]

describe('a boundary on the ground', () => {
  it('[GRIDAPP3] a degree is 111 km from south to north, and less from west to east the further north', () => {
    for (const [latitude, share] of [
      [0, 1],
      [60, 0.5],
      [-60, 0.5],
    ] as const) {
      const outline = outlineOf(polygon(box(120, latitude - 0.001, 0.002, 0.002)))
      expect(outline?.height).toBeCloseTo(222.39, 1)
      expect(outline?.width).toBeCloseTo(222.39 * share, 1)
      expect(outline?.area).toBeCloseTo((outline?.width ?? 0) * (outline?.height ?? 0), 3)
    }
  })
  it('[GRIDAPP3] north is up and east is right', () => {
    const [ring] = outlineOf(polygon(box(116, 39, 0.01, 0.01)))?.rings ?? []
    const rounded = ring?.map((point) => point.map((metres) => Math.round(metres)))
    expect(rounded).toEqual([
      [0, 1112],
      [864, 1112],
      [864, 0],
      [0, 0],
      [0, 1112],
    ])
  })
  it('[GRIDAPP3] holes are rings of their own and no part of the area, whichever way round they go', () => {
    const hole = box(120.001, 0.001, 0.001, 0.001)
    const whole = outlineOf(polygon(box(120, 0, 0.004, 0.004)))
    for (const ring of [hole, hole.toReversed()]) {
      const outline = outlineOf(polygon(box(120, 0, 0.004, 0.004), ring))
      expect(outline?.rings).toHaveLength(2)
      expect(outline?.area).toBeCloseTo(((whole?.area ?? 0) * 15) / 16, 0)
      expect([outline?.width, outline?.height]).toEqual([whole?.width, whole?.height])
    }
  })
  it('[GRIDAPP3] a boundary that encloses nothing has no outline', () => {
    const point: Position = [120, 30]
    expect(outlineOf(polygon([point, point, point, point]))).toBeUndefined()
    const line: readonly Position[] = [point, [120.01, 30.01], [120.02, 30.02], [120.01, 30.01], point]
    expect(outlineOf(polygon(line))).toBeUndefined()
    expect(outlineOf(polygon([]))).toBeUndefined()
    expect(outlineOf(polygon())).toBeUndefined()
    expect(outlineOf(polygon(box(120, 0, 0.002, 0.002), box(120, 0, 0.002, 0.002)))).toBeUndefined()
  })
})
