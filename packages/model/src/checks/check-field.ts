/** Whether one value fits its field. Rules between fields and records are `plan`'s. */
import { isCode } from '../codes/index.ts'
import type { FieldProblem, FieldProblemCode } from '../commands.ts'
import type { FieldType, Value } from '../field.ts'
import { parseGridCode, parseRecordId } from '../ids.ts'
import { mostPhotos, parsePhotoRef } from '../photo-ref.ts'
import { fieldOf, type Kind } from '../records.ts'
import { dayOf, isDay, type Day } from '../time.ts'
import { parseIdNo } from './id-no.ts'
import { parsePhone } from './phone.ts'
import { isWrongRegion } from './region.ts'
import { parseUscc } from './uscc.ts'

export interface CheckContext {
  /** The day by which dates of things past are judged. */
  readonly today: Day
}

type Problem = { readonly problem: FieldProblemCode; readonly detail?: string }

/** Days and instants of what has happened; all others may lie ahead. */
const pastFields = new Set([
  'birthDate',
  'deceasedOn',
  'movedOutOn',
  'registeredOn',
  'lastConfirmedAt',
  'floatingConfirmedAt',
  'notedAt',
])

const regionFields = new Set(['registeredRegion', 'residenceRegion'])

/** undefined when the value fits. Whether a reference leads anywhere is not checked here. */
export function checkField(
  kind: Kind,
  name: string,
  value: Value | undefined,
  context: CheckContext,
): FieldProblem | undefined {
  const field = fieldOf(kind, name)
  if (!field) return { field: name, problem: 'unknownField' }
  if (value === undefined || value === '') return field.required ? { field: name, problem: 'required' } : undefined
  const problem = checkValue(field, name, value, context)
  return problem && { field: name, ...problem }
}

export function checkValue(field: FieldType, name: string, value: Value, { today }: CheckContext): Problem | undefined {
  switch (field.type) {
    case 'int':
    case 'decimal':
      if (typeof value !== 'number' || !Number.isFinite(value) || (field.type === 'int' && !Number.isInteger(value)))
        return { problem: 'wrongType' }
      return value < field.min || value > field.max
        ? { problem: 'outOfRange', detail: `${field.min}–${field.max}` }
        : undefined
    case 'instant':
      if (typeof value !== 'number' || !Number.isSafeInteger(value) || Math.abs(value) > 8e15)
        return { problem: 'wrongType' }
      return pastFields.has(name) && dayOf(value) > today ? { problem: 'futureDate' } : undefined
    case 'flag':
      return typeof value === 'boolean' ? undefined : { problem: 'wrongType' }
    case 'codes': {
      if (!Array.isArray(value)) return { problem: 'wrongType' }
      const codes: readonly unknown[] = value
      const unknown = codes.find((code) => typeof code !== 'string' || !isCode(field.list, code))
      return unknown === undefined
        ? undefined
        : { problem: 'notInList', detail: typeof unknown === 'string' ? unknown.slice(0, 40) : typeof unknown }
    }
    case 'photos':
      if (!Array.isArray(value) || !value.every((photo) => parsePhotoRef(photo))) return { problem: 'wrongType' }
      return value.length > mostPhotos ? { problem: 'outOfRange', detail: `0–${mostPhotos}` } : undefined
    case 'coText':
      return { problem: 'wrongType' }
    case 'text':
    case 'code':
    case 'day':
    case 'phone':
    case 'idNo':
    case 'uscc':
    case 'gridCode':
    case 'ref':
      return typeof value === 'string' ? checkText(field, name, value, today) : { problem: 'wrongType' }
  }
}

type TextField = Extract<FieldType, { type: 'text' | 'code' | 'day' | 'phone' | 'idNo' | 'uscc' | 'gridCode' | 'ref' }>

function checkText(field: TextField, name: string, value: string, today: Day): Problem | undefined {
  switch (field.type) {
    case 'text':
      if (regionFields.has(name) && isWrongRegion(value)) return { problem: 'badRegion' }
      return value.length > field.max ? { problem: 'tooLong', detail: String(field.max) } : undefined
    case 'code':
      return isCode(field.list, value) ? undefined : { problem: 'notInList', detail: value.slice(0, 40) }
    case 'day':
      if (!isDay(value)) return { problem: 'badDate' }
      if (name === 'birthDate' && value < '1850') return { problem: 'outOfRange', detail: '1850' }
      return pastFields.has(name) && value > today ? { problem: 'futureDate' } : undefined
    case 'phone': {
      const phone = parsePhone(value)
      return phone.ok ? undefined : { problem: phone.failure }
    }
    case 'idNo': {
      const identity = parseIdNo(value)
      if (identity.ok) return identity.value.birthDate > today ? { problem: 'badIdDate' } : undefined
      // The length tells a first-generation number of 15 digits from a slip of the finger.
      return identity.failure === 'badIdLength'
        ? { problem: 'badIdLength', detail: String(value.trim().length) }
        : { problem: identity.failure }
    }
    case 'uscc': {
      const code = parseUscc(value)
      return code.ok ? undefined : { problem: code.failure }
    }
    case 'gridCode':
      return parseGridCode(value) ? undefined : { problem: 'badGridCode' }
    case 'ref':
      return parseRecordId(value) ? undefined : { problem: 'unknownReference' }
  }
}
