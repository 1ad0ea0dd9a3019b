/** Reads one stored step. A part that is not what it should be is left out; without the parts every step has, there is no step. */
import { parseRecordId, roles, type Step, type StepAction, type TicketBirth, type TicketState } from '@tongge/model'
import { isClock, isPlain, parseJson } from './layout.ts'

const states: Readonly<Record<TicketState, true>> = {
  draft: true,
  submitted: true,
  registered: true,
  assigned: true,
  inProgress: true,
  resolved: true,
  verified: true,
  closed: true,
  returned: true,
  extensionPending: true,
  suspended: true,
  escalated: true,
  merged: true,
  rejected: true,
}
const actions: Readonly<Record<StepAction, true>> = {
  submit: true,
  accept: true,
  dispatch: true,
  start: true,
  finish: true,
  verify: true,
  callback: true,
  close: true,
  return: true,
  requestExtension: true,
  approveExtension: true,
  refuseExtension: true,
  suspend: true,
  resume: true,
  escalate: true,
  takeBack: true,
  merge: true,
  reject: true,
  reopen: true,
  comment: true,
  evidence: true,
  settle: true,
}

type Check = (value: unknown) => boolean
type Checks = Readonly<Record<string, Check>>

const isText: Check = (value) => typeof value === 'string'
const isNumber: Check = (value) => Number.isFinite(value)
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText)
const isId: Check = (value) => typeof value === 'string' && parseRecordId(value) !== undefined
const isTime: Check = (value) => typeof value === 'number' && Math.abs(value) <= 8_640_000_000_000_000
const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value)
const keyOf =
  (table: object): Check =>
  (value) =>
    typeof value === 'string' && Object.hasOwn(table, value)
const isLevel = oneOf('grid', 'community', 'street')

/** A part of the type that has no check here is a compile error: it would be lost on every read. */
type Optional<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T]
type ChecksOf<Keys extends PropertyKey> = Readonly<Record<Keys, Check>>

const stepNeeds: ChecksOf<Exclude<keyof Step, Optional<Step>>> = {
  id: isId,
  ticket: isId,
  action: keyOf(actions),
  from: keyOf(states),
  to: keyOf(states),
  actor: isText,
  role: oneOf(...roles),
  device: isText,
  at: isTime,
  clock: isClock,
}
const stepMayHave: ChecksOf<Exclude<Optional<Step>, 'birth'>> = {
  note: isText,
  evidence: isTexts,
  assignee: isText,
  coAssignees: isTexts,
  dueAt: isTime,
  level: isLevel,
  parent: isId,
  score: oneOf(1, 2, 3, 4, 5),
  settles: isId,
  verdict: oneOf('applies', 'discarded'),
  seen: isTexts,
}
const birthNeeds: ChecksOf<Exclude<keyof TicketBirth, Optional<TicketBirth>>> = {
  no: isText,
  source: isText,
  category: isText,
  title: isText,
  place: isText,
  occurredAt: isTime,
  severity: oneOf('normal', 'major'),
  level: isLevel,
  visibility: oneOf('public', 'anonymous', 'private'),
}
const birthMayHave: ChecksOf<Optional<TicketBirth>> = {
  building: isId,
  household: isId,
  point: (value) => Array.isArray(value) && value.length === 2 && value.every(isNumber),
  impactScope: isText,
  peopleInvolved: isNumber,
  reporterName: isText,
  reporterPhone: isText,
  risk: isText,
}

export function parseStep(stored: unknown): Step | undefined {
  const value = parseJson(stored)
  const step = pick(value, stepNeeds, stepMayHave)
  if (!step || !isPlain(value)) return undefined
  const birth = pick(value['birth'], birthNeeds, birthMayHave)
  return { ...step, ...(birth && { birth: birth as unknown as TicketBirth }) } as unknown as Step
}

function pick(value: unknown, needs: Checks, mayHave: Checks): Record<string, unknown> | undefined {
  if (!isPlain(value)) return undefined
  for (const key in needs) if (!needs[key]?.(value[key])) return undefined
  const known: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    const isRight = Object.hasOwn(needs, key) || (Object.hasOwn(mayHave, key) && mayHave[key]?.(value[key]) === true)
    if (isRight) known[key] = value[key]
  }
  return known
}
