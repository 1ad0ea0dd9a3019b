/** One cell to the value of its field, with what is doubtful about it. Knows a field and its text, not the row. */
import {
  findCode,
  normaliseField,
  parsePhone,
  upgradeIdNo,
  withOwnCodes,
  type OwnLists,
  type Value,
} from '@tongge/model'
import { fieldOfTarget, type FieldTarget } from '../columns/targets.ts'
import type { Flaw } from '../read/workbook.ts'
import { parseSheetDay, type DayOptions } from '../values/sheet-day.ts'
import { splitPhones } from '../values/split-phones.ts'
import type { NoteCode } from './report.ts'

export interface CellReading {
  /** Absent when the cell is empty or cannot be used. */
  readonly value?: Value
  /** Why the value is doubtful or missing. */
  readonly note?: { readonly code: NoteCode; readonly detail?: string }
  /** What else the cell says and the field cannot hold. */
  readonly rest?: string
}

/** 是 in a column named after one value of a list. */
const yesMeans: Readonly<Partial<Record<FieldTarget, string>>> = {
  'household.income': 'subsistence',
  'person.politicalStatus': '01',
}
/** 其他亲属: what a word stands for that names no kinship of the list. Somebody who lives here is not left out for it. */
const otherKin = '97'
const codeMemo = new Map<string, CellReading>()

export interface CellOptions extends DayOptions {
  /** What the community added to lists. */
  readonly own?: OwnLists | undefined
}

export function readCell(target: FieldTarget, text: string, flaw: Flaw | undefined, options: CellOptions): CellReading {
  const known = fieldOfTarget(target)
  if (!known) return { note: { code: 'unknownField' } }
  const { kind, name, field } = known
  if (flaw === 'formulaError') return { note: { code: 'formulaError' } }
  if (flaw && (field.type === 'idNo' || field.type === 'text' || field.type === 'uscc')) return { note: { code: flaw } }
  if (text === '') return {}
  switch (field.type) {
    case 'idNo':
      return readIdNo(kind, name, text)
    case 'phone':
      return readPhones(text)
    case 'day': {
      const read = parseSheetDay(text, options)
      if (!read) return { note: { code: 'badDate' } }
      return read.assumed ? { value: read.day, note: { code: 'dayAssumed', detail: read.day } } : { value: read.day }
    }
    case 'code':
    case 'codes': {
      // The same few texts fill a whole column.
      const spoken = withOwnCodes(options.own ?? {}, field.list, text)
      const key = `${target}\u0000${spoken}`
      const memo = codeMemo.get(key)
      if (memo) return memo
      const yes = text === '是' || text === '有' ? yesMeans[target] : undefined
      const reading =
        yes !== undefined && field.type === 'code' && findCode(field.list, spoken) === undefined
          ? { value: yes }
          : kinOrOther(target, readPlain(kind, name, spoken))
      if (codeMemo.size < 10_000) codeMemo.set(key, reading)
      return reading
    }
    case 'text':
      return name === 'name' ? readPlain(kind, name, tidyName(text)) : readPlain(kind, name, text)
    case 'photos':
    case 'coText':
    case 'instant':
    case 'int':
    case 'decimal':
    case 'flag':
    case 'uscc':
    case 'gridCode':
    case 'ref':
      return readPlain(kind, name, text)
  }
}

/** 张 三 = 张三, and one middle dot for names such as 阿依·古丽. */
export function tidyName(text: string): string {
  return text.replace(/[•‧∙⋅・･.．]/g, '·').replace(/([\u3400-\u9fff])\s+(?=[\u3400-\u9fff])/g, '$1')
}

function readPlain(kind: Parameters<typeof normaliseField>[0], name: string, text: string): CellReading {
  const read = normaliseField(kind, name, text)
  if (!read.ok)
    return {
      note: { code: read.failure.problem, ...(read.failure.detail !== undefined && { detail: read.failure.detail }) },
    }
  return read.value === undefined ? {} : { value: read.value }
}

function kinOrOther(target: FieldTarget, reading: CellReading): CellReading {
  return target === 'person.kinToHead' && reading.note?.code === 'notInList'
    ? { value: otherKin, note: { code: 'otherKin' } }
    : reading
}

function readIdNo(kind: Parameters<typeof normaliseField>[0], name: string, text: string): CellReading {
  const compact = text.replace(/[\s-]/g, '')
  const upgraded = upgradeIdNo(compact)
  return upgraded === undefined ? readPlain(kind, name, compact) : { value: upgraded, note: { code: 'oldIdNo' } }
}

/** The first number that is one is kept; the others and the words beside them are handed on. */
function readPhones(text: string): CellReading {
  const { numbers, words } = splitPhones(text)
  const parsed = numbers.map((number) => ({ number, phone: parsePhone(number) }))
  const first = parsed.find(({ phone }) => phone.ok)
  if (!first?.phone.ok) {
    const whole = parsePhone(text)
    return whole.ok ? { value: whole.value } : { note: { code: 'badPhone' } }
  }
  const others = parsed.filter((each) => each !== first).map(({ number, phone }) => (phone.ok ? phone.value : number))
  const rest = [...others, words].filter((part) => part !== '').join(' ')
  return rest === ''
    ? { value: first.phone.value }
    : { value: first.phone.value, rest, note: { code: 'morePhones', detail: rest } }
}
