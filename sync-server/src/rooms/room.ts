/**
 * One open document: takes updates in, has them committed, and only then shows them to anyone and acknowledges them.
 * Knows peers, not sockets; knows bytes, not what they mean.
 */
import { closeReasons, type CloseReason } from '@tongge/protocol'
import { admitUpdate } from './admit.ts'
import { addToBatch, batchToRows, createBatch, onlyAuthor, type Batch } from './batch.ts'
import { endsOf, joinUpdates } from './content.ts'
import type { DocumentContent } from './document-content.ts'
import { foldContent } from './fold-content.ts'
import { encodeState, parseState, type Known } from './known.ts'
import { loadDocument } from './load.ts'
import { encodeAwareness, encodeStep1, encodeUpdateMessage, parseMessage } from './messages.ts'
import type { Member, Room, RoomContext } from './peer.ts'
import { createPresence, noOne } from './presence.ts'

interface LoadedDocument {
  readonly known: Known
  readonly content: DocumentContent
  /** Whether nothing that is stored was left out. */
  readonly isWhole: boolean
}

/** A question that has to wait may not be larger: nobody counts what it takes. */
const askedBytes = 4096
/** About what one entry of a state takes in memory. */
const bytesPerClock = 40

export function createRoom(document: string, context: RoomContext): Room {
  const { log, guard, limits, logger, schedule } = context
  const members = new Set<Member>()
  const presence = createPresence<Member>(limits)
  let loaded: LoadedDocument | undefined
  let open = createBatch()
  let committing: Batch | undefined
  let commitDone: Promise<void> = Promise.resolve()
  let folding: Promise<void> | undefined
  let foldedAt = context.now()
  let idleSince: number | undefined = context.now()
  let isOver = false

  const drop = (reason: CloseReason): void => {
    isOver = true
    context.discard(room)
    if (loaded) guard.closed?.(document)
    const leaving = [...members]
    members.clear()
    for (const { peer } of leaving) peer.close(reason)
  }

  const dismiss = (member: Member, reason: CloseReason): void => {
    leave(member)
    member.peer.close(reason)
  }

  const load = async (): Promise<void> => {
    try {
      const stored = await log.read(document)
      if (isOver) return
      const { known, content, leftOut } = loadDocument(stored, limits.partBytes)
      if (leftOut > 0) logger.error({ document, leftOut }, 'stored rows are damaged and left out')
      guard.opened?.(document, content.updates())
      loaded = { known, content, isWhole: leftOut === 0 }
    } catch (error) {
      logger.error({ document, error }, 'document cannot be read')
      drop(closeReasons.storage)
      return
    }
    for (const member of members) welcome(member)
  }

  const welcome = (member: Member): void => {
    if (!loaded) return
    member.peer.opened()
    member.peer.send(encodeStep1(encodeState(loaded.known.state)))
    const everyone = presence.everyone()
    if (everyone) member.peer.send(encodeAwareness(everyone))
    for (const message of member.early.splice(0)) if (members.has(member)) receive(member, message)
  }

  const receive = (member: Member, bytes: Uint8Array): void => {
    if (!members.has(member)) return
    if (!loaded) {
      member.early.push(bytes)
      if (member.early.length > limits.earlyMessages) dismiss(member, closeReasons.tooManyFrames)
      return
    }
    const message = parseMessage(bytes)
    if (!message) return dismiss(member, closeReasons.malformed)
    switch (message.type) {
      case 'ignored':
        return
      case 'step1':
        return answer(member, message.state, loaded)
      case 'update':
        return take(member, message.update, loaded)
      case 'awareness': {
        const taken = presence.receive(
          member,
          { account: member.peer.author.account, name: member.peer.name },
          message.entries,
        )
        if (taken !== 'taken') return dismiss(member, closeReasons[taken])
        schedule(room)
      }
    }
  }

  const answer = (member: Member, state: Uint8Array, { known, content }: LoadedDocument): void => {
    const theirs = parseState(state, known.state.size)
    if (!theirs) return dismiss(member, closeReasons.malformed)
    if (member.isAnswering) {
      if (state.length > askedBytes) return dismiss(member, closeReasons.tooManyFrames)
      member.asked = state
      return
    }
    member.isAnswering = true
    member.isSynced = true
    const onSent = (): void => {
      member.isAnswering = false
      const { asked } = member
      member.asked = undefined
      if (asked && loaded && members.has(member)) answer(member, asked, loaded)
    }
    member.peer.sendContent({ messages: content.answer(theirs), bytes: theirs.size * bytesPerClock, onSent })
  }

  const take = (member: Member, bytes: Uint8Array, { known, content }: LoadedDocument): void => {
    member.received++
    const pending = open.bytes + (committing?.bytes ?? 0)
    const admission = admitUpdate(bytes, member.peer, {
      document,
      known,
      bytes: content.bytes + pending,
      guard,
      limits,
    })
    if (admission.outcome === 'refused') return dismiss(member, admission.reason)
    if (admission.outcome === 'news') {
      known.add(admission.fitting)
      guard.admitted?.(document, admission.news.bytes)
      addToBatch(open, admission.news, member)
      schedule(room)
    }
    settle(member)
  }

  /** Acknowledges with the batch that the member's last update is in, or depends on. */
  const settle = (member: Member): void => {
    const batch = open.updates.length > 0 ? open : committing
    if (batch) batch.counts.set(member, member.received)
    else member.peer.acknowledge(member.received)
  }

  const commit = async (): Promise<void> => {
    if (!loaded || committing || isOver || open.updates.length === 0) return
    const batch = open
    const { content } = loaded
    open = createBatch()
    committing = batch
    try {
      const sequences = await log.append(batchToRows(document, batch))
      committing = undefined
      if (isOver) return
      show(batch, sequences.at(-1) ?? content.newest, content)
    } catch (error) {
      committing = undefined
      logger.error({ document, error }, 'updates cannot be stored')
      if (!isOver) drop(closeReasons.storage)
      return
    }
    if (open.updates.length > 0) schedule(room)
    else if (isFoldDue(content)) void fold()
  }

  const show = (batch: Batch, sequence: number, content: DocumentContent): void => {
    const author = onlyAuthor(batch)
    const updates = batch.updates.map(({ update }) => update)
    const ends = endsOf(updates)
    const deletions = updates.map((update) => update.deletions)
    for (const bytes of joinUpdates(updates)) {
      content.append({ bytes, sequence, ends, deletions })
      const message = encodeUpdateMessage(bytes)
      for (const member of members) {
        if (member.isSynced && (member !== author || member.peer.wantsEcho)) member.peer.send(message)
      }
    }
    for (const [member, count] of batch.counts) if (members.has(member)) member.peer.acknowledge(count)
  }

  const isFoldDue = (content: DocumentContent): boolean =>
    context.now() - foldedAt >= limits.foldEveryMs &&
    (content.tailBytes >= Math.max(limits.foldBytes, content.bytes / 2) || content.tailLength >= limits.foldRows)

  const fold = (): Promise<void> => {
    if (!loaded?.isWhole || isOver) return Promise.resolve()
    folding ??= foldContent(document, loaded.known, loaded.content, {
      ...context,
      partBytes: limits.partBytes,
      isOver: () => isOver,
    }).finally(() => {
      folding = undefined
      foldedAt = context.now()
    })
    return folding
  }

  const shareAwareness = (entries: Uint8Array | undefined): void => {
    if (!entries) return
    const message = encodeAwareness(entries)
    for (const { peer } of members) peer.send(message)
  }

  const leave = (member: Member): void => {
    if (!members.delete(member)) return
    presence.leave(member)
    schedule(room)
    if (members.size === 0) idleSince = context.now()
  }

  const room: Room = {
    join(peer) {
      const member: Member = { peer, early: [], received: 0, isSynced: false, isAnswering: false, asked: undefined }
      members.add(member)
      idleSince = undefined
      if (loaded) welcome(member)
      return member
    },
    receive,
    leave,
    turn() {
      if (isOver) return Promise.resolve()
      shareAwareness(presence.takeChanges())
      if (!committing) commitDone = commit()
      return commitDone
    },
    tick() {
      const renewals = presence.takeRenewals()
      const message = encodeAwareness(renewals ?? noOne)
      for (const { peer } of members) if (renewals || peer.wantsEcho) peer.send(message)
    },
    fold,
    async close() {
      if (committing) await commitDone
      if (open.updates.length > 0) await commit()
      if (folding) await folding
      if (!isOver) drop(closeReasons.restarting)
    },
    get members() {
      return members.size
    },
    get idleSince() {
      return idleSince
    },
    get bytes() {
      return loaded?.content.bytes ?? 0
    },
    get rows() {
      return loaded?.content.tailLength ?? 0
    },
  }
  void load()
  return room
}
