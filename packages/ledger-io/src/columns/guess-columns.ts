/** Proposes where each column goes, by its name and by what its cells look like. A proposal only: people correct it. */
import { findCode } from '@tongge/model'
import { cleanText } from '../read/cell-text.ts'
import type { Table } from '../tables/table.ts'
import { withoutNothing } from '../values/emptiness.ts'
import { matchHeader } from './header-match.ts'
import { fieldOfTarget, type FieldTarget, type Mapping, type Target } from './targets.ts'
import { whoseColumn } from './whose-column.ts'

export interface ColumnGuess {
  readonly target: Target | undefined
  /** 0 to 1; above 0.9 the name is the usual one and the cells fit. */
  readonly confidence: number
  readonly by: 'name' | 'content' | 'none'
  /** The field is collected only where a community switched it on, so it is proposed but not chosen. */
  readonly off?: true
  /** The column tells about somebody who is not the person of the row, such as 配偶姓名: left out, so that nobody gets another's number. */
  readonly ofAnother?: true
}

interface Candidate {
  readonly column: number
  readonly target: Target | undefined
  readonly score: number
  readonly by: 'name' | 'content'
}

const sampleCount = 60

/** Texts of each column's first filled cells, for `guessColumns` and for showing beside its name. */
export function sampleColumns(table: Table, count: number = sampleCount): readonly (readonly string[])[] {
  return table.header.map((_, c) => {
    const texts: string[] = []
    for (const row of table.rows) {
      const text = withoutNothing(row.cells[c] ?? '')
      if (text !== '') texts.push(text)
      if (texts.length === count) break
    }
    return texts
  })
}

/** One guess per column; every target but the remark is given to at most one column. `switchedOn` names opt-in fields such as `household.income`. */
export function guessColumns(
  header: readonly string[],
  samples: readonly (readonly string[])[],
  switchedOn: readonly string[] = [],
): readonly ColumnGuess[] {
  const candidates = ofOnePerson(
    header,
    header.flatMap((text, column) => candidatesFor(cleanText(text), samples[column] ?? [], column)),
  )
  const guesses: ColumnGuess[] = header.map(() => ({ target: undefined, confidence: 0, by: 'none' }))
  const settled = new Set<number>()
  const taken = new Set<Target>()
  for (const { column, target, score, by } of candidates.toSorted((a, b) => b.score - a.score || a.column - b.column)) {
    if (settled.has(column) || (target !== undefined && taken.has(target) && target !== 'person.remark')) continue
    settled.add(column)
    if (target) taken.add(target)
    const off = target !== undefined && fieldOfTarget(target)?.field.optIn === true && !switchedOn.includes(target)
    const ofAnother = target === undefined && whoseColumn(header[column] ?? '') !== undefined
    guesses[column] = { target, confidence: score, by, ...(off && { off }), ...(ofAnother && { ofAnother }) }
  }
  return settleAddress(guesses)
}

/** What the guesses amount to, with usual values for required fields that no column gives. */
export function mappingOf(guesses: readonly ColumnGuess[]): Mapping {
  const columns = guesses.map(({ target, off, confidence }) => (off || confidence < 0.5 ? undefined : target))
  const defaults: Partial<Record<FieldTarget, string>> = {
    'person.resident': '01',
    'house.occupancy': 'owner',
    'person.sex': '0',
  }
  const head = columns.indexOf('headName')
  if (!columns.includes('person.name') && head >= 0) columns[head] = 'person.name'
  if (!columns.includes('person.kinToHead')) defaults['person.kinToHead'] = '97'
  return { columns, defaults }
}

/** Who a row is about decides whose number, sex, birth and phone are read: 户主身份证号 is the head's where 户主姓名 is the name, and nobody's where 姓名 is. */
function ofOnePerson(header: readonly string[], candidates: readonly Candidate[]): readonly Candidate[] {
  const isOfHead = ({ column }: Candidate): boolean => whoseColumn(header[column] ?? '') === 'head'
  const isOfPerson = ({ target }: Candidate): boolean => target?.startsWith('person.') === true
  // 与户主关系 and 户主关系 are told of everybody.
  const isOwn = ({ target }: Candidate): boolean => target === 'person.kinToHead'
  const named = candidates.some((each) => each.target === 'person.name' && each.score >= 0.5 && !isOfHead(each))
  if (named)
    return candidates.map((each) =>
      isOfHead(each) && isOfPerson(each) && !isOwn(each) ? { ...each, target: undefined } : each,
    )
  const ofHead = new Set(candidates.filter((each) => isOfHead(each) && isOfPerson(each)).map(({ target }) => target))
  return candidates.filter((each) => isOfHead(each) || !ofHead.has(each.target))
}

