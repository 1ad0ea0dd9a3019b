/** Turns sheets as offices keep them (titles, merged cells, sections, totals) into plain tables. */
import { fail, ok, type Result } from '@tongge/model'
import type { Flaw, Sheet, Workbook } from '../read/workbook.ts'
import { buildingIn, buildingKey, entranceIn, sectionIn, type Place } from '../values/place.ts'
import { findHeader, type Header } from './header-rows.ts'
import type { SkippedLine, Table, TableRow } from './table.ts'

export type TableProblem =
  /** No sheet has a header row and a row below it. */
  { readonly problem: 'noTable' } | { readonly problem: 'headerOnly'; readonly sheet: string }

const total = /^(本页)?(合计|总计|小计|共计|总户数|总人数|户数合计|人数合计|汇总)/
const footnote =
  /^(备注|注|说明|填表人|制表人?|制表单位|填报人|填报单位|审核人?|负责人|联系人|日期|填表日期|单位盖章|社区盖章|第\d+页)\s*[:：]/
const ditto = new Set(['同上', '〃', '″', '〞'])

/** In the order of the sheets; sheets without a table are passed over as long as one has one. */
export function findTables(workbook: Workbook): Result<readonly Table[], TableProblem> {
  const tables: Table[] = []
  let bare: string | undefined
  for (const sheet of workbook.sheets) {
    const width = sheet.rows.reduce((widest, row) => Math.max(widest, row.length), 0)
    const header = findHeader(sheet, width)
    if (!header) continue
    const table = toTable(sheet, header, workbook.date1904)
    if (table.rows.length > 0) tables.push(table)
    else bare ??= sheet.name
  }
  if (tables.length > 0) return ok(tables)
  return fail(bare === undefined ? { problem: 'noTable' } : { problem: 'headerOnly', sheet: bare })
}

function toTable(sheet: Sheet, header: Header, date1904: boolean): Table {
  const width = header.texts.length
  const below = filledDown(sheet, header.bottom + 1, width)
  const rows: TableRow[] = []
  const skipped: SkippedLine[] = []
  const title = sheet.rows
    .slice(0, header.top)
    .flat()
    .filter((text) => text !== '')
    .join(' ')
  const place = placeOf(sheet.name, title)
  const repeated = header.texts.join('\u0000')
  let section: Place | undefined
  below.forEach((cells, i) => {
    const at = header.bottom + 2 + i
    const line = judge(cells, repeated)
    if (line === 'blank') return
    if (line === 'section') section = sectionIn(cells.find((text) => text !== '') ?? '', section ?? place)
    if (line !== 'row') return void skipped.push({ at, why: line })
    const flaws = flawsOf(sheet, at - 1, width)
    rows.push({
      at,
      cells: repeatAbove(cells, rows[rows.length - 1]),
      ...(flaws && { flaws }),
      ...(section && { section }),
    })
  })
  return {
    sheet: sheet.name,
    title,
    header: header.texts,
    rows,
    date1904,
    skipped,
    ...(place && { place }),
  }
}

/** The sheet's name goes before the title, which may still tell the estate, or the entrance of the same building. */
function placeOf(sheet: string, title: string): Place | undefined {
  const named = buildingIn(sheet)
  const titled = buildingIn(title)
  const building = named?.building ?? titled?.building
  const isSame = !titled?.building || (building !== undefined && buildingKey(titled.building) === buildingKey(building))
  const ofTitle = isSame ? (titled ? titled.entrance : entranceIn(title)) : undefined
  const entrance = named?.entrance ?? (named ? ofTitle : (entranceIn(sheet) ?? ofTitle))
  const estate = named?.estate ?? titled?.estate
  if (building === undefined && entrance === undefined) return undefined
  return { ...(estate && { estate }), ...(building && { building }), ...(entrance && { entrance }) }
}

function judge(cells: readonly string[], repeated: string): 'row' | 'blank' | SkippedLine['why'] {
  const filled = cells.filter((text) => text !== '')
  const first = filled[0]
  if (first === undefined) return 'blank'
  if (total.test(first) && filled.length <= cells.length * 0.6) return 'total'
  if (footnote.test(first) && filled.length <= 6) return 'footnote'
  if (cells.join('\u0000') === repeated) return 'repeatedHeader'
  const alone = filled.every((text) => text === first)
  if (alone && cells.length > 2 && sectionIn(first, undefined) && first.length <= 30) return 'section'
  return 'row'
}

/** Every cell of a block merged downwards gets its text; blocks merged only sideways keep it at the left. */
function filledDown(sheet: Sheet, from: number, width: number): string[][] {
  const rows = sheet.rows.slice(from).map((row) => Array.from({ length: width }, (_, c) => row[c] ?? ''))
  for (const merge of sheet.merges) {
    if (merge.bottom === merge.top || merge.bottom < from || merge.left >= width) continue
    const text = sheet.rows[merge.top]?.[merge.left] ?? ''
    for (let r = Math.max(merge.top, from); r <= merge.bottom && r - from < rows.length; r++) {
      const row = rows[r - from]
      // A block that reaches past the last filled row must not make rows of its own.
      if (row?.some((cell) => cell !== '')) row[merge.left] = text
    }
  }
  return rows
}

function repeatAbove(cells: string[], above: TableRow | undefined): readonly string[] {
  if (above) for (let c = 0; c < cells.length; c++) if (ditto.has(cells[c] ?? '')) cells[c] = above.cells[c] ?? ''
  return cells
}

function flawsOf(sheet: Sheet, row: number, width: number): ReadonlyMap<number, Flaw> | undefined {
  if (sheet.flaws.size === 0) return undefined
  const flaws = new Map<number, Flaw>()
  for (let c = 0; c < width; c++) {
    const flaw = sheet.flaws.get(`${row}:${c}`)
    if (flaw) flaws.set(c, flaw)
  }
  return flaws.size > 0 ? flaws : undefined
}
