/** The ledger as a sheet, one row per person, in the form that the import reads back. Who may export what is for the caller. */
import { dayOf, labelOf, type Field, type Language } from '@tongge/model'
import { write } from 'hucre'
import { fieldOfTarget, type Target } from '../columns/targets.ts'
import { indexLedger, textOf, type LedgerEntry, type LedgerIndex } from '../plan/ledger-index.ts'
import { encodeGb18030 } from './encode-gb18030.ts'

export interface LedgerColumn {
  readonly target: Target
  readonly header: string
}

export interface WriteOptions {
  readonly format: 'xlsx' | 'csv'
  /** Of csv; UTF-8 gets a mark so that spreadsheets recognise it. */
  readonly encoding?: 'utf-8' | 'gb18030'
  readonly sheet: string
  readonly language: Language
}

interface Row {
  readonly building?: LedgerEntry
  readonly house?: LedgerEntry
  readonly household?: LedgerEntry
  readonly person?: LedgerEntry
}

/** Ordered by building, entrance and door, heads first. A household without people has a row of its own. */
export async function writeLedger(
  entries: readonly LedgerEntry[],
  columns: readonly LedgerColumn[],
  options: WriteOptions,
): Promise<Uint8Array> {
  const index = indexLedger(entries)
  const rows = toRows(entries, index).map((row) =>
    columns.map(({ target }) => guard(cellText(row, target, index, options.language))),
  )
  const lines = [columns.map(({ header }) => guard(header)), ...rows]
  if (options.format === 'xlsx')
    return write({ sheets: [{ name: options.sheet, rows: lines, freezePane: { rows: 1 } }] })
  const text = lines.map((line) => line.map(csvCell).join(',')).join('\r\n')
  return options.encoding === 'gb18030' ? encodeGb18030(text) : new TextEncoder().encode(`\ufeff${text}`)
}

function toRows(entries: readonly LedgerEntry[], index: LedgerIndex): readonly Row[] {
  const order = new Intl.Collator('zh-u-co-pinyin', { numeric: true })
  const rows = entries
    .filter(({ kind }) => kind === 'household')
    .flatMap((household): Row[] => {
      const house = index.entry(textOf(household, 'house'))
      const building = index.entry(house && textOf(house, 'building'))
      const home = { household, ...(house && { house }), ...(building && { building }) }
      const people = index.membersOf(household.id)
      return people.length === 0 ? [home] : people.map((person) => ({ ...home, person }))
    })
  const key = ({ building, house, household, person }: Row): readonly string[] => [
    building ? textOf(building, 'estate') + textOf(building, 'name') : '',
    house ? textOf(house, 'entrance') : '',
    house ? textOf(house, 'door') : '',
    household?.id ?? '',
    person && household && textOf(household, 'head') === person.id ? '' : '1',
  ]
  const keyed = rows.map((row) => ({ row, key: key(row) }))
  return keyed
    .sort((a, b) => a.key.reduce((sum, part, i) => sum || order.compare(part, b.key[i] ?? ''), 0))
    .map(({ row }) => row)
}

function cellText(row: Row, target: Target, index: LedgerIndex, language: Language): string {
  if (target === 'headName') {
    const head = index.entry(row.household && textOf(row.household, 'head'))
    return head ? textOf(head, 'name') : ''
  }
  if (target === 'address') {
    const entrance = row.house ? textOf(row.house, 'entrance') : ''
    return [
      row.building && textOf(row.building, 'estate') + textOf(row.building, 'name'),
      entrance && `${entrance}单元`,
      row.house && textOf(row.house, 'door'),
    ]
      .filter(Boolean)
      .join('')
  }
  const known = fieldOfTarget(target)
  const value = known && row[known.kind]?.fields[known.name]
  return known ? valueText(known.field, value, language) : ''
}

function valueText(field: Field, value: unknown, language: Language): string {
  if (typeof value === 'number') return field.type === 'instant' ? dayOf(value) : String(value)
  if (typeof value === 'boolean') return language === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no'
  if (field.type === 'codes' && Array.isArray(value))
    return value.map((code) => labelOf(field.list, String(code), language)).join('、')
  if (typeof value !== 'string') return ''
  return field.type === 'code' ? labelOf(field.list, value, language) : value
}

/** A cell that a spreadsheet would run as a formula is made text. */
function guard(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

/** A tab behind a long number makes spreadsheets keep it as text with all its digits. */
function csvCell(text: string): string {
  const safe = /^\d{12,}[Xx]?$/.test(text) ? `${text}\t` : text
  return /[",\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
