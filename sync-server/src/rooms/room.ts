/**
 * One open document: takes updates in, has them committed, and only then shows them to anyone and acknowledges them.
 * Knows peers, not sockets; knows bytes, not what they mean.
 */
import { closeReasons, type CloseReason } from '@tongge/protocol'
import type { Author, Guard, LoggedUpdate, Logger, UpdateLog } from '../ports.ts'
import { joinUpdates } from './content.ts'
import { stateOf, type DocumentContent } from './document-content.ts'
import type { Folder } from './folder.ts'
import { encodeState, newsOf, parseState, type Known } from './known.ts'
import { loadDocument } from './load.ts'
import { encodeAwareness, encodeStep1, encodeUpdateMessage, parseMessage } from './messages.ts'
import { createPresence, noOne } from './presence.ts'
import type { RoomLimits } from './room-limits.ts'
import { scanUpdate, type ScannedUpdate } from './scan-update.ts'

/** One connection's interest in one document. */
export interface Peer {
  readonly author: Author
  /** The person's name as colleagues know it. */
  readonly name: string
  readonly mayWrite: boolean
  /** Whether it wants its own updates back, as stock clients do. */
  readonly wantsEcho: boolean
  /** The document is loaded; everything after this is in order. */
  opened(): void
  /** `bulk` marks a message that is shared with others and may wait long without costing memory. */
  send(message: Uint8Array, bulk: boolean): void
  /** The first `count` updates of this peer are committed. */
  acknowledge(count: number): void
  close(reason: CloseReason): void
}

export interface Room {
  join(peer: Peer): Member
  /** One y-websocket message of this member. */
  receive(member: Member, message: Uint8Array): void
  leave(member: Member): void
  /** Commits and shows what came in since the last turn. */
  turn(): Promise<void>
  /** Sends renewed presence; called every few seconds. */
  tick(): void
  /** Brings the stored rows together when they have grown. Resolves when done. */
  fold(): Promise<void>
  /** Waits for commits under way, then lets go of the document; at once when there are none. */
  close(): Promise<void>
  readonly members: number
  /** When the last member left, in ms of the given clock; undefined while any is there. */
  readonly idleSince: number | undefined
  readonly bytes: number
  /** Stored updates that are not folded yet. */
  readonly rows: number
}

export interface Member {
  readonly peer: Peer
  /** Messages that came before the document was loaded. */
  readonly early: Uint8Array[]
  received: number
  /** Whether it was answered once, so that what follows fits. */
  isSynced: boolean
}

export interface RoomContext {
  readonly log: UpdateLog
  readonly guard: Guard
  readonly limits: RoomLimits
  readonly logger: Logger
  readonly folder: Folder
  readonly now: () => number
  /** Asks for a `turn` once this turn of the event loop has read its sockets. */
  readonly schedule: (room: Room) => void
  /** The room is of no more use; the next to join gets another one, loaded from the log. */
  readonly discard: (room: Room) => void
}

interface Batch {
  readonly updates: { readonly update: ScannedUpdate; readonly member: Member }[]
  readonly counts: Map<Member, number>
}

