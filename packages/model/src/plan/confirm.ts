/** 未变化: one tap says that a household is as it was. */
import { isActive, isKindOf } from '../records.ts'
import { ok } from '../result.ts'
import type { PlanContext, Snapshot } from '../snapshot.ts'
import { denyFields } from './authority.ts'
import { setField } from './changes.ts'
import { findEntry, wrongState, type CommandOf, type Plan } from './refusals.ts'

/** Also confirms the floating persons of the household, whose data must be no older than 7 days. */
export function confirmUnchanged(
  snapshot: Snapshot,
  command: CommandOf<'confirmUnchanged'>,
  context: PlanContext,
): Plan {
  const household = findEntry(snapshot, command.household, 'household')
  if (!household.ok) return household
  const denied = denyFields(context.actor, 'household', { lastConfirmedAt: context.now, verifyState: '3' })
  if (denied) return denied
  if (!isActive(household.value)) return wrongState('notActive')
  const floating = [...snapshot.entries.values()].filter(
    (entry) =>
      isKindOf(entry, 'person') &&
      entry.fields.household === command.household &&
      entry.fields.resident === '02' &&
      isActive(entry),
  )
  return ok([
    setField(household.value, 'lastConfirmedAt', context.now),
    setField(household.value, 'verifyState', '3'),
    ...floating.map((person) => setField(person, 'floatingConfirmedAt', context.now)),
  ])
}
