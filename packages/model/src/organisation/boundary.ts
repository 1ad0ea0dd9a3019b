/** 边界: where a grid ends, as a GeoJSON Polygon (RFC 7946): longitude before latitude, degrees of WGS 84. */

/** The first ring is the outer one, the others are holes; the last position of each is its first. */
export interface Boundary {
  readonly type: 'Polygon'
  readonly coordinates: readonly (readonly Position[])[]
}
export type Position = readonly [longitude: number, latitude: number]

/** A finer line says nothing more of a few streets, and every device carries it. */
export const boundaryPositions = 500

export type BoundaryProblem = 'notPolygon' | 'openRing' | 'shortRing' | 'badPosition' | 'tooManyPositions'

/** Undefined when it is one. Which way round a ring goes is not asked, as the RFC advises. */
export function boundaryProblem(value: unknown): BoundaryProblem | undefined {
  if (!isObject(value) || value['type'] !== 'Polygon') return 'notPolygon'
  const { coordinates } = value
  if (!Array.isArray(coordinates) || coordinates.length === 0 || !coordinates.every(Array.isArray)) return 'notPolygon'
  const rings: readonly (readonly unknown[])[] = coordinates
  if (rings.reduce((sum, ring) => sum + ring.length, 0) > boundaryPositions) return 'tooManyPositions'
  for (const ring of rings) {
    if (!ring.every(isPosition)) return 'badPosition'
    if (ring.length < 4) return 'shortRing'
    const [first, last] = [ring[0], ring.at(-1)]
    if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) return 'openRing'
  }
  return undefined
}

function isPosition(value: unknown): value is Position {
  return Array.isArray(value) && value.length === 2 && isWithin(value[0], 180) && isWithin(value[1], 90)
}

function isWithin(value: unknown, limit: number): boolean {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= limit
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
