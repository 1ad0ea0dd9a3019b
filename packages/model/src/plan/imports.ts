/** Importing many records in one command: all of them or none, every problem reported with the row it comes from. */
import type { FieldProblem, FieldValues, ImportedRecord, Refusal } from '../commands.ts'
import type { RecordId } from '../ids.ts'
import { isKindOf, isLedgerKind, type Kind } from '../records.ts'
import { fail, ok } from '../result.ts'
import type { Edit, PlanContext, Snapshot } from '../snapshot.ts'
import { denyFields, denyRecord, presentFields } from './authority.ts'
import { changedFields, clearHeadships, headOf, isHeadKin, setField, setFields } from './changes.ts'
import { identityKeys, identityKeysOf } from './duplicates.ts'
import { surroundingsOf, withDefaults } from './records.ts'
import { valuesOf } from './references.ts'
import { invalid, notAllowed, type CommandOf, type Refused, type Plan } from './refusals.ts'
import { checkChanges, checkNewRecord, completeIdentity, normaliseFields, type Surroundings } from './validate.ts'

/** A row with its fields as they will be stored. */
interface Prepared {
  readonly row: ImportedRecord
  /** For an existing record only what changes. */
  readonly fields: FieldValues
  readonly before: FieldValues | undefined
}

export function importRecords(snapshot: Snapshot, command: CommandOf<'importRecords'>, context: PlanContext): Plan {
  const prepared = command.rows.map((row) => prepare(snapshot, row))
  const denied = denyRows(prepared, context)
  if (denied) return denied
  const problems = problemsOf(snapshot, prepared, context)
  if (problems.length > 0) return invalid(...problems)
  const duplicate = duplicateIn(snapshot, prepared)
  if (duplicate) return duplicate
  return ok([...editsOf(snapshot, prepared), ...headsOf(snapshot, prepared)])
}

function prepare(snapshot: Snapshot, row: ImportedRecord): Prepared {
  const given = normaliseFields(row.kind, row.fields)
  const entry = row.existing ? snapshot.entries.get(row.id) : undefined
  if (!entry)
    return {
      row,
      before: undefined,
      fields: completeIdentity(row.kind, row.existing ? given : withDefaults(snapshot, presentFields(given), 'import')),
    }
  const before = valuesOf(entry)
  return { row, before, fields: changedFields(entry, completeIdentity(row.kind, given, before)) }
}

/** The table is asked once for each kind and field, not once for each row. */
function denyRows(prepared: readonly Prepared[], { actor }: PlanContext): Refused | undefined {
  const added = new Set<Kind>()
  const written = new Map<Kind, Set<string>>()
  for (const { row, fields } of prepared) {
    if (!isLedgerKind(row.kind)) return notAllowed(row.kind)
    if (!row.existing) added.add(row.kind)
    const names = written.get(row.kind) ?? new Set()
    written.set(row.kind, names)
    for (const name of Object.keys(fields)) names.add(name)
  }
  for (const kind of added) {
    const denied = denyRecord(actor, kind, 'insert')
    if (denied) return denied
  }
  for (const [kind, names] of written) {
    const denied = denyFields(actor, kind, Object.fromEntries([...names].map((name) => [name, undefined])))
    if (denied) return denied
  }
  return undefined
}

function problemsOf(snapshot: Snapshot, prepared: readonly Prepared[], context: PlanContext): readonly FieldProblem[] {
  const imported = new Map<string, Kind>(
    prepared.filter(({ row }) => !row.existing).map(({ row }) => [row.id, row.kind]),
  )
  const known = surroundingsOf(snapshot, context)
  const surroundings: Surroundings = { ...known, kindOf: (id) => imported.get(id) ?? known.kindOf(id) }
  const seen = new Set<RecordId>()
  return prepared.flatMap(({ row, fields, before }) => {
    const isClash = seen.has(row.id) || (!row.existing && snapshot.entries.has(row.id))
    seen.add(row.id)
    const isLost = row.existing && (!before || snapshot.entries.get(row.id)?.kind !== row.kind)
    if (isClash || isLost) return [{ field: 'id', problem: 'unknownReference' as const, origin: row.origin }]
    const found = before
      ? checkChanges(row.kind, fields, before, surroundings)
      : checkNewRecord(row.kind, fields, surroundings)
    return found.map((problem) => ({ ...problem, origin: row.origin }))
  })
}

/** One refusal for the first field that is not unique, with every record and row that shares a value of it. */
function duplicateIn(snapshot: Snapshot, prepared: readonly Prepared[]): Refused | undefined {
  const changed = new Set(prepared.map(({ row }) => row.id))
  const ownerByKey = new Map<string, RecordId>()
  for (const entry of snapshot.entries.values()) {
    if (changed.has(entry.id)) continue
    for (const { key } of identityKeysOf(entry)) ownerByKey.set(`${entry.kind}/${key}`, entry.id)
  }
  const of = new Set<RecordId>()
  let shared: string | undefined
  for (const { row, fields, before } of prepared) {
    const old = new Set(before ? identityKeys(row.kind, before).map(({ key }) => key) : [])
    for (const { field, key } of identityKeys(row.kind, { ...before, ...fields })) {
      const owner = ownerByKey.get(`${row.kind}/${key}`)
      if (owner === undefined) ownerByKey.set(`${row.kind}/${key}`, row.id)
      else if (!old.has(key) && (shared === undefined || shared === field)) {
        shared = field
        of.add(owner).add(row.id)
      }
    }
  }
  return shared === undefined ? undefined : fail<Refusal>({ reason: 'duplicate', of: [...of], field: shared })
}

function editsOf(snapshot: Snapshot, prepared: readonly Prepared[]): readonly Edit[] {
  return prepared.flatMap(({ row, fields, before }): readonly Edit[] => {
    if (!before) return [{ op: 'create', kind: row.kind, id: row.id, fields: presentFields(fields) }]
    const leaves = row.kind === 'person' && fields['household'] !== undefined
    return [...setFields({ kind: row.kind, id: row.id }, fields), ...(leaves ? clearHeadships(snapshot, row.id) : [])]
  })
}

/** A household without a head gets the first imported person who comes as 本人 or 户主. */
function headsOf(snapshot: Snapshot, prepared: readonly Prepared[]): readonly Edit[] {
  const headed = new Set<unknown>(
    prepared
      .filter(({ row, fields }) => row.kind === 'household' && fields['head'] !== undefined)
      .map(({ row }) => row.id),
  )
  const edits: Edit[] = []
  for (const { row, fields, before } of prepared) {
    const household = fields['household'] ?? before?.['household']
    if (
      row.kind !== 'person' ||
      !isHeadKin(fields['kinToHead']) ||
      typeof household !== 'string' ||
      headed.has(household)
    )
      continue
    headed.add(household)
    const entry = snapshot.entries.get(household as RecordId)
    if (entry && isKindOf(entry, 'household') && headOf(snapshot, entry) !== undefined) continue
    edits.push(setField({ kind: 'household', id: household as RecordId }, 'head', row.id))
  }
  return edits
}
