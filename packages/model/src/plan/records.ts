/** Adding, editing, deleting and restoring one record. */
import type { FieldValues, Refusal } from '../commands.ts'
import type { RecordId } from '../ids.ts'
import { isKindOf, type Kind, type TrashedEntry } from '../records.ts'
import { fail, ok } from '../result.ts'
import type { Edit, PlanContext, Snapshot } from '../snapshot.ts'
import { dayOf } from '../time.ts'
import { denyFields, denyRecord, presentFields } from './authority.ts'
import { changedFields, clearHeadships, headOf, isHeadKin, kindIn, setField, setFields } from './changes.ts'
import { findDuplicate } from './duplicates.ts'
import { addNote } from './notes.ts'
import { referencesOf, referrersOf, valuesOf } from './references.ts'
import { invalid, notAllowed, notFound, wrongState, type CommandOf, type Plan } from './refusals.ts'
import { checkChanges, checkNewRecord, completeIdentity, normaliseFields, type Surroundings } from './validate.ts'

export function surroundingsOf(snapshot: Snapshot, context: PlanContext): Surroundings {
  return { grid: snapshot.grid, today: dayOf(context.now), kindOf: kindIn(snapshot) }
}

/** What every record of the ledger begins with unless told otherwise. */
export function withDefaults(snapshot: Snapshot, fields: FieldValues, source: string): FieldValues {
  return {
    ...fields,
    gridCode: fields['gridCode'] ?? snapshot.grid,
    source: fields['source'] ?? source,
    verifyState: fields['verifyState'] ?? '0',
    status: fields['status'] ?? 'active',
  }
}

export function addRecord(snapshot: Snapshot, command: CommandOf<'addRecord'>, context: PlanContext): Plan {
  const { kind } = command
  // Made with its ticket, or named afterwards.
  if (kind === 'reporter') return notAllowed(kind)
  if (kind === 'note') return addNote(snapshot, { do: 'addNote', fields: command.fields }, context)
  const given = presentFields(normaliseFields(kind, command.fields))
  const denied = denyRecord(context.actor, kind, 'insert') ?? denyFields(context.actor, kind, given)
  if (denied) return denied

  const complete = completeIdentity(kind, withDefaults(snapshot, given, 'visit'))
  const isFloating = kind === 'person' && complete['resident'] === '02'
  const fields: FieldValues = isFloating
    ? { ...complete, floatingConfirmedAt: complete['floatingConfirmedAt'] ?? context.now }
    : complete
  const problems = [...checkNewRecord(kind, fields, surroundingsOf(snapshot, context))]
  // Nobody lives in a household that is not there yet.
  if (kind === 'household' && fields['head'] !== undefined)
    problems.push({ field: 'head', problem: 'unknownReference' })
  if (problems.length > 0) return invalid(...problems)
  const duplicate = findDuplicate(snapshot, kind, fields, [])
  if (duplicate) return duplicate

  const id = context.newId()
  const edits: Edit[] = [{ op: 'create', kind, id, fields: presentFields(fields) }]
  if (kind === 'person' && isHeadKin(fields['kinToHead'])) {
    const household = snapshot.entries.get(fields['household'] as RecordId)
    if (household && isKindOf(household, 'household')) {
      if (headOf(snapshot, household) !== undefined) return wrongState('householdHasHead')
      edits.push(setField(household, 'head', id))
    }
  }
  return ok(edits)
}

export function editRecord(snapshot: Snapshot, command: CommandOf<'editRecord'>, context: PlanContext): Plan {
  const entry = snapshot.entries.get(command.id)
  if (!entry) return notFound(command.id)
  const { kind } = entry
  const given = changedFields(entry, normaliseFields(kind, command.fields))
  const denied = denyFields(context.actor, kind, given, entry)
  if (denied) return denied
  if (Object.keys(given).length === 0) return ok([])

  const before = valuesOf(entry)
  const changed = completeIdentity(kind, given, before)
  const problems = [
    ...checkChanges(kind, changed, before, surroundingsOf(snapshot, context)),
    ...authorProblems(kind, changed),
  ]
  if (kind === 'household' && typeof changed['head'] === 'string' && !livesIn(snapshot, changed['head'], entry.id))
    problems.push({ field: 'head', problem: 'unknownReference' })
  if (problems.length > 0) return invalid(...problems)
  const duplicate = findDuplicate(snapshot, kind, { ...before, ...changed }, [entry.id], before)
  if (duplicate) return duplicate
  const leaves = kind === 'person' && changed['household'] !== undefined && changed['household'] !== before['household']
  return ok([...setFields(entry, changed), ...(leaves ? clearHeadships(snapshot, entry.id) : [])])
}

export function deleteRecord(
  snapshot: Snapshot,
  command: Pick<CommandOf<'deleteRecord'>, 'id'>,
  context: PlanContext,
): Plan {
  const entry = snapshot.entries.get(command.id)
  if (!entry) return notFound(command.id)
  const denied = denyRecord(context.actor, entry.kind, 'delete', entry)
  if (denied) return denied
  // A head of household is no hindrance: the household stays and is without a head.
  const by = referrersOf(snapshot, entry.id).filter(({ field }) => field !== 'head')
  if (by.length > 0) return fail<Refusal>({ reason: 'inUse', by: by.map((referrer) => referrer.entry.id) })
  return ok([...clearHeadships(snapshot, entry.id), { op: 'delete', kind: entry.kind, id: entry.id }])
}

export function restoreRecord(snapshot: Snapshot, command: CommandOf<'restoreRecord'>, context: PlanContext): Plan {
  const trashed = snapshot.trash.get(command.id)
  if (!trashed) return snapshot.entries.has(command.id) ? wrongState('notDeleted') : notFound(command.id)
  const denied = denyRecord(context.actor, trashed.kind, 'insert', trashed)
  if (denied) return denied
  const kindOf = kindIn(snapshot)
  const dangling = referencesOf(trashed.kind).filter(({ field, kind }) => {
    const value = trashed.fields[field]
    return field !== 'head' && trashed.kind !== 'note' && typeof value === 'string' && kindOf(value) !== kind
  })
  if (dangling.length > 0)
    return invalid(...dangling.map(({ field }) => ({ field, problem: 'unknownReference' as const })))
  return (
    findDuplicate(snapshot, trashed.kind, trashed.fields, [trashed.id]) ??
    ok([{ op: 'restore', kind: trashed.kind, id: trashed.id }, ...headAgain(snapshot, trashed)])
  )
}

/** Deleting a head left the household without one. */
function headAgain(snapshot: Snapshot, { kind, id, fields }: TrashedEntry): readonly Edit[] {
  if (kind !== 'person' || !isHeadKin(fields['kinToHead']) || fields['status'] !== 'active') return []
  const household = snapshot.entries.get(fields['household'] as RecordId)
  return household && isKindOf(household, 'household') && headOf(snapshot, household) === undefined
    ? [setField(household, 'head', id)]
    : []
}

function livesIn(snapshot: Snapshot, person: string, household: string): boolean {
  const entry = snapshot.entries.get(person as RecordId)
  return entry !== undefined && isKindOf(entry, 'person') && entry.fields.household === household
}

/** A note's author and building are fixed: it rests in that building's document. */
function authorProblems(
  kind: Kind,
  changed: FieldValues,
): { readonly field: string; readonly problem: 'outOfRange' }[] {
  return kind === 'note'
    ? ['author', 'building']
        .filter((field) => field in changed)
        .map((field) => ({ field, problem: 'outOfRange' as const }))
    : []
}
