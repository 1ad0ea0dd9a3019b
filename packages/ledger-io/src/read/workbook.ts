/** A spreadsheet file as rows of text: what every reader gives and every later step takes. Knows no fields and no records. */

/** Something about a cell that its text alone does not show. */
export type Flaw =
  /** A number of more than 15 digits: spreadsheets keep 15, so the last digits are not what was typed. */
  | 'precisionLost'
  /** A formula that failed, such as #N/A; its text is empty. */
  | 'formulaError'

export interface Merge {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

export interface Sheet {
  readonly name: string
  /** Row by row, trailing blanks cut; the first row of the sheet is row 0 here and row 1 in messages. */
  readonly rows: readonly (readonly string[])[]
  readonly merges: readonly Merge[]
  /** By `row:column`. */
  readonly flaws: ReadonlyMap<string, Flaw>
}

export interface Workbook {
  readonly name: string
  readonly sheets: readonly Sheet[]
  /** Whether bare serial numbers count days from 1904, as old Macs wrote them. */
  readonly date1904: boolean
}

/** Why a file could not be read at all. Texts are in the dictionaries, keyed by `problem`. */
export type SheetProblem =
  | { readonly problem: 'empty' }
  | { readonly problem: 'fileTooLarge'; readonly bytes: number; readonly limit: number }
  | { readonly problem: 'unpacksTooLarge'; readonly bytes: number; readonly limit: number }
  | { readonly problem: 'tooManyRows'; readonly sheet: string; readonly rows: number; readonly limit: number }
  | { readonly problem: 'tooManyColumns'; readonly sheet: string; readonly columns: number; readonly limit: number }
  | { readonly problem: 'notASpreadsheet' }
  | { readonly problem: 'encrypted' }
  | { readonly problem: 'damaged'; readonly detail: string }
