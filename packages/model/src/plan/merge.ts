/** 合并: two records that are the same thing become one, and whatever named the duplicate names the one that is kept. */
import type { FieldValues, Refusal } from '../commands.ts'
import { fieldsOf } from '../fields.ts'
import { fieldOf, isKindOf, isLedgerKind } from '../records.ts'
import { fail, ok } from '../result.ts'
import type { Edit, PlanContext, Snapshot } from '../snapshot.ts'
import { denyFields, denyRecord } from './authority.ts'
import { changedFields, setField, setFields } from './changes.ts'
import { findDuplicate } from './duplicates.ts'
import { surroundingsOf } from './records.ts'
import { referrersOf, valuesOf } from './references.ts'
import { invalid, notFound, wrongState, type CommandOf, type Plan } from './refusals.ts'
import { checkChanges, completeIdentity, normaliseFields } from './validate.ts'

/** `fields` are what a person chose where the two differ; what the kept record lacks comes from the duplicate. */
export function mergeRecords(snapshot: Snapshot, command: CommandOf<'mergeRecords'>, context: PlanContext): Plan {
  const keep = snapshot.entries.get(command.keep)
  const duplicate = snapshot.entries.get(command.duplicate)
  if (!keep) return notFound(command.keep)
  if (!duplicate) return notFound(command.duplicate)
  const { kind } = keep
  if (keep.id === duplicate.id) return wrongState('sameRecord')
  if (kind !== duplicate.kind || !isLedgerKind(kind)) return wrongState('differentKinds')

  const before = valuesOf(keep)
  const chosen = normaliseFields(kind, command.fields)
  const missing: FieldValues = Object.fromEntries(
    Object.entries(valuesOf(duplicate)).filter(
      ([name, value]) => value !== undefined && before[name] === undefined && !(name in chosen) && fieldOf(kind, name),
    ),
  )
  const changed = changedFields(keep, completeIdentity(kind, { ...missing, ...chosen }, before))
  const denied = denyRecord(context.actor, kind, 'delete') ?? denyFields(context.actor, kind, changed)
  if (denied) return denied

  const referrers = referrersOf(snapshot, duplicate.id)
  // Notes rest in the document of their building and cannot follow.
  const notes = referrers.filter(({ entry }) => entry.kind === 'note')
  if (notes.length > 0) return fail<Refusal>({ reason: 'inUse', by: notes.map(({ entry }) => entry.id) })
  const problems = checkChanges(kind, changed, before, surroundingsOf(snapshot, context))
  if (problems.length > 0) return invalid(...problems)
  const another = findDuplicate(snapshot, kind, { ...before, ...changed }, [keep.id, duplicate.id], before)
  if (another) return another

  const links = referrers
    .filter(({ entry }) => entry.id !== keep.id)
    .map(({ entry, field }): Edit => {
      // A household the kept person does not live in is left without a head.
      const follows =
        field !== 'head' || (isKindOf(keep, 'person') && (changed['household'] ?? keep.fields.household) === entry.id)
      return setField(entry, field, follows ? keep.id : undefined)
    })
  // What this person may not read goes into the recycle bin with the duplicate, and comes back with it.
  const texts = fieldsOf(kind)
    .filter(({ type, name }) => type === 'coText' && !denyFields(context.actor, kind, { [name]: undefined }))
    .map(({ name: field }): Edit => ({ op: 'appendText', kind, id: keep.id, field, from: duplicate.id }))
  return ok([
    ...setFields(keep, changed),
    ...texts,
    ...links,
    // Somebody may merge the same two the other way round, unseen.
    { op: 'hold', kind, id: keep.id },
    { op: 'delete', kind, id: duplicate.id },
  ])
}
