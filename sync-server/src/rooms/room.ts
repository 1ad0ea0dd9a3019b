/**
 * One open document: takes updates in, has them committed, and only then shows them to anyone and acknowledges them.
 * Knows peers, not sockets; knows bytes, not what they mean.
 */
import { closeReasons, type CloseReason } from '@tongge/protocol'
import { admitOwn, admitUpdate, type Admission } from './admit.ts'
import { answer } from './answer.ts'
import { addToBatch, createBatch, isEmpty, onlyAuthor, storeTogether, type Batch } from './batch.ts'
import { endsOf, joinUpdates } from './content.ts'
import type { DocumentContent } from './document-content.ts'
import { foldContent } from './fold-content.ts'
import { encodeState, type Known } from './known.ts'
import { loadDocument } from './load.ts'
import { encodeAwareness, encodeStep1, encodeUpdateMessage, parseMessage } from './messages.ts'
import type { Member, Room, RoomContext } from './peer.ts'
import { createPresence, noOne } from './presence.ts'
import { TaskFailure } from '../worker-queue.ts'

interface LoadedDocument {
  readonly known: Known
  readonly content: DocumentContent
  /** Whether nothing that is stored was left out. */
  readonly isWhole: boolean
}

export function createRoom(document: string, context: RoomContext): Room {
  const { guard, limits, logger, schedule } = context
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
  /** Settles once nobody holds the commits any more. */
  let held: Promise<void> | undefined
  let changedAt = context.now()
  const ready = Promise.withResolvers<void>()
  ready.promise.catch(() => undefined)

  const drop = (reason: CloseReason): void => {
    isOver = true
    context.discard(room)
    if (loaded) guard.closed?.(document)
    const over = new Error(`${document}: ${reason.reason}`)
    ready.reject(over)
    for (const { reject } of open.companions) reject(over)
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
      const stored = await context.read()
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
    ready.resolve()
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
        return answer(member, message.state, { ...loaded, isIn: () => members.has(member), dismiss })
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
    takeIn(admission, known, member.peer.author.account, member)
    settle(member)
  }

  const takeIn = (admission: Admission, known: Known, account: string, from: Member | undefined): void => {
    if (admission.outcome !== 'news') return
    known.add(admission.fitting)
    guard.admitted?.(document, admission.news.bytes)
    addToBatch(open, { update: admission.news, account, from })
    schedule(room)
  }

  /** Acknowledges with the batch that the member's last update is in, or depends on. */
  const settle = (member: Member): void => {
    const batch = isEmpty(open) ? committing : open
    if (batch) batch.counts.set(member, member.received)
    else member.peer.acknowledge(member.received)
  }

  const commit = async (): Promise<void> => {
    if (!loaded || committing || isOver || held || isEmpty(open)) return
    const batch = open
    const { content } = loaded
    open = createBatch()
    committing = batch
    try {
      const { sequences, tellCompanions } = await storeTogether(context.append, document, batch)
      committing = undefined
      changedAt = context.now()
      if (!isOver) show(batch, sequences.at(-1) ?? content.newest, content)
      tellCompanions()
      if (isOver) return
    } catch (error) {
      committing = undefined
      for (const { reject } of batch.companions) reject(error)
      logger.error({ document, error }, 'updates cannot be stored')
      // What cannot be carried over will not be the next time either.
      if (!isOver) drop(error instanceof TaskFailure ? closeReasons.refused : closeReasons.storage)
      return
    }
    if (!isEmpty(open)) schedule(room)
    else if (isFoldDue(content)) void fold()
  }

  const show = (batch: Batch, sequence: number, content: DocumentContent): void => {
    const author = onlyAuthor(batch)
    const updates = batch.updates.map(({ update }) => update)
    const ends = endsOf(updates)
    const deletions = updates.map((update) => update.deletions)
    for (const bytes of updates.length > 0 ? joinUpdates(updates) : []) {
      content.append({ bytes, sequence, ends, deletions })
      const message = encodeUpdateMessage(bytes)
      for (const member of members) {
        if (member.isSynced && (member !== author || member.peer.wantsEcho)) member.peer.send(message)
      }
    }
    for (const [member, count] of batch.counts) if (members.has(member)) member.peer.acknowledge(count)
  }

  const adopt: Room['adopt'] = async (update, account, rows) => {
    await ready.promise
    if (!loaded || isOver) throw new Error(`${document} is not open`)
    if (update) takeIn(admitOwn(update, loaded.known), loaded.known, account, undefined)
    const { promise, resolve, reject } = Promise.withResolvers<readonly number[]>()
    open.companions.push({ rows, resolve, reject })
    schedule(room)
    return promise
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
    ready: () => ready.promise,
    updates: () => loaded?.content.updates() ?? [],
    adopt,
    async hold() {
      const { promise, resolve } = Promise.withResolvers<void>()
      held = promise
      if (committing) await commitDone
      return () => {
        held = undefined
        resolve()
        schedule(room)
      }
    },
    dismissAll(reason) {
      for (const member of members) dismiss(member, reason)
    },
    discard() {
      if (!isOver) drop(closeReasons.restarting)
    },
    async close() {
      if (held) await held
      if (committing) await commitDone
      if (!isEmpty(open)) await commit()
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
    get isWhole() {
      return loaded?.isWhole ?? false
    },
    get changedAt() {
      return changedAt
    },
    document,
  }
  void load()
  return room
}
