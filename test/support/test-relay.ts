/** The real relay core in this process, over a log that outlives it; kills and restarts as the test says. */
import { closeReasons } from '@tongge/protocol'
import { applyUpdate, decodeUpdate, Doc } from 'yjs'
import { beginGeneration, carryLate } from '../../sync-server/src/generations/fold-documents.ts'
import { createGuard } from '../../sync-server/src/guard/guard.ts'
import { createMemoryUpdateLog } from '../../sync-server/src/log/memory-update-log.ts'
import type { Folding, Guard, LoggedUpdate, Logger, UpdateLog } from '../../sync-server/src/ports.ts'
import { createNewest } from '../../sync-server/src/rooms/newest.ts'
import { createSyncEndpoint, type SyncEndpoint } from '../../sync-server/src/sockets/endpoint.ts'
import { defaultLimits } from '../../sync-server/src/sockets/limits.ts'
import type { RandomSource } from './random-source.ts'
import type { Network } from './test-network.ts'

export interface TestRelay {
  readonly running: boolean
  readonly start: () => void
  /** As by kill -9: rows under way are committed or not, nobody hears of it. */
  readonly kill: () => void
  /** Commits the rows under way. */
  readonly commit: () => void
  /** Some of the documents that are open begin anew. */
  readonly renew: () => void
  /** The newest generation of a document; `newest` is what the relay answers, undefined when it does not run. */
  readonly stored: (document: string) => string
  readonly newest: (document: string) => string | undefined
  /** From here on rows are committed at once. */
  readonly hurry: () => void
  /** What the log holds of a document. Its guid is the name. */
  readonly content: (document: string) => Promise<Doc>
  readonly close: () => Promise<void>
}

interface UnderWay {
  readonly rows: readonly LoggedUpdate[]
  readonly resolve: (sequences: readonly number[]) => void
  readonly reject: (error: Error) => void
}

/** Rows that were committed together, and what those that came to an older generation add to each later one. */
export interface Stored {
  readonly rows: readonly LoggedUpdate[]
  readonly carries: readonly { readonly document: string; readonly added: readonly (Uint8Array | undefined)[] }[]
}

/**
 * A flaw the simulation must find when it is planted. `dropped-deletion`: what only removes something is taken for nothing new.
 * `dropped-carry`: what comes late is stored without what it adds to the newer generations.
 */
export type RelayFlaw = 'ack-before-commit' | 'dropped-row' | 'dropped-deletion' | 'dropped-carry'

export interface TestRelayOptions {
  readonly network: Network
  readonly random: RandomSource
  readonly flaw?: RelayFlaw | undefined
  /** Who works on a device; with it every update is judged as in the running relay. */
  readonly whoIs?: (device: string) => { readonly account: string; readonly roles: readonly string[] }
  /** Hears why an update was refused; never for what its author mends by sending the rest. */
  readonly onRefused?: (reason: string) => void
  /** Runs before anybody hears that rows are committed. */
  readonly onStored?: (stored: Stored) => Promise<void>
}

const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined }

const wallClock = Date.parse('2026-11-20T12:00:00+08:00')
/** Greater than any device's. */
const firstFolder = 2_000_000

