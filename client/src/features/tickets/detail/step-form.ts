/** What a person fills in to take a step, and the step it becomes. */
import {
  ticketLimits,
  type AccountId,
  type AllowedStep,
  type FieldProblem,
  type Level,
  type RecordId,
  type StepAction,
  type StepInput,
  type Ticket,
} from '@tongge/model'
import { createStore } from 'solid-js/store'
import { t } from '../../../i18n/i18n.ts'
import { problemText } from '../../ledger/record/use-acts.ts'
import { parseInput } from '../cst-input.ts'

/** '' stands for nothing chosen or typed. */
export interface StepFields {
  note: string
  assignee: AccountId | ''
  coAssignees: readonly AccountId[]
  dueAt: string
  level: Level | ''
  parent: RecordId | ''
  evidence: readonly string[]
  score: '' | '1' | '2' | '3' | '4' | '5'
}

export type StepFieldName = keyof StepFields

export interface StepForm {
  readonly fields: Readonly<StepFields>
  readonly shown: readonly StepFieldName[]
  needs(name: StepFieldName): boolean
  set<F extends StepFieldName>(name: F, value: StepFields[F]): void
  problem(name: StepFieldName): string | undefined
  place(problems: readonly FieldProblem[]): void
  input(): StepInput
  isDirty(): boolean
}

/** Steps that need nothing and say all by being taken: one tap is enough. */
export function isOneTap({ action }: AllowedStep): boolean {
  return action === 'accept' || action === 'start' || action === 'resume'
}

const extras: Partial<Record<StepAction, readonly StepFieldName[]>> = {
  dispatch: ['coAssignees', 'dueAt'],
  escalate: ['coAssignees'],
  approveExtension: ['dueAt'],
}

/** What can be shown. */
const seen: ReadonlySet<StepAction> = new Set(['finish', 'evidence', 'comment', 'verify', 'return', 'reopen', 'reject'])

const levels = ['grid', 'community', 'street'] as const satisfies readonly Level[]

/** Only upwards. */
export function levelsAbove(ticket: Ticket): readonly Level[] {
  return levels.slice(levels.indexOf(ticket.level) + 1)
}

export function createStepForm(ticket: Ticket, { action, needs }: AllowedStep): StepForm {
  const start: StepFields = {
    note: '',
    assignee: '',
    coAssignees: [],
    dueAt: '',
    level: action === 'escalate' ? (levelsAbove(ticket)[0] ?? '') : '',
    parent: '',
    evidence: [],
    score: '',
  }
  const [fields, setFields] = createStore<StepFields>({ ...start })
  const [problems, setProblems] = createStore<Record<string, string | undefined>>({})
  const named = needs.map((need): StepFieldName => (need === 'noteOrEvidence' || need === 'evidence' ? 'note' : need))
  return {
    fields,
    shown: [
      ...new Set<StepFieldName>([
        ...named.filter((name) => name !== 'note'),
        ...(extras[action] ?? []),
        ...(seen.has(action) ? (['evidence'] as const) : []),
        'note',
      ]),
    ],
    needs: (name) => named.includes(name),
    set: (name, value) => {
      setFields({ [name]: value } as Partial<StepFields>)
      setProblems(name, undefined)
    },
    problem: (name) => problems[name],
    place: (found) => {
      for (const problem of found) setProblems(problem.field, textOf(problem))
    },
    input: () => {
      const dueAt = parseInput(fields.dueAt)
      const note = fields.note.trim().slice(0, ticketLimits.note + 1)
      return {
        action: action as StepInput['action'],
        ...(note === '' ? {} : { note }),
        ...(fields.evidence.length === 0 ? {} : { evidence: fields.evidence }),
        ...(fields.assignee === '' ? {} : { assignee: fields.assignee }),
        ...(fields.coAssignees.length === 0 ? {} : { coAssignees: fields.coAssignees }),
        ...(dueAt === undefined ? {} : { dueAt }),
        ...(fields.level === '' ? {} : { level: fields.level }),
        ...(fields.parent === '' ? {} : { parent: fields.parent }),
        ...(fields.score === '' ? {} : { score: Number(fields.score) as 1 | 2 | 3 | 4 | 5 }),
      }
    },
    isDirty: () => (Object.keys(start) as StepFieldName[]).some((name) => String(fields[name]) !== String(start[name])),
  }
}

function textOf(problem: FieldProblem): string {
  if (problem.problem === 'outOfRange' && problem.field === 'dueAt') return t('tickets.act.future')
  if (problem.problem === 'outOfRange' && problem.field === 'level') return t('tickets.act.higher')
  return problemText(problem)
}
