/** A staff or grid sheet as rows of named cells. The header may stand below title rows; columns may come in any order. */
import { fail, ok, type Result } from '@tongge/model'
import { readSheet, type SheetProblem } from '@tongge/ledger-io'

export interface SheetFile {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface Column {
  readonly id: string
  /** Header texts it goes by; the first is the one named in messages. */
  readonly titles: readonly [string, ...string[]]
  readonly required: boolean
}

export interface NamedRow {
  /** `sheet!row`, as a spreadsheet program counts. */
  readonly at: string
  cell(id: string): string
  /** Whether the sheet has the column at all. */
  has(id: string): boolean
}

export async function readTable(
  file: SheetFile,
  columns: readonly Column[],
): Promise<Result<readonly NamedRow[], readonly string[]>> {
  const book = await readSheet(file.bytes, { name: file.name })
  if (!book.ok) return fail([`${file.name}: ${sentenceFor(book.failure)}`])
  const rows: NamedRow[] = []
  for (const sheet of book.value.sheets) {
    const head = sheet.rows.findIndex((cells) =>
      columns.every((column) => !column.required || find(cells, column) >= 0),
    )
    if (head < 0) continue
    const indexById = new Map(columns.map((column) => [column.id, find(sheet.rows[head] ?? [], column)]))
    for (const [index, cells] of sheet.rows.entries()) {
      if (index <= head || cells.every((text) => text.trim() === '')) continue
      rows.push({
        at: `${sheet.name}!${index + 1}`,
        cell: (id) => cells[indexById.get(id) ?? -1]?.trim() ?? '',
        has: (id) => (indexById.get(id) ?? -1) >= 0,
      })
    }
  }
  if (rows.length > 0) return ok(rows)
  const needed = columns.filter(({ required }) => required).map(({ titles }) => titles[0])
  return fail([`${file.name}: no sheet has a header with ${needed.join(', ')} and a row below it`])
}

function sentenceFor(failure: SheetProblem): string {
  switch (failure.problem) {
    case 'empty':
      return 'the file is empty'
    case 'fileTooLarge':
      return `the file has ${failure.bytes} bytes, over ${failure.limit}; split it`
    case 'unpacksTooLarge':
      return `the file unpacks to ${failure.bytes} bytes, over ${failure.limit}; split it`
    case 'tooManyRows':
      return `sheet ${failure.sheet} has ${failure.rows} rows, over ${failure.limit}; split it`
    case 'tooManyColumns':
      return `sheet ${failure.sheet} has ${failure.columns} columns, over ${failure.limit}; remove those not needed`
    case 'notASpreadsheet':
      return 'the file is no spreadsheet; use .xlsx, .xls or .csv'
    case 'encrypted':
      return 'the file has a password; remove it in your spreadsheet program first'
    case 'damaged':
      return `the file is damaged (${failure.detail}); open it in your spreadsheet program and save it again`
  }
}

function find(cells: readonly string[], { titles }: Column): number {
  return cells.findIndex((text) =>
    titles.some((title) => title.toLowerCase() === text.replace(/\s|\*/g, '').toLowerCase()),
  )
}
