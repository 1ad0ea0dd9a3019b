/** Carrying out a command with its messages: a refusal in words, "已保存在本机" once it is durable, and a way to take it back. */
import type { Command, FieldProblem, RecordId, Refusal } from '@tongge/model'
import { t, type TextKey } from '../../../i18n/i18n.ts'
import type { DispatchAnswer, Session } from '../../../session/session.ts'
import { useSession } from '../../../session/use-session.ts'
import { toast } from '../../../ui/toast.ts'

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
    const answer = session.dispatch(command)
    if (answer.ok) void announce(session, answer.saved, done, undo)
    return answer
  }
  return {
    tryAct,
    act: (command, done, undo) => {
      const answer = tryAct(command, done, undo)
      if (answer.ok) return answer.created
      toast(refusalText(answer.refusal))
      return undefined
    },
  }
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

async function announce(session: Session, saved: Promise<void>, done: string, undo: Undo | undefined): Promise<void> {
  try {
    await saved
  } catch {
    toast(t('ledger.notSaved'))
    return
  }
  if (undo === undefined) return toast(done)
  toast(done, {
    label: t('ui.undo'),
    run: () => {
      const commands = typeof undo === 'function' ? undo() : undo
      if (commands.length === 0) return toast(t('ledger.changedSince'))
      const answers = commands.map((command) => session.dispatch(command))
      const refused = answers.find((answer) => !answer.ok)
      toast(refused?.ok === false ? refusalText(refused.refusal) : t('ledger.undone'))
    },
  })
}
