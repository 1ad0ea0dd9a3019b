/** Flaws that the simulation must find when they are planted. */
import type { CreateSocket, MemoryDisk, Vault } from '@tongge/sync'
import type { RelayFlaw } from '../support/test-relay.ts'

export const relayFlaws = [
  'ack-before-commit',
  'dropped-row',
  'dropped-deletion',
  'dropped-carry',
] as const satisfies readonly RelayFlaw[]

/**
 * `lying-disk`: calls every third write complete and forgets it. `dropped-update`: one in thirty of the frames that come in is lost.
 * `shared-slot`: every tab writes to the same slot. `hasty-undo`: undo overwrites what was changed since.
 * `unnoted-run`: nothing tells the next session that somebody wrote in a slot and was killed.
 */
export const flaws = [
  ...relayFlaws,
  'lying-disk',
  'dropped-update',
  'shared-slot',
  'unnoted-run',
  'hasty-undo',
] as const
export type Flaw = (typeof flaws)[number]

export function lyingDisk(disk: MemoryDisk): MemoryDisk {
  let writes = 0
  return {
    ...disk,
    open: () => {
      const shelf = disk.open()
      return {
        ...shelf,
        write: (changes, durability) =>
          changes.rows && ++writes % 3 === 0 ? Promise.resolve() : shelf.write(changes, durability),
      }
    },
  }
}

export function droppingSocket(createSocket: CreateSocket): CreateSocket {
  let frames = 0
  return (url, subprotocol, events) =>
    createSocket(url, subprotocol, {
      ...events,
      received: (bytes) => {
        if (++frames % 30 > 0) events.received(bytes)
      },
    })
}

export function forgettingRuns(vault: Vault): Vault {
  return { ...vault, set: (key, value) => (key === 'slot-runs' ? Promise.resolve() : vault.set(key, value)) }
}