function candidatesFor(text: string, samples: readonly string[], column: number): readonly Candidate[] {
  const byName = matchHeader(text).map(({ target, score }) => ({
    column,
    target,
    score: score * fit(target, samples),
    by: 'name' as const,
  }))
  const bestName = byName[0]?.score ?? 0
  if (bestName >= 0.5 || samples.length < 3) return byName
  const byContent = contentTests.flatMap(([target, isLike, score]) =>
    shareOf(samples, isLike) >= 0.8 ? [{ column, target, score, by: 'content' as const }] : [],
  )
  return [...byName, ...byContent]
}

const isIdLike = (text: string): boolean =>
  /^\d{17}[\dXx]$/.test(text) || /^\d{15}$/.test(text) || /^\d\.\d+[eE]\+?17$/.test(text)
const isMobile = (text: string): boolean => /1[3-9]\d[ -]?\d{4}[ -]?\d{4}/.test(text)
const isPhoneLike = (text: string): boolean => isMobile(text) || /^(0\d{2,3}-?)?[2-9]\d{6,7}/.test(text)
const isDateLike = (text: string): boolean =>
  /^(19|20)\d{2}[-./年]\d{1,2}([-./月]\d{1,2}日?)?$/.test(text) || /^(19|20)\d{2}[01]\d[0-3]\d$/.test(text)
const isNameLike = (text: string): boolean =>
  /^[\u4e00-\u9fff]{2,4}$/.test(text) && !findCode('KIN', text) && !/[楼栋室号区]/.test(text)

/** Tried in this order where the name says nothing. */
const contentTests: readonly (readonly [Target, (text: string) => boolean, number])[] = [
  ['person.idNo', isIdLike, 0.75],
  ['person.phone', isMobile, 0.7],
  ['person.sex', (text) => text === '男' || text === '女', 0.75],
  ['person.kinToHead', (text) => findCode('KIN', text) !== undefined && !/^\d/.test(text), 0.65],
  ['person.ethnicity', (text) => text.endsWith('族') && findCode('NATION', text) !== undefined, 0.7],
  ['address', (text) => /\d+(号楼|栋|幢|座).*\d{3,4}|\d+-\d+-\d{3,4}/.test(text), 0.65],
  ['building.name', (text) => /^\d+(号楼|栋|幢|座)$/.test(text), 0.65],
  ['person.birthDate', isDateLike, 0.55],
  ['person.name', isNameLike, 0.55],
]

const expected: Partial<Record<Target, (text: string) => boolean>> = {
  'person.idNo': (text) => isIdLike(text) || /^\d{13,20}[Xx]?$/.test(text),
  'person.phone': isPhoneLike,
  'household.phone': isPhoneLike,
  'person.birthDate': (text) => isDateLike(text) || /^\d{5}$/.test(text) || /^(19|20)?\d{2}\D/.test(text),
  'person.sex': (text) => findCode('SEX', text) !== undefined,
  'person.kinToHead': (text) => findCode('KIN', text) !== undefined,
  headName: (text) => !/\d/.test(text) && text !== '是' && text !== '否',
}

/** Halves the trust in a name whose cells hold something else. */
function fit(target: Target | undefined, samples: readonly string[]): number {
  const test = target === undefined ? undefined : expected[target]
  return test && samples.length >= 3 && shareOf(samples, test) < 0.3 ? 0.45 : 1
}

function shareOf(samples: readonly string[], test: (text: string) => boolean): number {
  return samples.length === 0 ? 0 : samples.filter(test).length / samples.length
}

/** 现住址 is where the household lives when no column gives the door, else only a person's own address. */
function settleAddress(guesses: readonly ColumnGuess[]): readonly ColumnGuess[] {
  const hasDoor = guesses.some(({ target, confidence }) => target === 'house.door' && confidence >= 0.5)
  const residence = guesses.some(({ target }) => target === 'person.residenceAddress')
  if (!hasDoor) return guesses
  return guesses.map((guess) =>
    guess.target === 'address' && !residence ? { ...guess, target: 'person.residenceAddress' } : guess,
  )
}
