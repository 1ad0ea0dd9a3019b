/** What the audit log costs: the relay beside itself without one, over sockets and in the log alone. */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLog } from '../../sync-server/src/stores.ts'
import { createSqliteUpdateLog } from '../../sync-server/src/sync.ts'
import { bound, busyRate, grid, highest, long, perSecond, probe, short } from './relay-rates.ts'
import { alternate, compare, median, ms, type Comparison } from './relay-report.ts'

const kinds = ['tongge', 'unaudited'] as const
type Audited = (typeof kinds)[number]

export async function measureAudit(isFull: boolean): Promise<void> {
  const beside = <T>(
    measured: Readonly<Record<Audited, readonly T[]>>,
    figure: (one: T) => number,
    show: Comparison['show'],
  ): Comparison => ({
    ours: median(measured.tongge.map(figure)),
    theirs: median(measured.unaudited.map(figure)),
    peer: 'no audit',
    show,
  })
  const busy = await alternate(kinds, isFull ? 5 : 3, (kind) => probe(kind, grid, busyRate, isFull ? long : short))
  const microseconds = (value: number): string => `${value.toFixed(1)} us`
  compare(
    '',
    `audit: ${busyRate} edits/s, p99`,
    beside(busy, ({ p99 }) => p99, ms),
  )
  compare(
    '',
    'audit: processor time an edit at that rate',
    beside(busy, ({ cpu }) => cpu, microseconds),
  )
  const rates = await alternate(kinds, isFull ? 5 : 1, (kind) => highest(kind, grid, 4000, isFull ? long : short))
  compare(
    '',
    `audit: highest rate kept up with${bound(rates.tongge)}`,
    beside(rates, ({ rate }) => rate, perSecond),
  )
  const logs = await alternate(kinds, 3, (kind) => fill(kind, isFull ? 200_000 : 50_000))
  compare(
    '',
    'audit: log alone, one row of 40 bytes, ten to a commit',
    beside(logs, ({ time }) => time, microseconds),
  )
  compare(
    '',
    'audit: bytes on disk a row',
    beside(
      logs,
      ({ bytes }) => bytes,
      (value) => `${value.toFixed(0)} B`,
    ),
  )
}

/** Rows like those of a grid's day, in an empty file. */
async function fill(kind: Audited, rows: number): Promise<{ readonly time: number; readonly bytes: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'tongge-bench-'))
  const file = join(folder, 'log.sqlite')
  const log = kind === 'tongge' ? openLog(file, Date.now).log : createSqliteUpdateLog(file)
  const group = Array.from({ length: 10 }, (_, index) => ({
    document: `grid/990101001001001/work/2026q${1 + (index % 4)}`,
    update: Uint8Array.from({ length: 40 }, (_, byte) => byte * index),
    account: `member0${index % 3}`,
  }))
  const before = performance.now()
  for (let written = 0; written < rows; written += group.length) await log.append(group)
  const time = ((performance.now() - before) * 1000) / rows
  await log.close()
  const { size } = await stat(file)
  await rm(folder, { recursive: true })
  return { time, bytes: size / rows }
}
