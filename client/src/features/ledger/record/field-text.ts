/** A field's value in words of the chosen language. */
import type { Instant, NamedField, Value } from '@tongge/model'
import { dayText, momentText, number } from '../../../i18n/format.ts'
import { codeText } from '../../../i18n/code-lists.ts'
import { t } from '../../../i18n/i18n.ts'
import { photosOf } from '../../photos/photos-of.ts'
import { dayOf } from '@tongge/model'

export function fieldText(
  field: NamedField,
  value: Value | undefined,
  context: { readonly now: Instant; readonly titleOf: (id: string) => string },
): string {
  if (value === undefined) return ''
  const label = (code: unknown): string =>
    field.type === 'code' || field.type === 'codes' ? codeText(field.list, String(code)) : String(code)
  switch (field.type) {
    case 'code':
      return label(value)
    case 'codes':
      return Array.isArray(value) ? value.map(label).join(t('ledger.comma')) : label(value)
    case 'photos':
      return t('photos.count', photosOf(value).length)
    case 'day':
      return dayText(String(value), dayOf(context.now))
    case 'instant':
      return momentText(Number(value), context.now)
    case 'int':
      return field.name === 'builtYear' ? String(value) : number(Number(value))
    case 'decimal':
      return number(Number(value))
    case 'flag':
      return t(value === true ? 'ui.yes' : 'ui.no')
    case 'ref':
      return context.titleOf(String(value))
    case 'text':
    case 'phone':
    case 'idNo':
    case 'uscc':
    case 'gridCode':
    case 'coText':
      return String(value)
  }
}
