/**
 * 请网格长处理: gives edits that were not taken to the leaders of their grid. What was asked for rests with the refused edits until the
 * relay has answered, with no network now at some later time; the id makes that sent twice one.
 */
import type { AccountId, RecordId } from '@tongge/model'
import {
  formatDocumentName,
  type DocumentName,
  type HandedEdit,
  type HandedLine,
  type HandoverState,
  type OwnHandoversAnswer,
} from '@tongge/protocol'
import type { SetTimer } from '@tongge/sync'
import { alone } from './alone.ts'
import { askRelay, sendToRelay } from './relay-request.ts'
import type { Handover, RefusedEdit } from './session.ts'
import type { ToldEdits } from './told-edits.ts'

export interface HandingOver {
  ask(id: RecordId): Promise<void>
  /** Sends what was asked for, and looks what became of what was sent. */
  look(): void
  dispose(): void
}

interface Parts {
  readonly told: Pick<ToldEdits, 'read' | 'mark'>
  readonly account: AccountId
  readonly device: () => string
  readonly setTimer: SetTimer
}

const sendAgainMs = 60_000
const lookAgainMs = 300_000

export function createHandingOver({ told, account, device, setTimer }: Parts): HandingOver {
  let isOver = false
  let stopTimer = (): void => undefined
  const run = async (): Promise<void> => {
    const edits = await told.read()
    for (const edit of edits.filter(({ handover }) => handover?.state === 'asked').toReversed()) {
      const answer = isOver ? undefined : await give(edit, device())
      if (!answer) break
      await told.mark(edit.id, answer)
    }
    if (isOver || !(await told.read()).some(({ handover }) => handover?.state === 'waiting')) return
    const reply = await askRelay<OwnHandoversAnswer>('/api/handovers')
    if (!reply.ok) return
    const known = new Map(reply.answer.handovers.map((one) => [one.id, one]))
    for (const { id, handover } of await told.read()) {
      if (handover?.state !== 'waiting') continue
      const state = known.get(id)
      // A relay that was put back to an older state is told once more.
      if (!state) await told.mark(id, { state: 'asked' })
      else if (state.state !== 'waiting') await told.mark(id, handoverOf(state))
    }
  }
  const look = (): void => {
    stopTimer()
    if (isOver) return
    const after = async (): Promise<void> => {
      const states = new Set((await told.read()).map(({ handover }) => handover?.state))
      if (isOver || (!states.has('asked') && !states.has('waiting'))) return
      stopTimer()
      stopTimer = setTimer(look, states.has('asked') ? sendAgainMs : lookAgainMs)
    }
    void alone(`tongge/handing-over/${account}`, run)
      .catch(() => undefined)
      .then(after)
      .catch(() => undefined)
  }
  addEventListener('online', look)
  return {
    ask: async (id) => {
      await told.mark(id, { state: 'asked' })
      look()
    },
    look,
    dispose: () => {
      isOver = true
      stopTimer()
      removeEventListener('online', look)
    },
  }
}

/** Undefined where the relay cannot be asked for now, or takes no more of this account today. */
async function give(edit: RefusedEdit, device: string): Promise<Handover | undefined> {
  const reply = await sendToRelay<HandoverState>('/api/handovers', bodyOf(edit, device))
  if (reply.ok) return handoverOf(reply.answer)
  const isForNow = ['offline', 'unavailable', 'signedOut', 'tooManyTries'].includes(reply.reason)
  return isForNow ? undefined : { state: 'refused', reason: reply.reason === 'tooLarge' ? 'tooLarge' : 'notTaken' }
}

export function bodyOf(edit: RefusedEdit, device: string): HandedEdit {
  const times = edit.lines.flatMap(({ at }) => at ?? [])
  return {
    id: edit.id,
    document: documentOf(edit),
    at: times.length > 0 ? Math.max(...times) : edit.at,
    device,
    reason: edit.reason,
    lines: edit.lines.map(lineOf),
  }
}

function lineOf({ id, kind, action, field, before, after, step }: RefusedEdit['lines'][number]): HandedLine {
  return { id, kind, action, field, before, after, step }
}

function handoverOf({ state, decidedAt, decidedBy }: HandoverState): Handover {
  return state === 'waiting' ? { state } : { state, at: decidedAt ?? 0, by: decidedBy ?? '' }
}

/** Of the name within the grid, as `localName` gives it, the name at the relay. */
function documentOf({ document, grid }: Pick<RefusedEdit, 'document' | 'grid'>): string {
  const [kind, place = ''] = document.split('/')
  const of = { grid: String(grid) }
  const name: DocumentName =
    kind === 'work'
      ? { ...of, kind, quarter: place }
      : kind === 'notes'
        ? { ...of, kind, building: place }
        : { ...of, kind: kind === 'sensitive' || kind === 'diary' ? kind : 'ledger' }
  return formatDocumentName(name)
}
