/**
 * What an import worker answers: opens a file, then plans as often as the mapping is corrected.
 * A pure turn from state and request to state and answer; the worker's entry file owns the state, the caller the time limit.
 */
import type { Day, OwnLists, RecordId } from '@tongge/model'
import { guessColumns, mappingOf, sampleColumns, type ColumnGuess } from './columns/guess-columns.ts'
import type { FieldTarget, Mapping } from './columns/targets.ts'
import { indexLedger, type LedgerEntry } from './plan/ledger-index.ts'
import { planImport } from './plan/plan-import.ts'
import type { ImportPlan } from './plan/report.ts'
import { readSheet } from './read/read-sheet.ts'
import type { SheetProblem } from './read/workbook.ts'
import { findTables, type TableProblem } from './tables/find-tables.ts'
import type { SkippedLine, Table } from './tables/table.ts'
import { estateIn } from './values/place.ts'

export type ImportRequest =
  | {
      readonly ask: 'open'
      readonly name: string
      readonly bytes: Uint8Array
      /** Opt-in fields this community collects, such as `household.income`. */ readonly switchedOn: readonly string[]
    }
  /** One mapping for each table group, in their order; `skip` leaves a group out. */
  | {
      readonly ask: 'plan'
      readonly mappings: readonly (Mapping | 'skip')[]
      readonly entries: readonly LedgerEntry[]
      /** Fields the person may not write. */
      readonly closed: readonly FieldTarget[]
      readonly today: Day
      /** What the community added to lists. */
      readonly own?: OwnLists | undefined
    }

export type ImportAnswer =
  | { readonly answer: 'opened'; readonly groups: readonly TableGroup[] }
  | { readonly answer: 'planned'; readonly plan: ImportPlan }
  | { readonly answer: 'failed'; readonly failure: ImportFailure }

export type ImportFailure = SheetProblem | TableProblem | { readonly problem: 'notOpened' }

export interface ImportProgress {
  readonly step: 'read' | 'tables' | 'plan'
  /** 0 to 1 within the step. */
  readonly share: number
}

/** Tables with one and the same header share a mapping: usually one sheet per building. */
export interface TableGroup {
  readonly header: readonly string[]
  /** The first few different texts of each column. */
  readonly samples: readonly (readonly string[])[]
  readonly guesses: readonly ColumnGuess[]
  readonly mapping: Mapping
  readonly sheets: readonly {
    readonly sheet: string
    readonly rows: number
    readonly building: string | undefined
    readonly skipped: readonly SkippedLine[]
  }[]
}

export interface ImportState {
  readonly groups: readonly (readonly Table[])[]
}

export const noImport: ImportState = { groups: [] }

export interface ImportTurn {
  readonly state: ImportState
  readonly answer: ImportAnswer
}

export interface ImportMeans {
  readonly newId: () => RecordId
  readonly onProgress: (progress: ImportProgress) => void
}

export function handleImportMessage(
  state: ImportState,
  request: ImportRequest,
  means: ImportMeans,
): Promise<ImportTurn> {
  return request.ask === 'open' ? open(request, means) : Promise.resolve(plan(state, request, means))
}

async function open(
  request: Extract<ImportRequest, { ask: 'open' }>,
  { onProgress }: ImportMeans,
): Promise<ImportTurn> {
  onProgress({ step: 'read', share: 0 })
  const workbook = await readSheet(request.bytes, { name: request.name })
  if (!workbook.ok) return { state: noImport, answer: { answer: 'failed', failure: workbook.failure } }
  onProgress({ step: 'tables', share: 0 })
  const tables = findTables(workbook.value)
  if (!tables.ok) return { state: noImport, answer: { answer: 'failed', failure: tables.failure } }
  const groups = groupByHeader(tables.value)
  onProgress({ step: 'tables', share: 1 })
  return { state: { groups }, answer: { answer: 'opened', groups: groups.map((group) => describe(group, request)) } }
}

function groupByHeader(tables: readonly Table[]): readonly (readonly Table[])[] {
  const groups = new Map<string, Table[]>()
  for (const table of tables) {
    const key = table.header.join('\u0000')
    const group = groups.get(key)
    if (group) group.push(table)
    else groups.set(key, [table])
  }
  return [...groups.values()]
}

function describe(tables: readonly Table[], { name, switchedOn }: Extract<ImportRequest, { ask: 'open' }>): TableGroup {
  const [first] = tables
  const header = first?.header ?? []
  const rows = tables.flatMap((table) => table.rows)
  const whole: Table | undefined = first && { ...first, rows }
  const samples = whole ? sampleColumns(whole) : []
  const guesses = guessColumns(header, samples, switchedOn)
  const mapping = mappingOf(guesses)
  const estate = tables.map((table) => table.place?.estate ?? estateIn(table.title)).find(Boolean) ?? estateIn(name)
  return {
    header,
    samples: samples.map((texts) => [...new Set(texts)].slice(0, 4)),
    guesses,
    mapping: estate ? { ...mapping, defaults: { ...mapping.defaults, 'building.estate': estate } } : mapping,
    sheets: tables.map((table) => ({
      sheet: table.sheet,
      rows: table.rows.length,
      building: table.place?.building,
      skipped: table.skipped,
    })),
  }
}

function plan(
  state: ImportState,
  request: Extract<ImportRequest, { ask: 'plan' }>,
  { newId, onProgress }: ImportMeans,
): ImportTurn {
  if (state.groups.length === 0) return { state, answer: { answer: 'failed', failure: { problem: 'notOpened' } } }
  const parts = state.groups.flatMap((tables, i) => {
    const mapping = request.mappings[i]
    return mapping === undefined || mapping === 'skip' ? [] : tables.map((table) => ({ table, mapping }))
  })
  onProgress({ step: 'plan', share: 0 })
  const planned = planImport(parts, indexLedger(request.entries), {
    newId,
    today: request.today,
    closed: request.closed,
    own: request.own,
    onProgress: (share) => onProgress({ step: 'plan', share }),
  })
  return { state, answer: { answer: 'planned', plan: planned } }
}
