/**
 * Fields of the grid 网格 and of those who work in it 网格员 (domain.md §2.2). Unlike the ledger they are no records of a document: the relay
 * keeps them with its accounts, and publishes of them what is public or internal.
 */
import type { FieldClass, FieldType, ValueOf } from '../field.ts'
import type { Role } from '../policy/roles.ts'
import type { Day } from '../time.ts'
import type { Boundary } from './boundary.ts'

/** 四员: who has which part in a grid, and since when. */
export interface GridMember {
  /** A code of list GRID_ROLE. */
  readonly role: string
  readonly account: string
  /** Where a 协管员 comes from. */
  readonly affiliation?: string
  readonly from?: Day
  readonly to?: Day
}

/** 配发设备. */
export interface Equipment {
  readonly type: string
  readonly number: string
}

/** Types that no field of a record has. */
export type OwnFieldType =
  | { readonly type: 'boundary' }
  | { readonly type: 'account' }
  | { readonly type: 'members' }
  | { readonly type: 'role' }
  | { readonly type: 'equipment' }
  /** Short texts, each of at most `max` characters. */
  | { readonly type: 'texts'; readonly max: number }

export type OrganisationFieldType = FieldType | OwnFieldType

const ownTypes: ReadonlySet<string> = new Set<OwnFieldType['type']>([
  'boundary',
  'account',
  'members',
  'role',
  'equipment',
  'texts',
])

export function isOfOwnType<F extends OrganisationFieldType>(field: F): field is F & OwnFieldType {
  return ownTypes.has(field.type)
}

export type OrganisationField = OrganisationFieldType & {
  readonly class: FieldClass
  readonly zh: string
  readonly en: string
  readonly required?: true
}

export type OrganisationTable = { readonly [name: string]: OrganisationField }

export const gridFields = {
  gridCode: { type: 'gridCode', class: 'public', zh: '网格编码', en: 'Grid code', required: true },
  name: { type: 'text', max: 60, class: 'public', zh: '网格名称', en: 'Name', required: true },
  kind: { type: 'code', list: 'GRID_KIND', class: 'public', zh: '类型', en: 'Kind', required: true },
  /** 1 街道, 2 社区, 3 网格. */
  level: { type: 'int', min: 1, max: 3, class: 'public', zh: '层级', en: 'Level', required: true },
  /** Code of the county, street or community it is part of. */
  parent: { type: 'text', max: 12, class: 'public', zh: '上级', en: 'Part of', required: true },
  boundary: { type: 'boundary', class: 'public', zh: '边界', en: 'Boundary' },
  areaSquareMetres: { type: 'decimal', min: 1, max: 1e9, class: 'public', zh: '面积(㎡)', en: 'Area (m²)' },
  /** Households it is said to have: the honest denominator of what is registered. */
  targetHouseholds: { type: 'int', min: 0, max: 100000, class: 'public', zh: '户数', en: 'Households' },
  leaderId: { type: 'account', class: 'public', zh: '网格长', en: 'Grid leader' },
  members: { type: 'members', class: 'internal', zh: '四员', en: 'Team of four' },
  publicPhone: { type: 'phone', class: 'public', zh: '公示电话', en: 'Public phone' },
} as const satisfies OrganisationTable

export const staffFields = {
  name: { type: 'text', max: 40, class: 'public', zh: '姓名', en: 'Name', required: true },
  role: { type: 'role', class: 'public', zh: '角色', en: 'Role', required: true },
  employment: { type: 'code', list: 'EMPLOYMENT', class: 'internal', zh: '专/兼职', en: 'Employment' },
  workPhone: { type: 'phone', class: 'public', zh: '工作电话', en: 'Work phone' },
  idNo: { type: 'idNo', class: 'sensitive', zh: '身份证号', en: 'ID number' },
  birthDate: { type: 'day', class: 'personal', zh: '出生日期', en: 'Birth date' },
  education: { type: 'code', list: 'EDU', class: 'personal', zh: '学历', en: 'Education' },
  politicalStatus: { type: 'code', list: 'POLIT', class: 'personal', zh: '政治面貌', en: 'Political status' },
  contractFrom: { type: 'day', class: 'internal', zh: '聘期开始', en: 'Contract from' },
  contractTo: { type: 'day', class: 'internal', zh: '聘期结束', en: 'Contract to' },
  publicityFrom: { type: 'day', class: 'internal', zh: '公示开始', en: 'Published from' },
  publicityTo: { type: 'day', class: 'internal', zh: '公示结束', en: 'Published to' },
  equipment: { type: 'equipment', class: 'internal', zh: '设备', en: 'Equipment' },
  certs: { type: 'texts', max: 60, class: 'internal', zh: '持证', en: 'Certificates' },
  skills: { type: 'texts', max: 40, class: 'internal', zh: '特长', en: 'Skills' },
} as const satisfies OrganisationTable

type OrganisationValue<F> = F extends { type: 'boundary' }
  ? Boundary
  : F extends { type: 'members' }
    ? readonly GridMember[]
    : F extends { type: 'equipment' }
      ? readonly Equipment[]
      : F extends { type: 'texts' }
        ? readonly string[]
        : F extends { type: 'role' }
          ? Role
          : F extends FieldType
            ? ValueOf<F>
            : string

export type ValuesOf<T extends OrganisationTable> = { readonly [F in keyof T]?: OrganisationValue<T[F]> }

export type GridRecord = ValuesOf<typeof gridFields>
export type StaffRecord = ValuesOf<typeof staffFields>
/** What there is to say of a grid beside code, name and kind. */
export type GridDetails = Omit<GridRecord, 'gridCode' | 'name' | 'kind'>
/** What there is to say of a person beside the name and the roles. */
export type StaffDetails = Omit<StaffRecord, 'name' | 'role'>
