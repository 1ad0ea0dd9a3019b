/** Which part of a record's page and form a field belongs to. */
import { fieldsOf, type Kind, type NamedField } from '@tongge/model'

export const sections = [
  'basic',
  'contact',
  'rental',
  'floating',
  'leftBehind',
  'sensitive',
  'state',
  'keeping',
] as const
export type Section = (typeof sections)[number]

/** The order in a form: a household is mostly opened to correct its telephone. */
export function formSections(kind: Kind): readonly Section[] {
  return kind === 'household' ? ['contact', ...sections.filter((section) => section !== 'contact')] : sections
}

const keeping = new Set([
  'gridCode',
  'source',
  'verifyState',
  'status',
  'effectiveFrom',
  'effectiveTo',
  'purpose',
  'legalBasis',
  'retentionUntil',
  'householdNo',
  'houseCode',
])
const contact = new Set([
  'registeredRegion',
  'registeredAddress',
  'residenceRegion',
  'residenceAddress',
  'emergencyContact',
  'ownerName',
  'ownerIdType',
  'ownerResidence',
  'committeeContact',
  'address',
  'legalRep',
  'securityHead',
])
const state = new Set(['movedOutOn', 'movedTo', 'deceasedOn'])
/** Written by the app or by their own commands, never through a form. */
const kept = new Set([
  'gridCode',
  'status',
  'lastConfirmedAt',
  'floatingConfirmedAt',
  'movedOutOn',
  'movedTo',
  'deceasedOn',
  'effectiveFrom',
  'effectiveTo',
  'retentionUntil',
])

export function sectionOf(field: NamedField): Section {
  if (field.class === 'sensitive') return 'sensitive'
  if (field.group !== undefined && field.group !== 'base') return field.group
  if (state.has(field.name)) return 'state'
  if (keeping.has(field.name)) return 'keeping'
  return field.type === 'phone' || contact.has(field.name) ? 'contact' : 'basic'
}

/** All fields of a record in the order of reading: its own first, then what every record has, the remark last. */
export function orderedFields(kind: Kind): readonly NamedField[] {
  const fields = fieldsOf(kind)
  const rank = (field: NamedField): number => (field.name === 'remark' ? 2 : sectionOf(field) === 'keeping' ? 1 : 0)
  return [...fields].sort((a, b) => rank(a) - rank(b))
}

/** The fields of a form. */
export function formFields(kind: Kind): readonly NamedField[] {
  return orderedFields(kind).filter((field) => field.type !== 'coText' && !kept.has(field.name))
}

/** Seldom known or needed at a door. */
const seldom = new Set([
  'formerName',
  'nativePlace',
  'occupation',
  'workplace',
  'rentalRecordNo',
  'builtYear',
  'structure',
  'permitType',
  'securityHead',
  'committeeContact',
  'committeePhone',
  'longitude',
  'latitude',
  'ownerIdType',
  'ownerIdNo',
  'ownerResidence',
  'tenantIdNo',
  'leaseFrom',
  'leaseTo',
  'hazardType',
  'hasPartition',
  'areaPerPerson',
  'safetyHazardType',
  'hasFireExit',
  'extinguishers',
  'fireCheckDays',
  'organisations',
  'foodPermit',
  'registeredRegion',
  'residenceRegion',
  'occupationCode',
])

/** Offered only behind 更多 while empty: collected by choice, or for the office rather than the doorstep; what a record is asked for is not. */
export function isRare(field: NamedField): boolean {
  return (
    !field.required &&
    (field.optIn === true ||
      seldom.has(field.name) ||
      field.group === 'leftBehind' ||
      (sectionOf(field) === 'keeping' && field.name !== 'verifyState' && !field.starred))
  )
}
