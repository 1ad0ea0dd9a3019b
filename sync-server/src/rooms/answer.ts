/** Answers a member's question what it lacks: one answer at a time is on its way, and of the questions that come meanwhile the last is answered next. */
import { closeReasons, type CloseReason } from '@tongge/protocol'
import type { DocumentContent } from './document-content.ts'
import { parseState, type Known } from './known.ts'
import type { Member } from './peer.ts'

interface Asked {
  readonly known: Known
  readonly content: DocumentContent
  /** Whether the member is still in the room. */
  isIn(): boolean
  dismiss(member: Member, reason: CloseReason): void
}

/** A question that has to wait may not be larger: nobody counts what it takes. */
const askedBytes = 4096
/** About what one entry of a state takes in memory. */
const bytesPerClock = 40

export function answer(member: Member, state: Uint8Array, of: Asked): void {
  const theirs = parseState(state, of.known.state.size)
  if (!theirs) return of.dismiss(member, closeReasons.malformed)
  if (member.isAnswering) {
    if (state.length > askedBytes) return of.dismiss(member, closeReasons.tooManyFrames)
    member.asked = state
    return
  }
  member.isAnswering = true
  member.isSynced = true
  const onSent = (): void => {
    member.isAnswering = false
    const { asked } = member
    member.asked = undefined
    if (asked && of.isIn()) answer(member, asked, of)
  }
  member.peer.sendContent({ messages: of.content.answer(theirs), bytes: theirs.size * bytesPerClock, onSent })
}
