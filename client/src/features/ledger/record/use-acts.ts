/** Carrying out a command with its messages: a refusal in words, "已保存在本机" once it is durable, and a way to take it back. */
import type { Command, FieldProblem, RecordId, Refusal } from '@tongge/model'
import { t, type TextKey } from '../../../i18n/i18n.ts'
import type { DispatchAnswer, Session } from '../../../session/session.ts'
import { useSession } from '../../../session/use-session.ts'
import { toast } from '../../../ui/toast.ts'
import { recordTitle } from '../../records/record-title.ts'

/** The commands that take something back, or how they are found when it comes to that. None when there is nothing left to take back. */
export type Undo = readonly Command[] | (() => readonly Command[])

export interface Acts {
  /** Says `done` once the edit is durable on this device; `undo` are the commands that take it back. Undefined when it was refused. */
  act(command: Command, done: string, undo?: Undo): readonly RecordId[] | undefined
  /** The same with the refusal handed back instead of shown. */
  tryAct(command: Command, done: string, undo?: Undo): DispatchAnswer
}

export function useActs(): Acts {
  const session = useSession()
  const tryAct: Acts['tryAct'] = (command, done, undo) => {
    const before = session.lastEdit()
    const answer = session.dispatch(command)
    // Nothing was written yet where the documents are still being opened.
    const edit = session.lastEdit() === before ? undefined : session.lastEdit()
    if (answer.ok) void announce(answer.saved, done, undo && (() => takeBack(session, undo, edit)))
    return answer
  }
  return {
    tryAct,
    act: (command, done, undo) => {
      const answer = tryAct(command, done, undo)
      if (answer.ok) return answer.created
      toast(whoseText(session, answer.refusal) ?? refusalText(answer.refusal))
      return undefined
    },
  }
}

/** The first of those that stand on it; all of them are named where a deletion is asked for. */
function whoseText({ store }: Session, refusal: Refusal): string | undefined {
  if (refusal.reason !== 'inUse') return undefined
  const names = refusal.by.slice(0, 3).map((id) => recordTitle(store, id).title)
  return t('refusals.inUseBy', names.join(t('ledger.comma')), refusal.by.length)
}

export function refusalText(refusal: Refusal): string {
  const reason = t(`refusals.${refusal.reason}`)
  if (refusal.reason === 'wrongState' && isKnownState(refusal.detail)) return t(`ledger.wrongState.${refusal.detail}`)
  return refusal.reason === 'invalid' ? [reason, ...refusal.problems.slice(0, 2).map(problemText)].join(' · ') : reason
}

export function problemText(problem: FieldProblem): string {
  const key: TextKey = `refusals.problem.${problem.problem}`
  const text = t(key)
  return problem.problem === 'outOfRange' && problem.detail !== undefined ? `${text} (${problem.detail})` : text
}

const knownStates = [
  'notActive',
  'sameHouse',
  'sameHousehold',
  'householdHasHead',
  'sameRecord',
  'differentKinds',
  'notDeleted',
] as const

function isKnownState(detail: string): detail is (typeof knownStates)[number] {
  return (knownStates as readonly string[]).includes(detail)
}

async function announce(saved: Promise<void>, done: string, undo: (() => void) | undefined): Promise<void> {
  try {
    await saved
  } catch {
    toast(t('ledger.notSaved'))
    return
  }
  toast(done, undo && { label: t('ui.undo'), run: undo })
}

/** By the person's own stack while this is still the last edit, so that it can be brought again; else by commands. */
function takeBack(session: Session, undo: Undo, edit: object | undefined): void {
  if (edit !== undefined && session.lastEdit() === edit) return again(session, 'undo')
  const commands = typeof undo === 'function' ? undo() : undo
  if (commands.length === 0) return toast(t('ledger.changedSince'))
  const answers = commands.map((command) => session.dispatch(command))
  const refused = answers.find((answer) => !answer.ok)
  toast(refused?.ok === false ? refusalText(refused.refusal) : t('ledger.undone'))
}

/** 撤销 and 重做: one's last edit, back and forth. */
export function again(session: Session, move: 'undo' | 'redo'): void {
  const answer = session[move]()
  if (answer === undefined) return
  if (!answer.ok) return toast(t('ledger.changedSince'))
  const edit = session.lastEdit()
  if (move === 'undo')
    return toast(
      t('ledger.undone'),
      session.canRedo() ? { label: t('ui.redo'), run: () => again(session, 'redo') } : undefined,
    )
  toast(t('ledger.redone'), {
    label: t('ui.undo'),
    run: () => (session.lastEdit() === edit ? again(session, 'undo') : toast(t('ledger.changedSince'))),
  })
}
