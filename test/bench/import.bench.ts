/**
 * Time from the bytes of a ledger of 20,000 rows to the preview of its import, and again onto a ledger that has it all.
 * `node test/bench/import.bench.ts [rows] [runs]`; medians, beside the target of 5 s.
 */
import { fixturePeople } from '../../packages/ledger-io/fixtures/people.ts'
import {
  guessMapping,
  ledgerOf,
  planOf,
  readOk,
  tablesOf,
  usualHeader,
  usualRow,
  xlsxOf,
} from '../../packages/ledger-io/fixtures/sheets.ts'
import { encodeGb18030 } from '../../packages/ledger-io/src/write/encode-gb18030.ts'

const target = 5000
const rows = Number(process.argv[2] ?? 20_000)
const runs = Number(process.argv[3] ?? 5)
const lines = [['示例小区实有人口台账'], usualHeader, ...fixturePeople(rows).map(usualRow)]
const files = {
  xlsx: await xlsxOf({ name: '人员', rows: lines, merges: [[0, 0, 0, 10]] }),
  'csv, GBK': encodeGb18030(lines.map((line) => line.join(',')).join('\r\n')),
}

const median = (values: readonly number[]): number =>
  Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0)
const report: Record<string, Record<string, number | string>> = {}
for (const [kind, bytes] of Object.entries(files)) {
  const laps: Record<'read' | 'tables' | 'columns' | 'plan' | 'again', number[]> = {
    read: [],
    tables: [],
    columns: [],
    plan: [],
    again: [],
  }
  const totals: number[] = []
  for (let run = 0; run < runs; run++) {
    let from = performance.now()
    const lap = (name: keyof typeof laps): void => {
      const at = performance.now()
      laps[name].push(at - from)
      from = at
    }
    const workbook = await readOk(bytes)
    lap('read')
    const tables = tablesOf(workbook)
    lap('tables')
    for (const table of tables) guessMapping(table)
    lap('columns')
    const plan = planOf(workbook)
    lap('plan')
    const again = planOf(workbook, ledgerOf(plan))
    lap('again')
    if (plan.counts.created !== rows || again.counts.unchanged !== rows)
      throw new Error('the bench measures a wrong import')
    totals.push(
      (['read', 'tables', 'columns', 'plan'] as const).reduce((sum, name) => sum + (laps[name].at(-1) ?? 0), 0),
    )
  }
  const total = median(totals)
  report[kind] = {
    kB: Math.round(bytes.length / 1024),
    ...Object.fromEntries(Object.entries(laps).map(([name, values]) => [`${name} ms`, median(values)])),
    'total ms': total,
    'of target': (total / target).toFixed(2),
  }
}
process.stdout.write(
  `Import of ${rows} rows, median of ${runs}; target ${target} ms; total = read + tables + columns + plan; again = onto a ledger that has them\n`,
)
console.table(report)
