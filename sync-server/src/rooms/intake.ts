/**
 * What came into a document and is not stored yet. It counts as known at once; where something of it turns out not to be storable,
 * all of it is taken back, and taken in again one sender after another, so that nobody is refused for what others sent.
 */
import { closeReasons, type CloseReason } from '@tongge/protocol'
import { uint32 } from 'lib0/random'
import { relayAccount, type Arrival, type Guard } from '../ports.ts'
import { admitOwn, admitUpdate, type Admission } from './admit.ts'
import { addToBatch, createBatch, isEmpty, type Batch, type Came, type Companions } from './batch.ts'
import type { DocumentContent } from './document-content.ts'
import type { Known } from './known.ts'
import { knownOf, take } from './load.ts'
import type { Member } from './peer.ts'
import type { RoomLimits } from './room-limits.ts'
import { scanUpdate, unlimited, type ScannedUpdate } from './scan-update.ts'

export interface Intake {
  /** What is stored or about to be. */
  readonly known: Known
  readonly isEmpty: boolean
  /** The companions of what no commit has begun for. */
  readonly companions: readonly Companions[]
  /** The next update of this member, which is told once it is committed. */
  take(member: Member, bytes: Uint8Array, arrival: Arrival): void
  /** What the relay itself made of an older generation, if anything, and the rows to be stored with it. */
  adopt(update: Uint8Array | undefined, account: string, companions: Companions): void
  /** What is to be committed next; call `settle` or `takeBack` before it is asked for again. */
  next(): Batch | undefined
  /** Another document has moved on: the companions of what was asked for last cannot be stored any more, nor what was carried over with them. */
  dismissCompanions(error: Error): void
  /** What was asked for last is committed, or is of no more use. */
  settle(): void
  /** Nothing of what was asked for last can be stored. Its only sender is told why and loses what it sent; of several each is tried by itself. */
  takeBack(reason: CloseReason): void
  /**
   * Takes in what others have committed; `onNews` puts each of it into the content. It comes before what is not stored yet: that is
   * judged again on top of it. False when it does not fit.
   */
  follow(updates: readonly Uint8Array[], onNews: (news: ScannedUpdate) => void): boolean
}

interface Context {
  readonly document: string
  readonly known: Known
  readonly content: DocumentContent
  /** Whether nothing that is stored was left out. */
  readonly isWhole: boolean
  readonly guard: Guard
  readonly limits: RoomLimits
  /** Does nothing to a member that has left. */
  readonly dismiss: (member: Member, reason: CloseReason) => void
  readonly acknowledge: (member: Member, count: number) => void
  /** Something waits for a commit. */
  readonly schedule: () => void
}

