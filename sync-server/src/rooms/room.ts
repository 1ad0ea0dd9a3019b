/**
 * One open document: takes updates in, has them committed, and only then shows them to anyone and acknowledges them.
 * Knows peers, not sockets; knows bytes, not what they mean.
 */
import { closeReasons, type CloseReason } from '@tongge/protocol'
import { answer } from './answer.ts'
import { storeTogether, type Batch } from './batch.ts'
import type { DocumentContent } from './document-content.ts'
import { foldContent, hasGrown } from './fold-content.ts'
import { createGathering } from './gathering.ts'
import { createIntake, type Intake } from './intake.ts'
import { encodeState } from './known.ts'
import { loadDocument } from './load.ts'
import { encodeStep1, parseMessage } from './messages.ts'
import { CarryFailure } from './lineages.ts'
import type { Member, Room, RoomContext } from './peer.ts'
import { showBatch, showForeign } from './show-batch.ts'
import type { ScannedUpdate } from './scan-update.ts'
import { MovedOn } from '../ports.ts'

interface LoadedDocument {
  readonly intake: Intake
  readonly content: DocumentContent
  /** Whether nothing that is stored was left out. */
  readonly isWhole: boolean
}

export function createRoom(document: string, context: RoomContext): Room {
  const { guard, limits, logger, others } = context
  const members = new Set<Member>()
  const gathering = createGathering(document, members, context)
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
  /** Others have written up to here, or further. */
  let foreign = 0
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
    if (foreign > loaded.content.newest) schedule()
    for (const member of members) welcome(member)
  }

  const welcome = (member: Member): void => {
    if (!loaded) return
    member.peer.opened()
    member.peer.send(encodeStep1(encodeState(loaded.intake.known.state)))
    gathering.welcome(member.peer)
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
        const taken = gathering.receive(member, message.entries)
        if (taken !== 'taken') return dismiss(member, closeReasons[taken])
        schedule()
      }
    }
  }

  const commit = async (): Promise<void> => {
    if (!loaded || isCommitting || isOver || held) return
    const { intake, content } = loaded
    isCommitting = true
    const { newest } = content
    if (foreign > newest) await catchUp(loaded)
    const batch = isOver ? undefined : intake.next()
    if (batch) await store(batch, loaded)
    isCommitting = false
    if (isOver || content.newest === newest) return
    if (!intake.isEmpty || foreign > content.newest) schedule()
    else if (context.now() - foldedAt >= limits.foldEveryMs && hasGrown(content, limits)) void fold()
  }

  const store = async (batch: Batch, { intake, content, isWhole }: LoadedDocument): Promise<void> => {
    try {
      const { sequences, tellCompanions } = await storeTogether(context.append, document, content.newest, batch)
      intake.settle()
      changedAt = context.now()
      if (!isOver) showBatch(batch, sequences.at(-1) ?? content.newest, content, members, limits.partBytes)
      tellCompanions()
    } catch (error) {
      if (error instanceof MovedOn && !isOver) {
        if (error.document !== document) intake.dismissCompanions(error)
        await catchUp({ intake, content, isWhole })
        if (!isOver) return
      }
      for (const { reject } of batch.companions) reject(error)
      if (isOver) return
      logger.error({ document, error }, 'updates cannot be stored')
      // The log is sound: it is about what was sent.
      if (error instanceof CarryFailure && batch.companions.length === 0) intake.takeBack(error.closeReason)
      else drop(closeReasons.storage)
    }
  }

  /** What others have written comes before what is not stored yet. Lets go of the document where that cannot be read any more. */
  const catchUp = async ({ intake, content }: LoadedDocument): Promise<void> => {
    try {
      const later = await others?.readAfter(document, content.newest)
      if (isOver) return
      const show = (news: ScannedUpdate): void =>
        showForeign(news, later?.through ?? 0, content, members, limits.partBytes)
      if (!later || later.damaged > 0 || !intake.follow(later.tail, show)) return drop(closeReasons.restarting)
      content.reach(later.through)
      foreign = Math.min(foreign, later.through)
      if (later.tail.length > 0) changedAt = context.now()
    } catch (error) {
      logger.error({ document, error }, 'what others have written cannot be read')
      if (!isOver) drop(closeReasons.storage)
    }
  }

  const commitRest = async (): Promise<void> => {
    if (!loaded || loaded.intake.isEmpty || isOver || held) return
    if (!isCommitting) commitDone = commit()
    await commitDone
    await commitRest()
  }

  const adopt: Room['adopt'] = async (update, account, rows, at) => {
    await ready.promise
    if (!loaded || isOver) throw new Error(`${document} is not open`)
    const { promise, resolve, reject } = Promise.withResolvers<readonly number[]>()
    loaded.intake.adopt(update, account, { rows, at, resolve, reject })
    return promise
  }

  const fold = (): Promise<void> => {
    if (!loaded?.isWhole || isOver) return Promise.resolve()
    folding ??= foldContent(document, loaded.intake.known, loaded.content, {
      ...context,
      partBytes: limits.partBytes,
      isShared: others !== undefined,
      isOver: () => isOver,
    }).finally(() => {
      folding = undefined
      foldedAt = context.now()
    })
    return folding
  }

  const leave = (member: Member): void => {
    if (!members.delete(member)) return
    gathering.leave(member)
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
      gathering.showChanges()
      if (!isCommitting) commitDone = commit()
      return commitDone
    },
    tick: () => gathering.showRenewals(),
    fold,
    ready: () => ready.promise,
    updates: () => loaded?.content.updates() ?? [],
    adopt,
    follow(sequence) {
      foreign = Math.max(foreign, sequence)
      if (loaded && foreign > loaded.content.newest) schedule()
    },
    showPresence: (entries) => gathering.hear(entries),
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
    get position() {
      return loaded?.content.newest ?? 0
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
