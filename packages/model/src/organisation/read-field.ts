/** Cells of the sheets of grids and staff, as offices fill them in. */
import { readValue } from '../checks/normalise-field.ts'
import { parseDay } from '../checks/parse-day.ts'
import { fail, ok, type Result } from '../result.ts'
import type { OrganisationProblem } from './check.ts'
import { isOfOwnType, type Equipment, type GridMember, type OrganisationField } from './fields.ts'

type Read = Result<unknown, OrganisationProblem>

/** `text` is not blank. Members are given by `role`, the list GRID_ROLE's code of the column. */
export function readOrganisationField(field: OrganisationField, name: string, text: string, role = ''): Read {
  if (!isOfOwnType(field)) return readValue(field, name, text)
  switch (field.type) {
    case 'boundary':
      return readBoundary(name, text)
    case 'account':
      return ok(text.normalize('NFKC').trim().toLowerCase())
    case 'texts':
      return ok(listed(text))
    case 'equipment':
      return readEach(listed(text), name, readEquipment)
    case 'members':
      return readEach(listed(text), name, (one) => readMember(one, role))
    case 'role':
      return ok(text)
  }
}

function listed(text: string): readonly string[] {
  return text
    .split(/[、;；\n]+/)
    .map((one) => one.trim())
    .filter(Boolean)
}

function readEach<T>(texts: readonly string[], name: string, read: (text: string) => T | undefined): Read {
  const values: T[] = []
  for (const text of texts) {
    const value = read(text)
    if (value === undefined) return fail({ field: name, problem: 'wrongType', detail: text.slice(0, 40) })
    values.push(value)
  }
  return ok(values)
}

/** A GeoJSON text; a Feature around the polygon is taken off, heights are dropped, and a seventh decimal (a centimetre) too. */
function readBoundary(name: string, text: string): Read {
  try {
    const parsed: unknown = JSON.parse(text)
    const shape: unknown = isFeature(parsed) ? parsed.geometry : parsed
    return ok(
      JSON.parse(JSON.stringify(shape), (_key, value: unknown) => {
        if (typeof value === 'number') return Math.round(value * 1e6) / 1e6
        return Array.isArray(value) && value.length === 3 && value.every((one) => typeof one === 'number')
          ? value.slice(0, 2)
          : value
      }),
    )
  } catch {
    return fail({ field: name, problem: 'notPolygon' })
  }
}

function isFeature(value: unknown): value is { readonly geometry: unknown } {
  return typeof value === 'object' && value !== null && 'geometry' in value
}

/** `手机 990000123` or `手机：990000123`. */
function readEquipment(text: string): Equipment | undefined {
  const [, type, number] = /^([^\s:：]+)[\s:：]+(\S.*)$/.exec(text) ?? []
  return type !== undefined && number !== undefined ? { type, number } : undefined
}

/** `lin.xy`, `lin.xy（区文旅局）`, `lin.xy 2026-01-01..2026-12-31`; an open side is left blank. */
function readMember(text: string, role: string): GridMember | undefined {
  const [, account = '', affiliation, fromText = '', toText = ''] =
    /^([^\s(（]+)\s*(?:[(（]([^)）]+)[)）])?\s*(?:(\d[\d\-/.]*?)?\s*(?:\.\.|至|~|～)\s*(\d[\d\-/.]*)?)?$/.exec(text) ??
    []
  if (account === '') return undefined
  const [from, to] = [parseDay(fromText), parseDay(toText)]
  if ((fromText !== '' && from === undefined) || (toText !== '' && to === undefined)) return undefined
  return {
    role,
    account: account.toLowerCase(),
    ...(affiliation === undefined ? {} : { affiliation: affiliation.trim() }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }
}
