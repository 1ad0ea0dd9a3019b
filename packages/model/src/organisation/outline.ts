/** 轮廓: a boundary as it lies on the ground, in metres on a plane; over a few streets the earth is flat. */
import type { Boundary, Position } from './boundary.ts'

/** Metres east and south of the north-west corner, as a screen counts. */
export type Point = readonly [east: number, south: number]

export interface Outline {
  readonly rings: readonly (readonly Point[])[]
  /** From west to east and from north to south, in metres. */
  readonly width: number
  readonly height: number
  /** In square metres, without the holes. */
  readonly area: number
}

/** On a sphere of the earth's mean radius. */
const metresPerDegree = (6_371_009 * Math.PI) / 180
/** Square metres: what is said to be smaller is a point or a line. */
const least = 1

/** Undefined when it encloses nothing. */
export function outlineOf({ coordinates }: Boundary): Outline | undefined {
  const positions = coordinates.flat()
  const [west, east] = extent(positions.map(([longitude]) => longitude))
  const [south, north] = extent(positions.map(([, latitude]) => latitude))
  // Towards the poles the meridians draw together.
  const perDegreeEast = metresPerDegree * Math.cos((((south + north) / 2) * Math.PI) / 180)
  const toPoint = ([longitude, latitude]: Position): Point => [
    (longitude - west) * perDegreeEast,
    (north - latitude) * metresPerDegree,
  ]
  const rings = coordinates.map((ring) => ring.map(toPoint))
  const [outer = 0, ...holes] = rings.map(areaOf)
  const area = outer - holes.reduce((sum, hole) => sum + hole, 0)
  if (!(area >= least)) return undefined
  return { rings, width: (east - west) * perDegreeEast, height: (north - south) * metresPerDegree, area }
}

function extent(values: readonly number[]): readonly [least: number, most: number] {
  return values.reduce<readonly [number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  )
}

/** Whichever way round the ring goes. */
function areaOf(ring: readonly Point[]): number {
  const twice = ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y]
    return sum + x * nextY - nextX * y
  }, 0)
  return Math.abs(twice) / 2
}