export function createRoom(document: string, context: RoomContext): Room {
  const { log, guard, limits, logger, schedule } = context
  const members = new Set<Member>()
  const presence = createPresence<Member>(limits)
  let loaded: { readonly known: Known; readonly content: DocumentContent; readonly isWhole: boolean } | undefined
  let open: Batch = { updates: [], counts: new Map() }
  let committing: Batch | undefined
  /** Of updates admitted and not yet shown. */
  let pendingBytes = 0
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
    for (const member of [...members]) welcome(member)
  }

  const welcome = (member: Member): void => {
    if (!loaded) return
    member.peer.opened()
    member.peer.send(encodeStep1(encodeState(loaded.known.state)), false)
    const everyone = presence.everyone()
    if (everyone) member.peer.send(encodeAwareness(everyone), false)
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
        return answer(member, message.state, loaded.content)
      case 'update': {
        member.received++
        const refusal = admit(member, message.update, loaded)
        return refusal ? dismiss(member, refusal) : settle(member)
      }
      case 'awareness': {
        const taken = presence.receive(member, { account: member.peer.author.account, name: member.peer.name }, message.entries)
        if (taken !== 'taken') return dismiss(member, closeReasons[taken])
        schedule(room)
      }
    }
  }

  const answer = (member: Member, state: Uint8Array, content: DocumentContent): void => {
    const theirs = parseState(state)
    if (!theirs) return dismiss(member, closeReasons.malformed)
    for (const message of content.answer(theirs)) member.peer.send(message, true)
    member.isSynced = true
  }

  /** Takes the update into the open batch, unless it brings nothing; or says why not. */
  const admit = (member: Member, bytes: Uint8Array, { known, content }: { readonly known: Known; readonly content: DocumentContent }): CloseReason | undefined => {
    const { peer } = member
    if (bytes.length > limits.updateBytes) return closeReasons.tooLarge
    const update = scanUpdate(bytes, limits)
    if (update === 'malformed' || update === 'tooLarge') return closeReasons[update]
    const fitting = update === 'incomplete' ? undefined : known.fit(update)
    // What one may only read one need not have sent whole: it is refused all the same.
    if (!fitting) return peer.mayWrite ? closeReasons.gap : closeReasons.readOnly
    const news = newsOf(fitting)
    if (!news) return undefined
    if (!peer.mayWrite) return closeReasons.readOnly
    if (content.bytes + pendingBytes + news.bytes.length > limits.documentBytes) return closeReasons.tooLarge
    const verdict = guard.judge(document, news.bytes, peer.author)
    if (!verdict.allowed) return { code: closeReasons.refused.code, reason: asciiReason(verdict.reason) }
    known.add(fitting)
    guard.admitted?.(document, news.bytes)
    open.updates.push({ update: news, member })
    pendingBytes += news.bytes.length
    schedule(room)
    return undefined
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
    open = { updates: [], counts: new Map() }
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
    const [first] = batch.updates
    for (const { update } of batch.updates) pendingBytes -= update.bytes.length
    const isFromOne = batch.updates.every(({ member }) => member === first?.member)
    for (const bytes of joinUpdates(batch.updates.map(({ update }) => update))) {
      content.append({ bytes, sequence })
      const message = encodeUpdateMessage(bytes)
      for (const member of members) {
        const isOwn = isFromOne && member === first?.member
        if (member.isSynced && (!isOwn || member.peer.wantsEcho)) member.peer.send(message, false)
      }
    }
    for (const [member, count] of batch.counts) if (members.has(member)) member.peer.acknowledge(count)
  }

  const isFoldDue = (content: DocumentContent): boolean =>
    context.now() - foldedAt >= limits.foldEveryMs && (content.tailBytes >= Math.max(limits.foldBytes, content.bytes / 2) || content.tailLength >= limits.foldRows)

  const fold = (): Promise<void> => {
    if (!loaded?.isWhole || isOver) return Promise.resolve()
    folding ??= foldContent(loaded.known, loaded.content).finally(() => {
      folding = undefined
      foldedAt = context.now()
    })
    return folding
  }

  const foldContent = async (known: Known, content: DocumentContent): Promise<void> => {
    if (content.tailLength === 0) return
    const through = content.newest
    const updates = content.updates()
    try {
      const bytes = await context.folder.fold(updates)
      const snapshot = bytes && scanUpdate(bytes, { structs: Infinity, deletions: Infinity })
      if (!snapshot || typeof snapshot === 'string' || !isSameDocument(updates, snapshot)) {
        logger.error({ document }, 'fold does not hold the same as the rows; they are kept')
        return
      }
      if (isOver || !(await log.compact(document, snapshot.bytes, through)) || isOver) return
      known.deletions.add(snapshot.deletions)
      content.rebase(snapshot, through)
    } catch (error) {
      logger.error({ document, error }, 'document cannot be folded')
    }
  }

  const shareAwareness = (entries: Uint8Array | undefined): void => {
    if (!entries) return
    const message = encodeAwareness(entries)
    for (const { peer } of members) peer.send(message, false)
  }

  const leave = (member: Member): void => {
    if (!members.delete(member)) return
    presence.leave(member)
    schedule(room)
    if (members.size === 0) idleSince = context.now()
  }

  const room: Room = {
    join(peer) {
      const member: Member = { peer, early: [], received: 0, isSynced: false }
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
      for (const { peer } of members) if (renewals || peer.wantsEcho) peer.send(message, false)
    },
    fold,
    async close() {
      while (!isOver && (committing || open.updates.length > 0)) {
        commitDone = committing ? commitDone : commit()
        await commitDone
      }
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

/** One row for each run of updates by the same account, in the order in which they came. */
function batchToRows(document: string, batch: Batch): LoggedUpdate[] {
  const rows: LoggedUpdate[] = []
  for (let at = 0; at < batch.updates.length; ) {
    const account = batch.updates[at]?.member.peer.author.account ?? ''
    let end = at + 1
    while (end < batch.updates.length && batch.updates[end]?.member.peer.author.account === account) end++
    for (const update of joinUpdates(batch.updates.slice(at, end).map((one) => one.update))) rows.push({ document, update, account })
    at = end
  }
  return rows
}

/** Whether the snapshot has the same clocks as the updates and deletes nothing less. */
function isSameDocument(updates: readonly Uint8Array[], snapshot: ScannedUpdate): boolean {
  const before = stateOf(updates)
  const after = stateOf([snapshot.bytes])
  if (before.state.size !== after.state.size) return false
  for (const [client, clock] of before.state) if (after.state.get(client) !== clock) return false
  return after.deletions.missing(before.deletions.entries()).length === 0
}

/** A close frame has room for 123 bytes. */
function asciiReason(reason: string): string {
  return reason.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 120)
}
