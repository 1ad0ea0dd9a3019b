/** Whether what is said of a grid or of a person of its team holds together; every problem names its field. */
import { checkValue, type CheckContext } from '../checks/check-field.ts'
import { parseIdNo } from '../checks/id-no.ts'
import { isCode } from '../codes/index.ts'
import type { FieldProblemCode } from '../commands.ts'
import type { FieldClass, Value } from '../field.ts'
import { roles } from '../policy/roles.ts'
import { isDay } from '../time.ts'
import { boundaryProblem, type BoundaryProblem } from './boundary.ts'
import {
  gridFields,
  isOfOwnType,
  staffFields,
  type OrganisationField,
  type OrganisationTable,
  type ValuesOf,
  type GridRecord,
  type StaffRecord,
} from './fields.ts'

export interface OrganisationProblem {
  readonly field: string
  readonly problem: FieldProblemCode | BoundaryProblem | 'tooMany' | 'badAccount' | 'endsBeforeStart' | 'badParent'
  readonly detail?: string
}

type Problem = Omit<OrganisationProblem, 'field'>

/** Members, equipment, certificates and skills each. */
const mostItems = 50

export function checkGrid(record: GridRecord, context: CheckContext): readonly OrganisationProblem[] {
  const problems = checkAll(gridFields, record, context)
  const { gridCode, level, parent } = record
  // 6 digits of a county, 9 of a street, 12 of a community.
  const length = level === undefined ? undefined : 3 + level * 3
  const fits = parent === undefined || (parent.length === length && (gridCode ?? parent).startsWith(parent))
  return fits || problems.some(({ field }) => field === 'level' || field === 'gridCode')
    ? problems
    : [...problems, { field: 'parent', problem: 'badParent', detail: String(length) }]
}

export function checkStaff(record: StaffRecord, context: CheckContext): readonly OrganisationProblem[] {
  const problems = [...checkAll(staffFields, record, context)]
  for (const [from, to] of [
    ['contractFrom', 'contractTo'],
    ['publicityFrom', 'publicityTo'],
  ] as const)
    if (isBefore(record[to], record[from])) problems.push({ field: to, problem: 'endsBeforeStart' })
  const identity = record.idNo === undefined ? undefined : parseIdNo(record.idNo)
  if (identity?.ok && record.birthDate !== undefined && record.birthDate !== identity.value.birthDate)
    problems.push({ field: 'birthDate', problem: 'idBirthMismatch' })
  return problems
}

/** Only the fields of the table that fit: what a later version or a damaged store says otherwise is left out. */
export function soundFields<T extends OrganisationTable>(table: T, value: unknown): ValuesOf<T> {
  const given = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return Object.fromEntries(
    given.filter(([name, one]) => {
      const field = fieldIn(table, name)
      // Days are judged where they are entered.
      return field && one !== undefined && !checkOrganisationField(field, name, one, { today: '9999-12-31' })
    }),
  ) as ValuesOf<T>
}

const published: ReadonlySet<FieldClass> = new Set<FieldClass>(['public', 'internal'])

/** What everyone who is signed in may read: never a personal or sensitive field. */
export function publishedFields<T extends OrganisationTable>(table: T, record: ValuesOf<T>): ValuesOf<T> {
  return Object.fromEntries(
    Object.entries(record).filter(([name, value]) => {
      const field = fieldIn(table, name)
      return field && value !== undefined && published.has(field.class)
    }),
  ) as ValuesOf<T>
}

function fieldIn(table: OrganisationTable, name: string): OrganisationField | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}

function checkAll(table: OrganisationTable, record: object, context: CheckContext): readonly OrganisationProblem[] {
  const problems: OrganisationProblem[] = []
  for (const name of Object.keys(record))
    if (!Object.hasOwn(table, name)) problems.push({ field: name, problem: 'unknownField' })
  for (const [name, field] of Object.entries(table)) {
    const value: unknown = Object.hasOwn(record, name) ? Reflect.get(record, name) : undefined
    if (value === undefined || value === '') {
      if (field.required) problems.push({ field: name, problem: 'required' })
      continue
    }
    const problem = checkOrganisationField(field, name, value, context)
    if (problem) problems.push({ field: name, ...problem })
  }
  return problems
}

/** Undefined when the value fits its field. Rules between fields are those of `checkGrid` and `checkStaff`. */
export function checkOrganisationField(
  field: OrganisationField,
  name: string,
  value: unknown,
  context: CheckContext,
): Problem | undefined {
  if (!isOfOwnType(field)) return checkValue(field, name, value as Value, context)
  switch (field.type) {
    case 'boundary': {
      const problem = boundaryProblem(value)
      return problem && { problem }
    }
    case 'account':
      return isAccount(value) ? undefined : { problem: 'badAccount' }
    case 'role':
      return roles.some((role) => role === value) ? undefined : { problem: 'notInList' }
    case 'members':
      return checkList(value, checkMember)
    case 'equipment':
      return checkList(value, (one) =>
        isShort(one['type'], 40) && isShort(one['number'], 60) ? undefined : { problem: 'wrongType' },
      )
    case 'texts':
      if (!Array.isArray(value)) return { problem: 'wrongType' }
      if (value.length > mostItems) return { problem: 'tooMany', detail: String(mostItems) }
      return value.every((one) => isShort(one, field.max))
        ? undefined
        : { problem: 'tooLong', detail: String(field.max) }
  }
}

function checkMember({ role, account, affiliation, from, to }: Readonly<Record<string, unknown>>): Problem | undefined {
  if (typeof role !== 'string' || !isCode('GRID_ROLE', role)) return { problem: 'notInList' }
  if (!isAccount(account)) return { problem: 'badAccount' }
  if (affiliation !== undefined && !isShort(affiliation, 60)) return { problem: 'tooLong', detail: '60' }
  for (const day of [from, to])
    if (day !== undefined && (typeof day !== 'string' || !isDay(day))) return { problem: 'badDate' }
  return isBefore(to, from) ? { problem: 'endsBeforeStart' } : undefined
}

function checkList(
  value: unknown,
  check: (one: Readonly<Record<string, unknown>>) => Problem | undefined,
): Problem | undefined {
  if (!Array.isArray(value)) return { problem: 'wrongType' }
  if (value.length > mostItems) return { problem: 'tooMany', detail: String(mostItems) }
  for (const one of value as readonly unknown[]) {
    if (typeof one !== 'object' || one === null) return { problem: 'wrongType' }
    const problem = check(one as Readonly<Record<string, unknown>>)
    if (problem) return problem
  }
  return undefined
}

function isBefore(day: unknown, other: unknown): boolean {
  return typeof day === 'string' && typeof other === 'string' && day < other
}

function isAccount(value: unknown): boolean {
  return typeof value === 'string' && /^[a-z0-9][a-z0-9._-]{1,39}$/.test(value)
}

function isShort(value: unknown, max: number): boolean {
  return typeof value === 'string' && value.trim() !== '' && value.length <= max
}
