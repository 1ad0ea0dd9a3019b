/** 待处理的修改: what others handed to the leaders of this grid. It is asked for at the relay each time and kept on no device; what was decided here waits on it until the relay has heard. */
import { parseStep, type WrittenLine } from '@tongge/crdt'
import { isKind, parseRecordId, type AccountId, type GridCode, type RecordId } from '@tongge/model'
import type { HandedLine, WaitingHandover, WaitingHandoversAnswer } from '@tongge/protocol'
import type { SetTimer, Vault } from '@tongge/sync'
import { createMemo, createSignal, type Accessor } from 'solid-js'
import { alone } from './alone.ts'
import { askRelay, sendToRelay } from './relay-request.ts'
import type { DispatchAnswer, RefusedEdit, Session } from './session.ts'

export interface HandedOver extends RefusedEdit {
  readonly author: AccountId
  readonly authorName: string
  readonly device: string
  /** When it was written, by the author's device; `at` is when the relay received it. */
  readonly writtenAt: number
  /** Something in it is of a later version: it cannot be written here. */
  readonly isPartly: boolean
}

export interface LeaderInbox {
  /** Oldest first; undefined until the relay has answered. Empty for who leads no grid. */
  readonly waiting: Accessor<readonly HandedOver[] | undefined>
  /** Whether the relay could be asked the last time. */
  readonly isReached: Accessor<boolean>
  look(): void
  /** Written under this person's own name, through the one write path; then the relay is told. */
  adopt(id: RecordId): DispatchAnswer
  discard(id: RecordId): Promise<void>
  dispose(): void
}

interface Parts {
  readonly vault: Pick<Vault, 'keep' | 'recall'>
  readonly account: AccountId
  readonly grid: GridCode
  readonly isLeader: boolean
  readonly dispatch: Session['dispatch']
  readonly setTimer: SetTimer
}

interface Verdict {
  readonly id: RecordId
  readonly verdict: 'adopted' | 'discarded'
}

const lookAgainMs = 300_000
const keptUnder = 'decided-handovers'

export function createLeaderInbox({ vault, account, grid, isLeader, dispatch, setTimer }: Parts): LeaderInbox {
  const [found, setFound] = createSignal<readonly HandedOver[] | undefined>(isLeader ? undefined : [])
  const [decided, setDecided] = createSignal<readonly Verdict[]>([])
  /** Being written: a second tap must not write it twice. */
  const [adopting, setAdopting] = createSignal<ReadonlySet<RecordId>>(new Set())
  const [isReached, setReached] = createSignal(true)
  let isOver = false
  let stopTimer = (): void => undefined

  const recall = async (): Promise<readonly Verdict[]> => {
    const bytes = await vault.recall(keptUnder)
    return bytes ? (JSON.parse(new TextDecoder().decode(bytes)) as readonly Verdict[]) : []
  }
  const change = (to: (known: readonly Verdict[]) => readonly Verdict[]): Promise<void> =>
    alone(`tongge/decided/${account}`, async () => {
      const next = to(await recall())
      await vault.keep(keptUnder, next.length > 0 ? new TextEncoder().encode(JSON.stringify(next)) : undefined)
      setDecided(next)
    })
  const tell = async (): Promise<void> => {
    for (const { id, verdict } of await recall()) {
      if (isOver) return
      const reply = await sendToRelay(`/api/handovers/${id}/${verdict}`)
      // Decided by another meanwhile, or no longer this person's to decide: there is nothing left to tell.
      if (reply.ok || !['offline', 'unavailable', 'signedOut'].includes(reply.reason))
        await change((known) => known.filter((one) => one.id !== id))
    }
  }
  const run = async (): Promise<void> => {
    setDecided(await recall())
    await tell()
    if (isOver) return
    const reply = await askRelay<WaitingHandoversAnswer>(`/api/grids/${grid}/handovers`)
    setReached(reply.ok)
    if (reply.ok) setFound(reply.answer.handovers.map((one) => read(one, grid)))
  }
  const look = (): void => {
    stopTimer()
    if (isOver || !isLeader) return
    stopTimer = setTimer(look, lookAgainMs)
    void run().catch(() => undefined)
  }
  const decide = async (id: RecordId, verdict: Verdict['verdict']): Promise<void> => {
    await change((known) => [...known.filter((one) => one.id !== id), { id, verdict }])
    look()
  }
  addEventListener('online', look)

  return {
    waiting: createMemo(() => {
      const gone = new Set([...decided().map(({ id }) => id), ...adopting()])
      return found()?.filter(({ id }) => !gone.has(id))
    }),
    isReached,
    look,
    adopt: (id) => {
      const edit = adopting().has(id) ? undefined : found()?.find((one) => one.id === id)
      if (!edit) return { ok: false, refusal: { reason: 'notFound', id } }
      if (edit.isPartly) return { ok: false, refusal: { reason: 'wrongState', detail: 'byHand' } }
      const answer = dispatch({ do: 'adopt', author: edit.author, lines: edit.lines })
      if (!answer.ok) return answer
      setAdopting((all) => new Set([...all, id]))
      const over = (): void => void setAdopting((all) => new Set([...all].filter((one) => one !== id)))
      void answer.saved
        .then(() => decide(id, 'adopted'))
        .catch(() => undefined)
        .then(over)
      return answer
    },
    discard: (id) => decide(id, 'discarded'),
    dispose: () => {
      isOver = true
      stopTimer()
      removeEventListener('online', look)
    },
  }
}

function read(handover: WaitingHandover, grid: GridCode): HandedOver {
  const lines = handover.lines.flatMap((line) => readLine(line) ?? [])
  return {
    id: handover.id as RecordId,
    document: handover.document,
    grid,
    at: handover.receivedAt,
    writtenAt: handover.at,
    reason: 'notAllowed',
    lines,
    author: handover.author as AccountId,
    authorName: handover.authorName,
    device: handover.device,
    isPartly: lines.length < handover.lines.length,
  }
}

function readLine({ id: text, kind, action, field, before, after, step: given }: HandedLine): WrittenLine | undefined {
  const id = parseRecordId(text)
  if (!id || (kind !== 'ticket' && !isKind(kind))) return undefined
  const step = given && parseStep(JSON.stringify(given))
  if (action === 'step' && !step) return undefined
  return {
    id,
    kind,
    action,
    ...(field !== undefined && { field }),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    ...(step && { step }),
  }
}