export function createTestRelay(options: TestRelayOptions): TestRelay {
  const { network, random, flaw, whoIs, onRefused, onStored } = options
  const log = createMemoryUpdateLog()
  const stored = new Set<string>()
  const addedByLate = new WeakMap<Uint8Array, readonly (Uint8Array | undefined)[]>()
  const newestOf = (document: string): string => createNewest([...stored]).of(document)
  let folders = firstFolder
  let underWay: UnderWay[] = []
  let endpoint: SyncEndpoint | undefined
  let isHurried = false
  let life = 0
  let dropped = 0

  const folding: Folding = {
    begin: async (updates, limit) => (random.chance(0.6) ? beginGeneration(updates, ++folders, limit) : undefined),
    carry: async (generations, late) => {
      const added = carryLate(generations, late, ++folders)
      if (late[0]) addedByLate.set(late[0], added)
      return added
    },
    close: async () => undefined,
  }

  const listening = (guard: Guard): Guard => ({
    ...guard,
    judge(document, update, author) {
      const verdict = guard.judge(document, update, author)
      if (!verdict.allowed && !verdict.isGap) onRefused?.(`${document} of ${author.account}: ${verdict.reason}`)
      return verdict
    },
  })

  const write = async (rows: readonly LoggedUpdate[]): Promise<readonly number[]> => {
    const carries = rows.flatMap(({ document, update }) => {
      const added = addedByLate.get(update)
      return added ? [{ document, added }] : []
    })
    const isDropped = flaw === 'dropped-carry' && carries.length > 0
    const kept = isDropped ? rows.filter(({ document }) => carries.some((late) => late.document === document)) : rows
    const sequences = await log.append(kept)
    for (const { document } of kept) stored.add(document)
    await onStored?.({ rows, carries })
    return isDropped ? rows.map((_, index) => 10_000 + index) : sequences
  }

  const store = (rows: readonly LoggedUpdate[]): Promise<readonly number[]> => {
    if (flaw === 'dropped-row' && ++dropped === 3) return Promise.resolve(rows.map((_, index) => 10_000 + index))
    if (flaw === 'dropped-deletion')
      return write(rows.filter(({ update }) => decodeUpdate(update).structs.length > 0)).then(() =>
        rows.map((_, index) => 10_000 + index),
      )
    return write(rows)
  }

  const logOfLife = (own: number): UpdateLog => ({
    ...log,
    append: (rows) => {
      if (own !== life) return Promise.reject(new Error('killed'))
      if (isHurried) return store(rows)
      const written = new Promise<readonly number[]>((resolve, reject) => underWay.push({ rows, resolve, reject }))
      written.catch(() => undefined)
      return flaw === 'ack-before-commit' ? Promise.resolve(rows.map((_, index) => index + 1)) : written
    },
    close: async () => undefined,
  })

  const commit = (): void => {
    for (const { rows, resolve } of underWay.splice(0)) void store(rows).then(resolve)
  }

  const relay: TestRelay = {
    get running() {
      return endpoint !== undefined
    },
    start: () => {
      endpoint = createSyncEndpoint({
        log: logOfLife(life),
        newest: createNewest([...stored]),
        folding,
        ...(whoIs && { guard: listening(createGuard({ logger: silent })) }),
        limits: {
          ...defaultLimits,
          framesPerSecond: 1e9,
          frameBurst: 1e9,
          foldRows: 1e9,
          foldBytes: 1e12,
          renewBytes: 0,
          renewShare: Infinity,
          quietMs: 0,
          aliveMs: 2 ** 31 - 1,
        },
        now: () => 0,
        wallClock: () => wallClock,
      })
      const current = endpoint
      network.accept = (socket, device) =>
        current.accept(socket, {
          account: device,
          roles: ['gridMember'],
          ...whoIs?.(device),
          name: device,
          session: device,
          mayRead: () => true,
          mayWrite: () => true,
        })
    },
    kill: () => {
      if (!endpoint) return
      life++
      network.accept = undefined
      network.cutAll()
      for (const { rows, reject } of underWay.splice(0)) {
        if (random.chance(0.5)) void store(rows)
        reject(new Error(closeReasons.restarting.reason))
      }
      void endpoint.close()
      endpoint = undefined
    },
    commit,
    renew: () => endpoint?.tick(),
    stored: newestOf,
    newest: (document) => (endpoint ? newestOf(document) : undefined),
    hurry: () => {
      isHurried = true
      commit()
    },
    content: async (document) => {
      const { snapshot, tail } = await log.read(document)
      const doc = new Doc({ guid: document })
      for (const update of [...(snapshot ? [snapshot] : []), ...tail]) applyUpdate(doc, update)
      return doc
    },
    close: async () => {
      relay.hurry()
      await endpoint?.close()
    },
  }
  return relay
}
