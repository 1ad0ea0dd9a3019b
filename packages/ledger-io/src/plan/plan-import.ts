/**
 * Tables to what an import would do: records to make, fields to change, and a report on every row.
 * Changes nothing; reads no clock and makes no id of its own.
 */
import { findCode, type Day, type OwnLists, type RecordId } from '@tongge/model'
import type { FieldTarget, Mapping } from '../columns/targets.ts'
import type { Table } from '../tables/table.ts'
import { buildingName, type Place } from '../values/place.ts'
import { createDraftLedger } from './draft-ledger.ts'
import { groupRows } from './group-rows.ts'
import type { LedgerIndex } from './ledger-index.ts'
import { planGroup } from './plan-group.ts'
import { readRow, type DraftRow } from './read-row.ts'
import type { ImportPlan, RowReport } from './report.ts'
import type { PlanState, RowState } from './settle-home.ts'

export interface ImportPart {
  readonly table: Table
  readonly mapping: Mapping
}

export interface ImportOptions {
  readonly newId: () => RecordId
  readonly today: Day
  /** Fields the person may not write: they help to recognise people but are left out of every record. */
  readonly closed?: readonly FieldTarget[]
  /** What the community added to lists. */
  readonly own?: OwnLists | undefined
  /** Told the share done, 0 to 1, every few hundred rows. */
  readonly onProgress?: (share: number) => void
}

export function planImport(parts: readonly ImportPart[], index: LedgerIndex, options: ImportOptions): ImportPlan {
  const total = parts.reduce((sum, { table }) => sum + table.rows.length, 0)
  const rows: RowReport[] = []
  const estate = parts.map(({ mapping }) => mapping.defaults['building.estate']?.trim()).find(Boolean)
  const ledger = createDraftLedger(index, {
    newId: options.newId,
    estate,
    source: findCode('SOURCE', '导入'),
    closed: new Set(options.closed),
  })
  const state: PlanState = { index, ledger, today: options.today, seenIdNos: new Map(), seenPeople: new Map() }
  for (const { table, mapping } of parts) {
    const drafts = table.rows.map((row) =>
      readRow(table, row, mapping, { date1904: table.date1904, today: options.today, own: options.own }),
    )
    const results = new Map<DraftRow, RowState>()
    let done = 0
    for (const group of groupRows(table, drafts, mapping)) {
      for (const [draft, result] of planGroup(state, group, mapping)) results.set(draft, result)
      const before = done
      done += group.rows.length
      if (Math.floor(before / 500) !== Math.floor(done / 500))
        options.onProgress?.((rows.length + done) / Math.max(total, 1))
    }
    for (const draft of drafts) rows.push(toReport(draft, results.get(draft)))
  }
  return summarise(rows, ledger.records())
}

function toReport(draft: DraftRow, result: RowState | undefined): RowReport {
  const name = draft.values.person['name']
  return {
    origin: draft.origin,
    name: typeof name === 'string' ? name : '',
    place: result ? placeText(result.place) : '',
    outcome: result?.outcome ?? 'rejected',
    notes: draft.notes,
    changes: result?.changes ?? [],
    ...(result?.match && { match: result.match }),
  }
}

function placeText({ estate, building, entrance, door }: Place): string {
  const inside = [entrance, door].filter(Boolean).join('-')
  return [estate, building && buildingName(building), inside].filter(Boolean).join(' ')
}

function summarise(rows: readonly RowReport[], records: ImportPlan['records']): ImportPlan {
  const counts = { created: 0, changed: 0, unchanged: 0, rejected: 0, doubtful: 0, households: 0, people: 0 }
  for (const row of rows) {
    counts[row.outcome]++
    if (row.outcome !== 'rejected' && row.notes.length > 0) counts.doubtful++
  }
  for (const record of records) {
    if (record.existing) continue
    if (record.kind === 'household') counts.households++
    if (record.kind === 'person') counts.people++
  }
  return { records, rows, duplicates: rows.flatMap(({ match }) => (match ? [match] : [])), counts }
}
