/** Reads a spreadsheet file of unknown kind and trust into text, within limits. Decides by content; the name is only for messages. */
import { fail, ok, type Result } from '@tongge/model'
import { EncryptedFileError, fromHtml, parseCsv, read, type Sheet as RawSheet } from 'hucre'
import { cellToText } from './cell-text.ts'
import { decodeText } from './decode-text.ts'
import { maxColumns, maxFileBytes, maxRows, maxUnpackedBytes, maxUnpackRatio } from './limits.ts'
import { unpackedSize } from './unpacked-size.ts'
import type { Flaw, Sheet, SheetProblem, Workbook } from './workbook.ts'

type ReadSheet = Result<Workbook, SheetProblem>

/** .xlsx, .xls (also the web pages that some systems give out under that name) and .csv or tab-separated text. Hidden sheets are left out. */
export async function readSheet(bytes: Uint8Array, options: { readonly name: string }): Promise<ReadSheet> {
  if (bytes.length === 0) return fail({ problem: 'empty' })
  if (bytes.length > maxFileBytes) return fail({ problem: 'fileTooLarge', bytes: bytes.length, limit: maxFileBytes })
  if (startsWith(bytes, [0x50, 0x4b])) return readZipped(bytes, options.name)
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return readWorkbook(bytes, options.name)
  return readText(bytes, options.name)
}

function readZipped(bytes: Uint8Array, name: string): ReadSheet | Promise<ReadSheet> {
  const size = unpackedSize(bytes)
  if (size === undefined) return fail({ problem: 'damaged', detail: 'zip directory' })
  const limit = Math.min(maxUnpackedBytes, bytes.length * maxUnpackRatio)
  if (size > limit) return fail({ problem: 'unpacksTooLarge', bytes: size, limit })
  return readWorkbook(bytes, name)
}

async function readWorkbook(bytes: Uint8Array, name: string): Promise<ReadSheet> {
  try {
    const raw = await read(bytes)
    return toWorkbook(
      name,
      raw.sheets.filter((sheet) => !sheet.hidden && !sheet.veryHidden),
      raw.dateSystem === '1904',
    )
  } catch (error) {
    // The library throws on every bad file; none of it is a fault of ours.
    if (error instanceof EncryptedFileError) return fail({ problem: 'encrypted' })
    const detail = error instanceof Error ? error.message : String(error)
    if (/missing Workbook stream|missing \[Content_Types\]|cannot find workbook|missing workbook/i.test(detail))
      return fail({ problem: 'notASpreadsheet' })
    const far = /^Sheet "(.*)" spans (\d+) rows/.exec(detail)
    if (far) return fail({ problem: 'tooManyRows', sheet: far[1] ?? '', rows: Number(far[2]), limit: maxRows })
    return fail({ problem: 'damaged', detail })
  }
}

function readText(bytes: Uint8Array, name: string): ReadSheet {
  const text = decodeText(bytes)
  if (text === undefined || text.startsWith('%PDF') || text.startsWith('{\\rtf'))
    return fail({ problem: 'notASpreadsheet' })
  if (text.trim() === '') return fail({ problem: 'empty' })
  const title = name.replace(/\.[A-Za-z]+$/, '')
  if (/^\s*<(!doctype|html|table|\?xml|meta|head)/i.test(text)) {
    return /<table/i.test(text)
      ? toWorkbook(name, [{ ...fromHtml(text, { typeInference: false, classes: false }), name: title }], false)
      : fail({ problem: 'notASpreadsheet' })
  }
  const { lines, delimiter, delimiters } = survey(text)
  if (lines > maxRows * 4) return fail({ problem: 'tooManyRows', sheet: title, rows: lines, limit: maxRows })
  if (delimiters > maxRows * maxColumns)
    return fail({ problem: 'tooManyColumns', sheet: title, columns: Math.ceil(delimiters / lines), limit: maxColumns })
  return toWorkbook(name, [{ name: title, rows: parseCsv(text, { delimiter }) }], false)
}

/** Counts outside quotes; the separator is whichever of tab, comma and semicolon is commonest. */
function survey(text: string): { lines: number; delimiter: string; delimiters: number } {
  const counts = { '\t': 0, ',': 0, ';': 0 }
  let lines = 1
  let quoted = false
  for (const c of text) {
    if (c === '"') quoted = !quoted
    else if (quoted) continue
    else if (c === '\n') lines++
    else if (c === '\t' || c === ',' || c === ';') counts[c]++
  }
  const delimiter = counts['\t'] > 0 && counts['\t'] >= counts[','] ? '\t' : counts[';'] > counts[','] ? ';' : ','
  return { lines, delimiter, delimiters: counts[delimiter] }
}

function toWorkbook(
  name: string,
  raw: readonly Pick<RawSheet, 'name' | 'rows' | 'merges'>[],
  date1904: boolean,
): ReadSheet {
  const sheets: Sheet[] = []
  for (const each of raw) {
    const sheet = toSheet(each)
    const rows = sheet.rows.filter((row) => row.length > 0).length
    if (rows > maxRows) return fail({ problem: 'tooManyRows', sheet: sheet.name, rows, limit: maxRows })
    const columns = sheet.rows.reduce((widest, row) => Math.max(widest, row.length), 0)
    if (columns > maxColumns) return fail({ problem: 'tooManyColumns', sheet: sheet.name, columns, limit: maxColumns })
    if (rows > 0) sheets.push(sheet)
  }
  return sheets.length === 0 ? fail({ problem: 'empty' }) : ok({ name, sheets, date1904 })
}

function toSheet(raw: Pick<RawSheet, 'name' | 'rows' | 'merges'>): Sheet {
  const rows: string[][] = []
  const flaws = new Map<string, Flaw>()
  for (let r = 0; r < raw.rows.length; r++) {
    // Readers leave holes where a row has no cell.
    const cells: readonly unknown[] = raw.rows[r] ?? []
    const row: string[] = []
    for (let c = 0; c < cells.length; c++) {
      const { text, flaw } = cellToText(cells[c])
      if (flaw) flaws.set(`${r}:${c}`, flaw)
      if (text === '' && !flaw) continue
      while (row.length < c) row.push('')
      row.push(text)
    }
    rows.push(row)
  }
  while (rows.length > 0 && rows[rows.length - 1]?.length === 0) rows.pop()
  const merges = (raw.merges ?? []).map(({ startRow, startCol, endRow, endCol }) => ({
    top: startRow,
    left: startCol,
    bottom: endRow,
    right: endCol,
  }))
  return { name: raw.name, rows, merges, flaws }
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte)
}
