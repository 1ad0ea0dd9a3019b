/** Whether the fields of one record are sound, each by itself, together, and against the records they name. */
import { checkField } from '../checks/check-field.ts'
import { parseIdNo } from '../checks/id-no.ts'
import { normaliseValue } from '../checks/normalise-field.ts'
import type { FieldProblem, FieldValues } from '../commands.ts'
import type { Value } from '../field.ts'
import { fieldsOf } from '../fields.ts'
import type { GridCode } from '../ids.ts'
import { fieldOf, type Kind } from '../records.ts'
import type { Day } from '../time.ts'
import { referencesOf } from './references.ts'

export interface Surroundings {
  readonly grid: GridCode
  readonly today: Day
  /** The kind of the record with this id, if there is one. */
  readonly kindOf: (id: string) => Kind | undefined
}

/** Brings all values to the spelling that is stored; blank text becomes "not known". */
export function normaliseFields(kind: Kind, fields: FieldValues): FieldValues {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const field = fieldOf(kind, name)
      return [name, field ? normaliseValue(field, value) : value]
    }),
  )
}

/** The fields and, for a person with a valid ID number, the sex and birth date it tells where those are not known. */
export function completeIdentity(kind: Kind, changed: FieldValues, before: FieldValues = {}): FieldValues {
  const idNo = changed['idNo']
  if (kind !== 'person' || typeof idNo !== 'string') return changed
  const identity = parseIdNo(idNo)
  if (!identity.ok) return changed
  const whole: FieldValues = { ...before, ...changed }
  const isSexKnown = whole['sex'] === '1' || whole['sex'] === '2'
  return {
    ...changed,
    ...(isSexKnown ? {} : { sex: identity.value.sex }),
    ...(whole['birthDate'] === undefined ? { birthDate: identity.value.birthDate } : {}),
  }
}

/** Problems of a record to be: every field it has, and the required ones it lacks. */
export function checkNewRecord(kind: Kind, fields: FieldValues, surroundings: Surroundings): readonly FieldProblem[] {
  const missing = fieldsOf(kind)
    .filter((field) => field.required && fields[field.name] === undefined)
    .map((field): FieldProblem => ({ field: field.name, problem: 'required' }))
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  return [...missing, ...checkChanges(kind, given, {}, surroundings)]
}

/** Problems of the changed fields only: what was wrong before does not stand in the way of another change. */
export function checkChanges(
  kind: Kind,
  changed: FieldValues,
  before: FieldValues,
  surroundings: Surroundings,
): readonly FieldProblem[] {
  const problems: FieldProblem[] = []
  for (const [name, value] of Object.entries(changed)) {
    const problem = checkField(kind, name, value, surroundings)
    if (problem) problems.push(problem)
  }
  const faulty = new Set(problems.map((problem) => problem.field))
  for (const reference of referencesOf(kind)) {
    const value: Value | undefined = changed[reference.field]
    if (typeof value !== 'string' || faulty.has(reference.field)) continue
    if (surroundings.kindOf(value) !== reference.kind)
      problems.push({ field: reference.field, problem: 'unknownReference' })
  }
  if (changed['gridCode'] !== undefined && changed['gridCode'] !== surroundings.grid && !faulty.has('gridCode'))
    problems.push({ field: 'gridCode', problem: 'badGridCode' })
  const whole: FieldValues = { ...before, ...changed }
  if (kind === 'person') problems.push(...checkIdentity(changed, whole))
  if (kind === 'house') problems.push(...checkOwner(changed, whole))
  return problems
}

/** 居民身份证 in list CERT: only then is an owner's number a citizen's. */
const identityCard = '111'

function checkOwner(changed: FieldValues, whole: FieldValues): readonly FieldProblem[] {
  const number = whole['ownerIdNo']
  if (!('ownerIdNo' in changed || 'ownerIdType' in changed) || whole['ownerIdType'] !== identityCard) return []
  const identity = typeof number === 'string' ? parseIdNo(number) : undefined
  return !identity || identity.ok ? [] : [{ field: 'ownerIdNo', problem: identity.failure }]
}

function checkIdentity(changed: FieldValues, whole: FieldValues): readonly FieldProblem[] {
  if (!('idNo' in changed || 'sex' in changed || 'birthDate' in changed) || typeof whole['idNo'] !== 'string') return []
  const identity = parseIdNo(whole['idNo'])
  if (!identity.ok) return []
  const problems: FieldProblem[] = []
  const { sex, birthDate } = whole
  if ((sex === '1' || sex === '2') && sex !== identity.value.sex)
    problems.push({ field: 'sex', problem: 'idSexMismatch' })
  if (typeof birthDate === 'string' && birthDate !== identity.value.birthDate)
    problems.push({ field: 'birthDate', problem: 'idBirthMismatch' })
  return problems
}
