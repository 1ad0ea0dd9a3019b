/** A rectangle of a sheet with a header and rows of data, as text. Knows no fields. */
import type { Flaw } from '../read/workbook.ts'
import type { Place } from '../values/place.ts'

export interface TableRow {
  /** The row's number as the spreadsheet shows it, from 1. */
  readonly at: number
  /** As long as the header. */
  readonly cells: readonly string[]
  /** By column; only where there is one. */
  readonly flaws?: ReadonlyMap<number, Flaw>
  /** Named by a section line above the row. */
  readonly section?: Place
}

export interface Table {
  readonly sheet: string
  /** What stands above the header. */
  readonly title: string
  /** One text per column; two header rows are joined (紧急联系人 + 电话 = 紧急联系人电话). */
  readonly header: readonly string[]
  readonly rows: readonly TableRow[]
  /** The building, and the entrance, that the sheet's name or the title names, for rows that name none. */
  readonly place?: Place
  readonly date1904: boolean
  /** Lines left out on purpose, by their number in the sheet. */
  readonly skipped: readonly SkippedLine[]
}

export interface SkippedLine {
  readonly at: number
  readonly why: 'total' | 'repeatedHeader' | 'section' | 'footnote'
}
