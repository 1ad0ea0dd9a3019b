/** The slot of a session: leased for its documents, given back in order, and the runs that broke off before it settled as it catches up. */
import { lineageOf } from '@tongge/protocol'
import type { RelayProvider } from '../relay/relay-provider.ts'
import { leaseSlot, type SlotLease, type SlotOptions } from './slot.ts'
import type { VaultProvider } from './vault-provider.ts'

export interface SlotKeeper {
  /** Empty until it is leased. */
  readonly slot: () => string
  /** Only once the documents hold what was written in a slot may somebody write in it again; anew when it turns out that they do not. */
  readonly lease: () => Promise<void>
  follow(
    document: string,
    disk: Pick<VaultProvider, 'status' | 'onStatus' | 'durable'>,
    relay: Pick<RelayProvider, 'status' | 'onStatus'>,
  ): void
  /** After the documents are closed and before the vault is. */
  readonly close: () => Promise<void>
}

export function createSlotKeeper(options: SlotOptions): SlotKeeper {
  const checks: (() => void)[] = []
  const disks: Pick<VaultProvider, 'status'>[] = []
  const undo: (() => void)[] = []
  const caught = new Set<string>()
  let noted = new Set<string>()
  let lease: SlotLease | undefined
  let noting: Promise<void> | undefined
  let closed = false

  const noteAll = async (): Promise<void> => {
    while (caught.size > 0) {
      const documents = [...caught]
      caught.clear()
      for (const document of documents) noted.add(document)
      // Refused, it stays as it is: the number rests until another session has caught up.
      await lease?.caughtUp(documents).catch(() => undefined)
    }
    noting = undefined
  }

  return {
    slot: () => lease?.slot ?? '',
    lease: async () => {
      const before = lease
      const next = await leaseSlot(options)
      if (closed) return next.release()
      lease = next
      noted = new Set()
      before?.release()
      for (const check of checks) check()
    },
    follow: (document, disk, relay) => {
      const lineage = lineageOf(document)
      // What is fetched of a newer generation, or sent of an older one, says nothing of the one in which the slot will be used.
      const isWritten = options.documents.includes(document)
      const isOwing = (): boolean => isWritten && !closed && lease?.owing.has(lineage) === true && !noted.has(lineage)
      /** What the relay has is here, and is on this disk. */
      const check = (): void => {
        if (!isOwing() || relay.status().state !== 'current') return
        disk.durable().then(
          () => {
            if (!isOwing()) return
            caught.add(lineage)
            noting ??= noteAll()
          },
          () => undefined,
        )
      }
      disks.push(disk)
      checks.push(check)
      undo.push(disk.onStatus(check), relay.onStatus(check))
      check()
    },
    close: async () => {
      closed = true
      for (const stop of undo) stop()
      await noting
      if (disks.every((disk) => disk.status().state === 'current')) await lease?.end().catch(() => undefined)
      lease?.release()
    },
  }
}
