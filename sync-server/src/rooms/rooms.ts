/** The documents that are open: opens them on demand, gives each its turn, and lets go of those nobody is in. */
import { hasGenerations } from '@tongge/protocol'
import type { Folding, Guard, Logger, UpdateLog } from '../ports.ts'
import { createFolder } from './folder.ts'
import { createLineages } from './lineages.ts'
import { followOthers, tellingOthers, type Sharing } from './others.ts'
import type { Newest } from './newest.ts'
import type { RoomLimits } from './room-limits.ts'
import type { Room, RoomContext } from './peer.ts'
import { createRoom } from './room.ts'

export interface RoomsLimits extends RoomLimits {
  /** A document nobody is in leaves memory after this time. */
  readonly idleMs: number
  /** Documents in memory; beyond it those that nobody is in leave before `idleMs` is over. */
  readonly documents: number
  /** A document that leaves memory with more rows than this is folded first. */
  readonly unloadRows: number
  /** A document of this size may begin anew, when nobody is in it or nothing was written in it for `quietMs`. */
  readonly renewBytes: number
  /** What a new generation may take of the bytes of the old one. */
  readonly renewShare: number
  readonly quietMs: number
}

export interface Rooms {
  /** Undefined when people are in too many documents. */
  enter(document: string): Room | undefined
  /** False for a generation of a document that has not begun. */
  hasBegun(document: string): boolean
  /** Sends renewed presence and unloads idle documents; called every few seconds. */
  tick(): void
  close(): Promise<void>
  readonly size: number
  readonly bytes: number
}

export function createRooms(context: {
  readonly log: UpdateLog
  readonly guard: Guard
  readonly newest: Newest
  /** Without it no document begins anew. */
  readonly folding: Folding | undefined
  /** Without it this relay is the only one that writes the log. */
  readonly sharing: Sharing | undefined
  readonly limits: RoomsLimits
  readonly logger: Logger
  readonly now: () => number
}): Rooms {
  const { limits, now, sharing } = context
  const folder = createFolder()
  const roomByDocument = new Map<string, Room>()
  const due = new Set<Room>()
  const unloading = new Map<Room, Promise<void>>()
  let turn: NodeJS.Immediate | undefined

  const runTurn = (): void => {
    turn = undefined
    const rooms = [...due]
    due.clear()
    // All rooms append before the log's commit runs, so that they share it.
    for (const room of rooms) void room.turn()
  }

  const schedule = (room: Room): void => {
    due.add(room)
    turn ??= setImmediate(runTurn)
  }

  /** Lets go of some documents, those nobody has been in for longest; what they hold is stored. */
  const makeRoom = (): boolean => {
    const idle = [...roomByDocument.values()].filter((room) => room.idleSince !== undefined && !unloading.has(room))
    const oldest = idle.toSorted((a, b) => (a.idleSince ?? 0) - (b.idleSince ?? 0))
    const wanted = limits.documents - Math.ceil(limits.documents / 20)
    for (const room of oldest) {
      // One that still commits goes a moment later.
      void room.close()
      if (roomByDocument.size <= wanted) break
    }
    return roomByDocument.size < limits.documents
  }

  const enter = (document: string): Room | undefined => {
    const open = roomByDocument.get(document)
    if (open) return open
    if (roomByDocument.size >= limits.documents && !makeRoom()) return undefined
    const discard = (room: Room): void => {
      due.delete(room)
      if (roomByDocument.get(document) === room) roomByDocument.delete(document)
    }
    const append: RoomContext['append'] = (rows, at) => lineages.append(document, rows, at)
    const room = createRoom(document, {
      ...context,
      log,
      read: async () => {
        const stored = await lineages.read(document)
        await others?.reach(stored.through)
        return stored
      },
      append,
      others,
      folder,
      schedule,
      discard,
    })
    roomByDocument.set(document, room)
    return room
  }

  const opened = (document: string): Room | undefined => roomByDocument.get(document)
  const others =
    sharing && followOthers({ ...context, sharing, opened: () => roomByDocument.values(), openedAs: opened })
  const log = sharing ? tellingOthers(context.log, sharing.fanOut) : context.log
  const lineages = createLineages({ ...context, log, enter, opened, isShared: sharing !== undefined })
  /** Until a document has grown to this size the answer will be the same, or up to this time where there was none. */
  const looked = new Map<string, { readonly bytes: number; readonly until: number }>()
  const renewIfDue = async (room: Room): Promise<void> => {
    const { document, bytes } = room
    const { bytes: grown = 0, until = 0 } = looked.get(document) ?? {}
    if (!context.folding || bytes < limits.renewBytes || (bytes < grown && now() < until)) return
    if (!hasGenerations(document) || context.newest.of(document) !== document) return
    looked.set(document, { bytes: bytes * 1.25, until: Infinity })
    if (await lineages.renew(room, limits.renewShare)) return
    looked.set(document, { bytes: bytes * 1.25, until: now() + limits.quietMs })
  }

  const unload = async (room: Room): Promise<void> => {
    if (room.rows > limits.unloadRows) await room.fold()
    await renewIfDue(room)
    if (room.members === 0) await room.close()
    unloading.delete(room)
  }

  return {
    enter,
    hasBegun: context.newest.hasBegun,
    tick() {
      for (const room of roomByDocument.values()) {
        room.tick()
        const isIdle = room.idleSince !== undefined && now() - room.idleSince >= limits.idleMs
        if (isIdle && !unloading.has(room)) unloading.set(room, unload(room))
        // One that leaves memory is renewed on its way out, not let go of beside it.
        else if (now() - room.changedAt >= limits.quietMs) void renewIfDue(room)
      }
    },
    async close() {
      clearImmediate(turn)
      await others?.close()
      await context.folding?.close()
      await Promise.all([...roomByDocument.values()].map((room) => room.close()))
      await folder.close()
      await Promise.all(unloading.values())
    },
    get size() {
      return roomByDocument.size
    },
    get bytes() {
      let sum = 0
      for (const room of roomByDocument.values()) sum += room.bytes
      return sum
    },
  }
}
