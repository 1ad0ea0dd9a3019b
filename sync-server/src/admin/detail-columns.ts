/** The optional columns of the sheets of grids and staff. What a sheet has no column for stays as it is; an empty cell clears. */
import {
  checkOrganisationField,
  gridFields,
  readOrganisationField,
  staffFields,
  type Day,
  type GridMember,
  type OrganisationField,
  type OrganisationProblem,
} from '@tongge/model'
import type { Column, NamedRow } from './sheet-table.ts'

export interface DetailColumn extends Column {
  readonly field: string
  /** For a column of 四员: a code of list GRID_ROLE. */
  readonly role?: string
}

type Table = Readonly<Record<string, OrganisationField>>

const column = (field: string, ...titles: readonly [string, ...string[]]): DetailColumn => ({
  id: field,
  field,
  titles,
  required: false,
})
const memberColumn = (role: string, title: string): DetailColumn => ({
  ...column('members', title),
  id: `members/${role}`,
  role,
})

export const gridColumns: readonly DetailColumn[] = [
  column('level', '层级', '级别', '网格层级', 'level'),
  column('parent', '上级', '上级编码', '上级网格编码', 'parent'),
  column('boundary', '边界', '网格边界', 'boundary'),
  column('areaSquareMetres', '面积(㎡)', '面积（㎡）', '面积', '网格面积', 'area'),
  column('targetHouseholds', '户数', '目标户数', 'households'),
  column('leaderId', '网格长', '网格长账号', 'leader'),
  memberColumn('gridManager', '网格管理员'),
  memberColumn('assistant', '协管员'),
  memberColumn('citizenSupervisor', '民情督导员'),
  memberColumn('streetSupervisor', '街道督导员'),
  memberColumn('police', '警务员'),
  column('publicPhone', '公示电话', 'phone'),
]

export const staffColumns: readonly DetailColumn[] = [
  column('employment', '专/兼职', '专兼职', '专职/兼职', 'employment'),
  column('workPhone', '工作电话', '办公电话', 'phone'),
  column('idNo', '身份证号', '身份证号码', '身份证', '公民身份号码', 'idno'),
  column('birthDate', '出生日期', 'birthdate'),
  column('education', '学历', 'education'),
  column('politicalStatus', '政治面貌', 'politicalstatus'),
  column('contractFrom', '聘期开始', '聘用开始', 'contractfrom'),
  column('contractTo', '聘期结束', '聘用结束', 'contractto'),
  column('publicityFrom', '公示开始', 'publicityfrom'),
  column('publicityTo', '公示结束', 'publicityto'),
  column('equipment', '设备', '配发设备', 'equipment'),
  column('certs', '持证', '证书', 'certs'),
  column('skills', '特长', 'skills'),
]

/** What the cells of a row say, by field; undefined where one was emptied. Each bad cell is named by row and column. */
export function readDetails(
  row: NamedRow,
  columns: readonly DetailColumn[],
  today: Day,
  problems: string[],
): ReadonlyMap<string, unknown> {
  const table: Table = columns === gridColumns ? gridFields : staffFields
  const read = new Map<string, unknown>()
  for (const { id, field: name, titles, role } of columns) {
    const field = table[name]
    if (!field || !row.has(id)) continue
    const text = row.cell(id)
    const given = text === '' ? undefined : readCell(field, name, text, role)
    const value = given?.ok ? given.value : undefined
    const failure = given && !given.ok ? given.failure : undefined
    const problem = failure ?? (value === undefined ? undefined : checkOrganisationField(field, name, value, { today }))
    if (problem) {
      // A number of a person is not repeated where it may be read by others.
      const shown = field.class === 'sensitive' ? undefined : text
      problems.push(`${row.at} ${titles[0]}: ${sentenceFor(problem.problem, problem.detail, shown)}`)
    } else if (role === undefined) read.set(name, value)
    else read.set(name, [...membersIn(read.get(name)), ...membersIn(value)])
  }
  return read
}

/** What stood there before, with what was read in its place. `isKept` says which of 四员 stay: those whose column the sheet lacks. */
export function merged<T extends object>(
  known: T,
  read: ReadonlyMap<string, unknown>,
  isKept: (member: GridMember) => boolean = () => false,
): T {
  const next = { ...known } as Record<string, unknown>
  for (const [name, value] of read) {
    const kept = name === 'members' ? membersIn(next[name]).filter(isKept) : []
    const whole = kept.length > 0 ? [...kept, ...membersIn(value)] : value
    if (whole === undefined || (Array.isArray(whole) && whole.length === 0)) delete next[name]
    else next[name] = whole
  }
  return next as T
}

/** The title of the column that a problem between fields is told of. */
export function titleOf(columns: readonly DetailColumn[], field: string): string {
  return columns.find((one) => one.field === field)?.titles[0] ?? field
}

function membersIn(value: unknown): readonly GridMember[] {
  return (value ?? []) as readonly GridMember[]
}

function readCell(
  field: OrganisationField,
  name: string,
  text: string,
  role: string | undefined,
): ReturnType<typeof readOrganisationField> {
  // 三级, 三级网格, 3级
  const level = name === 'level' ? /^([一二三123])级/.exec(text.normalize('NFKC'))?.[1] : undefined
  const digit = level === undefined ? -1 : '一二三'.indexOf(level)
  return readOrganisationField(field, name, digit >= 0 ? String(digit + 1) : (level ?? text), role)
}

/** `text` is what stands in the cell, where it may be repeated. */
export function sentenceFor(problem: OrganisationProblem['problem'], detail?: string, text?: string): string {
  const what = text === undefined ? 'it' : `"${text.slice(0, 40)}"`
  switch (problem) {
    case 'notInList':
      return `${what} is not in the list`
    case 'outOfRange':
      return `${what} is not in ${detail ?? 'the range'}`
    case 'badDate':
      return `${what} is not a date such as 2026-01-31`
    case 'futureDate':
      return `${what} is in the future`
    case 'badPhone':
      return `${what} is no telephone number`
    case 'badIdLength':
      return `an ID number has 18 characters, not ${detail ?? 'these'}`
    case 'badIdDate':
      return 'no day is the birth date in this ID number'
    case 'badIdRegion':
      return 'no province has the first digits of this ID number'
    case 'badIdCheckDigit':
      return 'the last character does not fit this ID number'
    case 'idBirthMismatch':
      return 'is not the day that the ID number says'
    case 'tooLong':
      return `${what} is longer than ${detail ?? 'allowed'}`
    case 'tooMany':
      return `more than ${detail ?? 'allowed'} stand in it`
    case 'badAccount':
      return `${what} is no account name`
    case 'endsBeforeStart':
      return `${what} ends before it begins`
    case 'badParent':
      return `${what} is not the beginning of the grid's code with ${detail ?? 'its'} digits, as its level asks`
    case 'notPolygon':
      return 'is no GeoJSON Polygon'
    case 'openRing':
      return 'a ring does not end where it begins'
    case 'shortRing':
      return 'a ring has fewer than four positions'
    case 'badPosition':
      return 'a position is not [longitude, latitude] in degrees of WGS 84'
    case 'tooManyPositions':
      return 'the line has more than 500 positions; simplify it'
    case 'required':
    case 'wrongType':
    case 'unknownField':
    case 'unknownReference':
    case 'badRegion':
    case 'badGridCode':
    case 'badUscc':
    case 'idSexMismatch':
      return `${what} cannot be read`
  }
}
