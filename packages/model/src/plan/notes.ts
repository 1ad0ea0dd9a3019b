/** Notes and knock results of a building. */
import { mayRead } from '../policy/rights.ts'
import { ok } from '../result.ts'
import type { PlanContext, Snapshot } from '../snapshot.ts'
import { dayOf } from '../time.ts'
import { denyRecord, presentFields } from './authority.ts'
import { kindIn } from './changes.ts'
import { invalid, notAllowed, type CommandOf, type Plan } from './refusals.ts'
import { checkNewRecord, normaliseFields } from './validate.ts'

/** A helper without the ledger may note for the buildings of their own; the author is whoever acts. */
export function addNote(snapshot: Snapshot, command: CommandOf<'addNote'>, context: PlanContext): Plan {
  const { actor } = context
  const denied = denyRecord(actor, 'note', 'insert')
  if (denied) return denied
  const given = presentFields(normaliseFields('note', command.fields))
  const fields = { ...given, author: actor.account, notedAt: given['notedAt'] ?? context.now }
  const building = given['building']
  const isOwn = actor.buildings.some((own) => own === building)
  if (building !== undefined && !isOwn && !mayRead(actor.roles, 'ledger')) return notAllowed('note')

  const known = kindIn(snapshot)
  const kindOf = (id: string): ReturnType<typeof known> => (isOwn && id === building ? 'building' : known(id))
  const problems = [...checkNewRecord('note', fields, { grid: snapshot.grid, today: dayOf(context.now), kindOf })]
  const says = given['text'] !== undefined || given['outcome'] !== undefined || given['curtain'] !== undefined
  if (!says) problems.push({ field: given['noteType'] === 'knock' ? 'outcome' : 'text', problem: 'required' })
  if (problems.length > 0) return invalid(...problems)
  return ok([{ op: 'create', kind: 'note', id: context.newId(), fields }])
}
