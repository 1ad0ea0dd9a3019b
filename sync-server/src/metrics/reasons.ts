/** The reasons with which the relay closes, as labels: each from a list that is closed, whatever stands in the reason itself. */
import type { Refusal } from '@tongge/crdt'
import { closeReasons, type CloseReason } from '@tongge/protocol'

const nameByCode = new Map<number, string>(Object.entries(closeReasons).map(([name, { code }]) => [code, name]))

/** What of the codes of closing says that an update was not taken. */
const refusesAnUpdate: ReadonlySet<number> = new Set([
  closeReasons.readOnly.code,
  closeReasons.tooLarge.code,
  closeReasons.refused.code,
  closeReasons.gap.code,
])

/** The compiler asks for a code that is added to the guard's. */
const refusals: Readonly<Record<Refusal | 'notAllowed' | 'unreadable' | 'equivocation', true>> = {
  notAllowed: true,
  unreadable: true,
  equivocation: true,
  unknownPlace: true,
  nowhere: true,
  badValue: true,
  misplaced: true,
  writtenOnce: true,
  foreignSlot: true,
  unclaimedSlot: true,
  foreignClaim: true,
  bareDeletion: true,
  foreignStep: true,
  ownWork: true,
  malformed: true,
  tooLarge: true,
  gap: true,
  unborn: true,
  clock: true,
  unknownContent: true,
  subdocument: true,
  forbiddenKey: true,
  neighbours: true,
  orphan: true,
  nesting: true,
}

export function closingLabel({ code }: CloseReason): string {
  return nameByCode.get(code) ?? 'other'
}

/** Undefined for a closing that refuses no update. */
export function refusalLabel(reason: CloseReason): string | undefined {
  if (!refusesAnUpdate.has(reason.code)) return undefined
  if (reason.code !== closeReasons.refused.code) return closingLabel(reason)
  const [word = ''] = reason.reason.split(' ')
  return Object.hasOwn(refusals, word) ? word : 'other'
}
