/** Targets, notes and changes of an import in words. Document numbers are masked. */
import {
  fieldOfTarget,
  importKinds,
  isOffered,
  type FieldChange,
  type FieldTarget,
  type RowNote,
  type Target,
} from '@tongge/ledger-io'
import { fieldOf, fieldsOf, maskIdNo, type Refusal, type Value } from '@tongge/model'
import { codeOptions as optionsOf, codeText } from '../../i18n/code-lists.ts'
import { nameOf, t, type TextKey } from '../../i18n/i18n.ts'
import type { SelectOption } from '../../ui/Select.tsx'
import { fieldText } from '../ledger/record/field-text.ts'
import { problemText, refusalText } from '../ledger/record/use-acts.ts'
import type { Rights } from '../ledger/record/use-rights.ts'
import type { ImportFigures } from './last-import.ts'

/** Everything a column can be, people first. */
export function targetOptions(): readonly SelectOption[] {
  const kinds = [...importKinds].reverse()
  return [
    { value: 'address', label: t('imports.address') },
    { value: 'headName', label: t('imports.headName') },
    ...kinds.flatMap((kind) =>
      fieldsOf(kind).flatMap((field) =>
        isOffered(kind, field.name)
          ? [{ value: `${kind}.${field.name}`, label: t('imports.option', t(`records.kind.${kind}`), nameOf(field)) }]
          : [],
      ),
    ),
  ]
}

/** Fields that sheets may give and this person may not write. */
export function closedFields(rights: Pick<Rights, 'mayWriteField'>): readonly FieldTarget[] {
  return importKinds.flatMap((kind) =>
    fieldsOf(kind).flatMap((field) =>
      // The names of a kind's own table make targets of it.
      isOffered(kind, field.name) && !rights.mayWriteField(kind, field) ? [`${kind}.${field.name}` as FieldTarget] : [],
    ),
  )
}

export function targetName(target: Target | undefined): string {
  if (target === undefined) return ''
  if (target === 'address' || target === 'headName') return t(`imports.${target}`)
  const known = fieldOfTarget(target)
  return known ? nameOf(known.field) : target
}

export function codeOptions(target: FieldTarget): readonly SelectOption[] {
  const field = fieldOfTarget(target)?.field
  return field?.type === 'code' ? optionsOf(field.list) : []
}

/** Such as `身份证号：身份证号校验位不对，请核对`. */
export function noteText(note: RowNote): string {
  const column = note.column ?? targetName(note.target)
  const what = problem(note)
  const where = note.text === undefined ? column : t('imports.cell', column, note.text.slice(0, 30))
  return where === '' ? what : t('imports.at', where, what)
}

function problem({ code, detail = '', target }: RowNote): string {
  switch (code) {
    case 'dayAssumed':
    case 'morePhones':
    case 'otherDoor':
    case 'otherHousehold':
    case 'nameDiffers':
    case 'duplicateInFile':
      return t(`imports.note.${code}`, detail)
    case 'defaultUsed':
      return t('imports.note.defaultUsed', codeLabel(target, detail))
    case 'precisionLost':
    case 'formulaError':
    case 'oldIdNo':
    case 'addressUnread':
    case 'otherKin':
    case 'noName':
    case 'noDoor':
    case 'noHead':
    case 'ambiguousBuilding':
    case 'doorOccupied':
    case 'idDiffers':
    case 'severalMatches':
    case 'required':
    case 'idSexMismatch':
    case 'idBirthMismatch':
      return t(`imports.note.${code}`)
    case 'unknownField':
    case 'wrongType':
    case 'tooLong':
    case 'outOfRange':
    case 'notInList':
    case 'badDate':
    case 'futureDate':
    case 'badPhone':
    case 'badIdLength':
    case 'badIdDate':
    case 'badIdRegion':
    case 'badIdCheckDigit':
    case 'badUscc':
    case 'badRegion':
    case 'badGridCode':
    case 'unknownReference': {
      const key: TextKey = `refusals.problem.${code}`
      return t(key)
    }
  }
}

function codeLabel(target: Target | undefined, code: string): string {
  const field = target === undefined ? undefined : fieldOfTarget(target)?.field
  return field?.type === 'code' ? codeText(field.list, code) : code
}

export function changeText({ kind, field: name, from, to }: FieldChange, now: number): string {
  const field = fieldOf(kind, name)
  if (!field) return name
  const words = (value: Value | undefined): string => {
    if (value === undefined) return t('imports.absent')
    return field.type === 'idNo'
      ? maskIdNo(String(value))
      : fieldText({ ...field, name }, value, { now, titleOf: (id) => id })
  }
  return t('imports.change', nameOf(field), words(from), words(to))
}

/** Such as `新增了 12 户、31 人 · 修改了 2 条已有记录`. */
export function figuresText({ households, people, changed }: ImportFigures): string {
  const made = t('imports.made', households, people)
  return changed > 0 ? `${made} · ${t('imports.madeChanges', changed)}` : made
}

/** The first lines of what kept an import from being written. */
export function refusalLines(refusal: Refusal | 'notSaved'): readonly string[] {
  if (refusal === 'notSaved') return [t('imports.notSaved')]
  if (refusal.reason !== 'invalid') return [refusalText(refusal)]
  return refusal.problems
    .slice(0, 5)
    .map((each) => t('imports.refusedAt', each.origin ?? '', each.field, problemText(each)))
}
