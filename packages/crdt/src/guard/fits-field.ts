/** Whether a stored value has the type, size and code of its field. Finer rules are `plan`'s, and may change without making what is there unwritable. */
import { isCode, isDay, isLedgerKind, mostPhotos, parsePhotoRef, type Field, type Kind } from '@tongge/model'
import { fieldByCode, type NamedField } from '../documents.ts'
import { isTexts } from '../layout.ts'

/** Of a field that a later version knows, as JSON. */
const unknownValue = 4096
/** Numbers, codes and ids. */
const shortText = 40

/** Null clears a field. */
export function fitsField(field: Field, value: unknown): boolean {
  if (value === null) return true
  switch (field.type) {
    case 'text':
      return typeof value === 'string' && value.length <= field.max
    case 'code':
      return typeof value === 'string' && isCode(field.list, value)
    case 'codes':
      return isTexts(value) && value.length <= 200 && value.every((code) => isCode(field.list, code))
    case 'photos':
      return isTexts(value) && value.length <= mostPhotos && value.every((photo) => parsePhotoRef(photo))
    case 'day':
      return typeof value === 'string' && isDay(value)
    case 'instant':
      return Number.isSafeInteger(value)
    case 'int':
    case 'decimal':
      return typeof value === 'number' && value >= field.min && value <= field.max
    case 'flag':
      return typeof value === 'boolean'
    case 'phone':
    case 'idNo':
    case 'uscc':
    case 'gridCode':
    case 'ref':
      return typeof value === 'string' && value.length <= shortText
    case 'coText':
      return false
  }
}

export type NamedFields = readonly NamedField[]

/** The fields that a code may stand for: of one kind, or of every kind where the record's own is not known. */
export function fieldsWith(code: string, kind: Kind | undefined): NamedFields {
  return (kind ? fieldsByKind[kind] : fieldsOfAny).get(code) ?? noFields
}

const noFields: NamedFields = []
const kinds = Object.keys(fieldByCode) as Kind[]
const fieldsByKind = Object.fromEntries(kinds.map((kind) => [kind, fieldsIn([kind])])) as Readonly<
  Record<Kind, ReadonlyMap<string, NamedFields>>
>
/** Of a note and a reporter the kind is always known: they rest in one document. */
const fieldsOfAny = fieldsIn(kinds.filter(isLedgerKind))

function fieldsIn(kinds: readonly Kind[]): ReadonlyMap<string, NamedFields> {
  const found = new Map<string, NamedFields>()
  for (const kind of kinds)
    for (const [code, field] of fieldByCode[kind]) found.set(code, [...(found.get(code) ?? []), field])
  return found
}

export function fitsUnknown(value: unknown): boolean {
  const json = JSON.stringify(value) as string | undefined
  return json !== undefined && json.length <= unknownValue
}