export function createIntake(context: Context): Intake {
  const { document, content, isWhole, guard, limits, dismiss, acknowledge, schedule } = context
  let { known } = context
  let open = createBatch()
  let committing: Batch | undefined
  /** What was taken back, and what has come since. */
  let again: Came[] = []
  /** Under which the relay writes here. Another one each time the document is opened: what it wrote before may be lost, and be out there. */
  const ownClient = newClient(known)

  const include = (admission: Admission, account: string, from: Member | undefined): void => {
    if (admission.outcome !== 'news') return
    known.add(admission.fitting)
    guard.admitted?.(document, admission.news.bytes)
    addToBatch(open, { update: admission.news, account, from, told: admission.told })
    schedule()
  }

  /** False when the member was dismissed for it. */
  const admit = (came: Came): boolean => {
    const { from, bytes, count, arrival } = came
    const held = content.bytes + open.bytes + (committing?.bytes ?? 0)
    const admission = admitUpdate(bytes, from.peer, { document, known, bytes: held, guard, limits })
    if (admission.outcome === 'refused') {
      dismiss(from, admission.reason)
      return false
    }
    include(admission, from.peer.author.account, from)
    for (const id of admission.outcome === 'news' ? admission.received : [])
      if (!open.owed.has(id)) open.owed.set(id, { of: id, ...arrival })
    // Acknowledged with the batch that it is in, or could rest on.
    const batch = isEmpty(open) ? committing : open
    batch?.came.push(came)
    if (batch) batch.counts.set(from, count)
    else acknowledge(from, count)
    return true
  }

  /** So that what was received and its receipts are stored together or not at all. */
  const addReceipts = (): void => {
    if (open.owed.size === 0 || !guard.receipts) return
    const written = guard.receipts([...open.owed.values()], ownClient, known.state.get(ownClient) ?? 0)
    include(admitOwn(written, known), relayAccount, undefined)
    open.receipts = open.updates.at(-1)?.update
  }

  const admitOneSender = (): void => {
    const from = again[0]?.from
    const run = again.filter((came) => came.from === from)
    again = again.filter((came) => came.from !== from)
    for (const came of run) if (!admit(came)) return
  }

  const startOver = (): void => {
    committing = undefined
    open = createBatch()
    known = knownOf(content.updates())
    guard.closed?.(document)
    guard.opened?.(document, content.updates(), isWhole)
  }

  return {
    get known() {
      return known
    },
    get isEmpty() {
      return isEmpty(open) && again.length === 0
    },
    get companions() {
      return open.companions
    },
    take(member, bytes, arrival) {
      const came = { from: member, bytes, count: ++member.received, arrival }
      if (again.length === 0) return void admit(came)
      const waiting = again.reduce((sum, one) => sum + one.bytes.length, bytes.length)
      if (waiting > limits.documentBytes) return dismiss(member, closeReasons.tooManyFrames)
      again.push(came)
      schedule()
    },
    adopt(update, account, companions) {
      if (update) include(admitOwn(update, known), account, undefined)
      open.companions.push(companions)
      schedule()
    },
    next() {
      while (isEmpty(open) && again.length > 0) admitOneSender()
      if (isEmpty(open)) return undefined
      addReceipts()
      committing = open
      open = createBatch()
      return committing
    },
    dismissCompanions(error) {
      if (!committing) return
      const { updates, companions, receipts } = committing
      for (const { reject } of companions) reject(error)
      const kept = updates.filter(({ from, update }) => from || update === receipts)
      committing = { ...committing, updates: kept, companions: [] }
    },
    settle() {
      committing = undefined
    },
    takeBack(reason) {
      const senders = new Set(committing?.updates.map(({ from }) => from))
      again = [...(committing?.came ?? []), ...open.came, ...again]
      startOver()
      const [sender] = senders
      if (senders.size === 1 && sender) {
        again = again.filter(({ from }) => from !== sender)
        dismiss(sender, reason)
      }
      if (again.length > 0) schedule()
    },
    follow(updates, onNews) {
      const isPending = committing !== undefined || !isEmpty(open)
      const batches = committing ? [committing, open] : [open]
      const pending = batches.flatMap(({ came }) => came)
      const adopted = batches.flatMap((batch) =>
        batch.updates.filter(({ from, update }) => !from && update !== batch.receipts),
      )
      const companions = batches.flatMap((batch) => batch.companions)
      if (isPending) startOver()
      for (const bytes of updates) {
        const update = scanUpdate(bytes, unlimited)
        const news = typeof update === 'string' ? undefined : take(known, update)
        if (!news) return false
        if (news === 'nothing') continue
        guard.admitted?.(document, news.bytes)
        onNews(news)
      }
      // It was made of what the document held, and that it still holds.
      for (const { update, account } of adopted) include(admitOwn(update.bytes, known), account, undefined)
      open.companions.push(...companions)
      const waiting = again
      again = []
      const refused = new Set<Member>()
      for (const came of pending) if (!refused.has(came.from) && !admit(came)) refused.add(came.from)
      again = waiting.filter(({ from }) => !refused.has(from))
      return true
    },
  }
}

function newClient({ state }: Known): number {
  let client = uint32()
  while (state.has(client)) client = uint32()
  return client
}
