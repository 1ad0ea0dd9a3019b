/** Steps, journal rows and what a document says of itself: all of it is added to, never changed. */
import { dayOf, longestRevealNote, parseRecordId } from '@tongge/model'
import { parseAuthorKey, parseJournalRow, parseRevealRow, schemaKeyPrefix } from '../layout.ts'
import { parseStep } from '../parse-step.ts'
import { isStoredReceipt } from '../receipts.ts'
import type { Hand } from './hand.ts'
import { Refused } from './meaning.ts'
import type { Change } from './path-reader.ts'

const largestRow = 262_144
const largestLabel = 200
const slotShape = /^[A-Za-z0-9_-]{1,40}$/
const codeShape = /^[a-z][a-z0-9]{0,11}$/
/** UTF-16 units of a reveal: a reason in words and the codes of a hundred fields. */
const largestReveal = 2000
/** Milliseconds since 1970 of which a day can be named. */
const latest = 8e15

/** Who writes in which slot, and which layout the document has reached. */
export function judgeMeta(hand: Hand, change: Change): void {
  const key = change.path[1] ?? ''
  if (change.path.length !== 2) throw new Refused('unknownPlace', 'meta')
  if (change.kind === 'delete') throw new Refused('writtenOnce', 'meta')
  const value = change.content?.type === 'values' ? change.content.values[0] : undefined
  if (key.startsWith(schemaKeyPrefix)) {
    if (!/^\d{1,4}$/.test(key.slice(schemaKeyPrefix.length)) || value !== true) throw new Refused('badValue', 'meta')
    return
  }
  const claim = parseAuthorKey(key)
  if (!claim || !slotShape.test(claim.slot)) throw new Refused('unknownPlace', 'meta')
  if (typeof value !== 'string' || value.length > largestLabel) throw new Refused('badValue', 'meta')
  hand.claimed.set(claim.slot, claim.account)
  if (hand.isHealing) return
  const other = hand.facts.claimantOf(claim.slot)
  // Where another has claimed it too, nobody knows any more who wrote in it.
  const isTaken = change.kind === 'insert' && other !== undefined && other !== hand.account
  if (claim.account !== hand.account || isTaken) throw new Refused('foreignClaim', 'meta')
}

export function judgeStep(hand: Hand, change: Change): void {
  for (const value of appended(change, 'steps')) {
    const step = parseStep(value)
    if (!step) throw new Refused('badValue', 'steps')
    const path = `steps/${step.action}`
    if (step.actor !== hand.account && !hand.isHealing) throw new Refused('foreignStep', path)
    // Its receipt would be that of the first, however much later it came.
    if (hand.hasReceipt(step.id) && !hand.isHealing) throw new Refused('writtenOnce', path)
    hand.steps.add(step.id)
    const judged = hand.isHealing ? undefined : judges[step.action]
    if (judged && hand.facts.onlyWorker(step.ticket, judged) === hand.account) throw new Refused('ownWork', path)
    hand.does(path, 'insert', step.role)
  }
}

/** Steps that judge what somebody did before. */
const judges: { readonly [action in string]?: 'finish' | 'requestExtension' } = {
  verify: 'finish',
  approveExtension: 'requestExtension',
  refuseExtension: 'requestExtension',
}

export function judgeJournal(hand: Hand, change: Change): void {
  for (const value of appended(change, 'journal')) {
    const row = parseJournalRow(value)
    if (!row) throw new Refused('badValue', 'journal')
    const [, , action, before, after, , slot] = row
    if (action === 's' && (before !== null || after !== null)) throw new Refused('misplaced', 'journal')
    hand.demandOwn(slot, 'journal')
    hand.does('journal/own', 'insert')
  }
}

/** The root is of the month of its rows, so that nobody opens one root after the other. */
export function judgeReveal(hand: Hand, change: Change, month: string): void {
  for (const value of appended(change, 'reveals')) {
    const row = parseRevealRow(value)
    if (!row || String(value).length > largestReveal) throw new Refused('badValue', 'reveals')
    const [record, fields, reason, note, at, slot] = row
    const isSound =
      parseRecordId(record) !== undefined &&
      fields.every((code) => codeShape.test(code)) &&
      (reason === 'other' ? note !== null && note !== '' && note.length <= longestRevealNote : note === null) &&
      Math.abs(at) <= latest &&
      dayOf(at).slice(0, 7) === month
    if (!isSound) throw new Refused('badValue', 'reveals')
    hand.demandOwn(slot, 'reveals')
    hand.does('reveals/own', 'insert')
    hand.reveals.push({ account: hand.authorOf(slot), record, fields, reason, at })
  }
}

/** The relay writes them without being judged; anybody else gives back those that it lost. */
export function judgeReceipt(hand: Hand, change: Change): void {
  const [, step] = change.path
  if (change.path.length !== 2 || step === undefined || !parseRecordId(step))
    throw new Refused('unknownPlace', 'receipt')
  if (change.kind === 'delete' || (change.kind === 'set' && change.isSeen)) throw new Refused('writtenOnce', 'receipt')
  const value = change.content?.type === 'values' ? change.content.values[0] : undefined
  if (!isStoredReceipt(value)) throw new Refused('badValue', 'receipt')
  if (!hand.isHealing) hand.does('receipt', 'insert')
}

function appended({ kind, path, content }: Change, root: string): readonly unknown[] {
  if (kind === 'delete') throw new Refused('writtenOnce', root)
  if (path.length !== 2 || path[1] !== undefined) throw new Refused('unknownPlace', root)
  if (content?.type !== 'values') throw new Refused('badValue', root)
  if (content.values.some((value) => typeof value !== 'string' || value.length > largestRow))
    throw new Refused('badValue', root)
  return content.values
}
