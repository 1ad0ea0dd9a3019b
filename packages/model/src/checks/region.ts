/** 行政区划代码 (GB/T 2260): six digits, of which the first two are the province. */

/** Provinces of GB/T 2260, and 99 for fictional ones. */
export const provinces: ReadonlySet<string> = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 99'.split(' '),
)

export function isRegion(text: string): boolean {
  return /^\d{6}$/.test(text) && provinces.has(text.slice(0, 2))
}

/** Regions are written by name or by code; what consists of digits is meant for a code. */
export function isWrongRegion(text: string): boolean {
  return /^[\d\s]+$/.test(text) && !isRegion(text)
}
