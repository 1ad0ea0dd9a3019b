/**
 * One open document: takes updates in, has them committed, and only then shows them to anyone and acknowledges them.
 * Knows peers, not sockets; knows bytes, not what they mean.
 */
import { closeReasons, type CloseReason } from '@tongge/protocol'
import { answer } from './answer.ts'
import { onlyAuthor, storeTogether, type Batch } from './batch.ts'
import { endsOf, joinUpdates } from './content.ts'
import type { DocumentContent } from './document-content.ts'
import { foldContent } from './fold-content.ts'
import { createIntake, type Intake } from './intake.ts'
import { encodeState } from './known.ts'
import { loadDocument } from './load.ts'
import { encodeAwareness, encodeStep1, parseMessage } from './messages.ts'
import { CarryFailure } from './lineages.ts'
import type { Member, Room, RoomContext } from './peer.ts'
import { createPresence, noOne } from './presence.ts'
import { shower } from './show-update.ts'

interface LoadedDocument {
  readonly intake: Intake
  readonly content: DocumentContent
  /** Whether nothing that is stored was left out. */
  readonly isWhole: boolean
}

export function createRoom(document: string, context: RoomContext): Room {
  const { guard, limits, logger } = context
  const members = new Set<Member>()
  const presence = createPresence<Member>(limits)
  let loaded: LoadedDocument | undefined
  let isCommitting = false
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
    for (const { reject } of loaded?.intake.companions ?? []) reject(over)
    const leaving = [...members]
    members.clear()
    for (const { peer } of leaving) peer.close(reason)
  }

  const schedule = (): void => context.schedule(room)

  const dismiss = (member: Member, reason: CloseReason): void => {
    if (!members.has(member)) return
    leave(member)
    member.peer.close(reason)
  }

  const load = async (): Promise<void> => {
    try {
      const stored = await context.read()
      if (isOver) return
      const { known, content, leftOut } = loadDocument(stored, limits.partBytes)
      if (leftOut > 0) logger.error({ document, leftOut }, 'stored rows are damaged and left out')
      const isWhole = leftOut === 0
      guard.opened?.(document, content.updates(), isWhole)
      const acknowledge = (member: Member, count: number): void =>
        members.has(member) ? member.peer.acknowledge(count) : undefined
      const intake = createIntake({ document, known, content, isWhole, guard, limits, dismiss, acknowledge, schedule })
      loaded = { intake, content, isWhole }
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
    member.peer.send(encodeStep1(encodeState(loaded.intake.known.state)))
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
        return answer(member, message.state, {
          known: loaded.intake.known,
          content: loaded.content,
          isIn: () => members.has(member),
          dismiss,
        })
      case 'update': {
        const arrival = member.peer.arrival(!member.hasAnswered)
        member.hasAnswered ||= message.isAnswer
        return loaded.intake.take(member, message.update, arrival)
      }
      case 'awareness': {
        const taken = presence.receive(
          member,
          { account: member.peer.author.account, name: member.peer.name },
          message.entries,
        )
        if (taken !== 'taken') return dismiss(member, closeReasons[taken])
        schedule()
      }
    }
  }

  const commit = async (): Promise<void> => {
    if (!loaded || isCommitting || isOver || held) return
    const { intake, content } = loaded
    const batch = intake.next()
    if (!batch) return
    isCommitting = true
    try {
      const { sequences, tellCompanions } = await storeTogether(context.append, document, batch)
      isCommitting = false
      intake.settle()
      changedAt = context.now()
      if (!isOver) show(batch, sequences.at(-1) ?? content.newest, content)
      tellCompanions()
      if (isOver) return
    } catch (error) {
      isCommitting = false
      for (const { reject } of batch.companions) reject(error)
      logger.error({ document, error }, 'updates cannot be stored')
      if (isOver) return
      // The log is sound: it is about what was sent.
      if (error instanceof CarryFailure && batch.companions.length === 0) intake.takeBack(error.closeReason)
      else drop(closeReasons.storage)
      return
    }
    if (!intake.isEmpty) schedule()
    else if (isFoldDue(content)) void fold()
  }

  const commitRest = async (): Promise<void> => {
    if (!loaded || loaded.intake.isEmpty || isOver || held) return
    if (!isCommitting) commitDone = commit()
    await commitDone
    await commitRest()
  }

  const show = (batch: Batch, sequence: number, content: DocumentContent): void => {
    const author = onlyAuthor(batch)
    const updates = batch.updates.map(({ update }) => update)
    const ends = endsOf(updates)
    const deletions = updates.map((update) => update.deletions)
    for (const bytes of updates.length > 0 ? joinUpdates(updates) : []) {
      content.append({ bytes, sequence, ends, deletions })
      const showTo = shower(bytes, limits.partBytes)
      for (const member of members) {
        if (member.isSynced && (member !== author || member.peer.wantsEcho)) showTo(member.peer)
      }
    }
    // It lacks only what the relay wrote.
    if (batch.receipts && author?.isSynced && !author.peer.wantsEcho && members.has(author))
      shower(batch.receipts.bytes, limits.partBytes)(author.peer)
    for (const [member, count] of batch.counts) if (members.has(member)) member.peer.acknowledge(count)
  }

  const adopt: Room['adopt'] = async (update, account, rows) => {
    await ready.promise
    if (!loaded || isOver) throw new Error(`${document} is not open`)
    const { promise, resolve, reject } = Promise.withResolvers<readonly number[]>()
    loaded.intake.adopt(update, account, { rows, resolve, reject })
    return promise
  }

  const isFoldDue = (content: DocumentContent): boolean =>
    context.now() - foldedAt >= limits.foldEveryMs &&
    (content.tailBytes >= Math.max(limits.foldBytes, content.bytes / 2) || content.tailLength >= limits.foldRows)

  const fold = (): Promise<void> => {
    if (!loaded?.isWhole || isOver) return Promise.resolve()
    folding ??= foldContent(document, loaded.intake.known, loaded.content, {
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
    schedule()
    if (members.size === 0) idleSince = context.now()
  }

  const room: Room = {
    join(peer) {
      const member: Member = {
        peer,
        early: [],
        received: 0,
        isSynced: false,
        hasAnswered: false,
        isAnswering: false,
        asked: undefined,
      }
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
      if (!isCommitting) commitDone = commit()
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
      if (isCommitting) await commitDone
      return () => {
        held = undefined
        resolve()
        schedule()
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
      if (isCommitting) await commitDone
      if (loaded?.intake.isEmpty === false) await commitRest()
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
