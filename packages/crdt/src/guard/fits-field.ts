/** Whether a stored value has the type, size and code of its field. Finer rules are `plan`'s, and may change without making what is there unwritable. */
import { isCode, isDay, type Field, type Kind } from '@tongge/model'
import { fieldByCode } from '../documents.ts'
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

/** The fields that a code may stand for: of one kind, or of every kind where the record's own is not known. */
export function fieldsWith(
  code: string,
  kind: Kind | undefined,
): readonly { readonly name: string; readonly field: Field }[] {
  const kinds = kind ? [kind] : (Object.keys(fieldByCode) as Kind[]).filter((one) => one !== 'note')
  return kinds.flatMap((one) => fieldByCode[one].get(code) ?? [])
}

export function fitsUnknown(value: unknown): boolean {
  const json = JSON.stringify(value) as string | undefined
  return json !== undefined && json.length <= unknownValue
}
