/** 谁在用它: the records that stand on another, which is why it cannot be deleted yet. */
import { plan, type RecordId } from '@tongge/model'
import type { Session } from '../../../session/session.ts'

/** Asked before the deletion, of the same rule by which it would be refused. */
export function usersOf(session: Pick<Session, 'store' | 'context'>, id: RecordId): readonly RecordId[] {
  const answer = plan(session.store.snapshot(), { do: 'deleteRecord', id }, session.context())
  return !answer.ok && answer.failure.reason === 'inUse' ? answer.failure.by : []
}
