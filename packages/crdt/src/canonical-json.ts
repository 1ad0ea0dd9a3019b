import { AbstractType } from 'yjs'

/** One text per JSON-like value, whatever order its keys came in; total on everything a Yjs document can hold. Shared types are not looked into. */

export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'bigint') return `{"bigint":"${value}"}`
  if (typeof value === 'number' && !Number.isFinite(value)) return `{"number":"${value}"}`
  if (value instanceof AbstractType) return '{"shared":true}'
  if (value instanceof Uint8Array) return `{"bytes":[${value.join(',')}]}`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`
  }
  return JSON.stringify(value) ?? '{"undefined":true}'
}

export function sameJson(one: unknown, other: unknown): boolean {
  return one === other || canonicalJson(one) === canonicalJson(other)
}
