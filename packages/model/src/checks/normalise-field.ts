/** Text as typed or imported, turned into the value a field holds. */
import { findCode } from '../codes/index.ts'
import type { FieldProblem } from '../commands.ts'
import type { Field, FieldType, Value } from '../field.ts'
import { fieldOf, type Kind } from '../records.ts'
import { fail, ok, type Result } from '../result.ts'
import { startOfDay, type Instant } from '../time.ts'
import { parseIdNo } from './id-no.ts'
import { parseDay } from './parse-day.ts'
import { parsePhone } from './phone.ts'
import { plainText } from './text.ts'
import { parseUscc } from './uscc.ts'

const yes = new Set(['是', '有', '√', '✓', 'y', 'yes', 'true', '1', '对'])
const no = new Set(['否', '无', '没有', '×', 'n', 'no', 'false', '0', '不是'])

/** The value meant, undefined for blank text. What cannot be read is a problem; ranges and required fields are `checkField`'s. */
export function normaliseField(kind: Kind, name: string, text: string): Result<Value | undefined, FieldProblem> {
  const field = fieldOf(kind, name)
  if (!field) return fail({ field: name, problem: 'unknownField' })
  const typed = text.trim()
  return typed === '' ? ok(undefined) : readValue(field, name, typed)
}

/** Brings a value that is already typed to the one spelling that is stored: trimmed, half-width digits, upper-case X. Leaves what it cannot read. */
export function normaliseValue(field: Field, value: Value | undefined): Value | undefined {
  if (Array.isArray(value)) return value.length === 0 ? undefined : [...new Set<string>(value)]
  if (typeof value !== 'string') return value
  const text = value.trim()
  if (text === '') return undefined
  const read = field.type === 'phone' ? parsePhone(text) : field.type === 'uscc' ? parseUscc(text) : undefined
  if (read) return read.ok ? read.value : text
  if (field.type !== 'idNo') return text
  const identity = parseIdNo(text)
  return identity.ok ? identity.value.idNo : text
}

/** `typed` is not blank. */
export function readValue(field: FieldType, name: string, typed: string): Result<Value, FieldProblem> {
  const problem = (code: FieldProblem['problem']): Result<Value, FieldProblem> =>
    fail({ field: name, problem: code, detail: typed.slice(0, 40) })
  switch (field.type) {
    case 'text':
      return typed.length > field.max ? fail({ field: name, problem: 'tooLong', detail: String(field.max) }) : ok(typed)
    case 'code': {
      const code = findCode(field.list, typed)
      return code === undefined ? problem('notInList') : ok(code)
    }
    case 'codes': {
      const codes = typed.split(/[、,，;；/\s]+/).filter(Boolean)
      const found = codes.map((text) => findCode(field.list, text))
      const missing = codes.find((_, index) => found[index] === undefined)
      return missing === undefined
        ? ok([...new Set(found.filter((code) => code !== undefined))])
        : fail({ field: name, problem: 'notInList', detail: missing })
    }
    case 'day': {
      const day = parseDay(typed)
      return day === undefined ? problem('badDate') : ok(day)
    }
    case 'instant': {
      const at = parseInstant(typed)
      return at === undefined ? problem('badDate') : ok(at)
    }
    case 'int':
    case 'decimal': {
      const number = parseNumber(typed)
      return number === undefined || (field.type === 'int' && !Number.isInteger(number))
        ? problem('wrongType')
        : ok(number)
    }
    case 'flag': {
      const word = plainText(typed).toLowerCase()
      return yes.has(word) ? ok(true) : no.has(word) ? ok(false) : problem('wrongType')
    }
    case 'phone': {
      const phone = parsePhone(typed)
      return phone.ok ? phone : problem(phone.failure)
    }
    case 'idNo': {
      const identity = parseIdNo(typed)
      if (identity.ok) return ok(identity.value.idNo)
      // Never the number itself: a problem may be shown and logged where the number may not.
      return fail({ field: name, problem: identity.failure, detail: String(plainText(typed).length) })
    }
    case 'uscc': {
      const code = parseUscc(typed)
      return code.ok ? code : problem(code.failure)
    }
    case 'gridCode':
    case 'ref':
      return ok(plainText(typed))
    case 'photos':
    case 'coText':
      return problem('wrongType')
  }
}

/** Digits with a unit behind them (85㎡, 6层) count as the number. */
function parseNumber(text: string): number | undefined {
  const match = /^(-?\d+(?:\.\d+)?)\s*(?:m2|㎡|平方米|平米|平|层|楼|户|人|个|年)?$/i.exec(
    plainText(text).replace(/(\d),(?=\d{3})/g, '$1'),
  )
  return match ? Number(match[1]) : undefined
}

/** A day, or a day and a time of day in China Standard Time, or an ISO instant with its zone. */
function parseInstant(text: string): Instant | undefined {
  const plain = plainText(text)
  if (/^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:\d{2})$/.test(plain)) {
    const at = Date.parse(plain)
    return Number.isNaN(at) ? undefined : at
  }
  const day = parseDay(plain)
  if (day === undefined) return undefined
  const time = /[ T](\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(plain)
  const [hours = 0, minutes = 0, seconds = 0] = time ? time.slice(1).map((part) => Number(part ?? 0)) : []
  return hours > 23 || minutes > 59 || seconds > 59
    ? undefined
    : startOfDay(day) + ((hours * 60 + minutes) * 60 + seconds) * 1000
}
