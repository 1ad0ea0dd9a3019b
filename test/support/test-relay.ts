/** The real relay core in this process, over a log that outlives it; kills and restarts as the test says. */
import { closeReasons } from '@tongge/protocol'
import { applyUpdate, decodeUpdate, Doc } from 'yjs'
import { createMemoryUpdateLog } from '../../sync-server/src/log/memory-update-log.ts'
import type { LoggedUpdate, UpdateLog } from '../../sync-server/src/ports.ts'
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
  /** From here on rows are committed at once. */
  readonly hurry: () => void
  /** What the log holds of a document. */
  readonly content: (document: string) => Promise<Doc>
  readonly close: () => Promise<void>
}

interface UnderWay {
  readonly rows: readonly LoggedUpdate[]
  readonly resolve: (sequences: readonly number[]) => void
  readonly reject: (error: Error) => void
}

/** A flaw the simulation must find when it is planted. `dropped-deletion`: what only removes something is taken for nothing new. */
export type RelayFlaw = 'ack-before-commit' | 'dropped-row' | 'dropped-deletion'

export function createTestRelay(network: Network, random: RandomSource, flaw?: RelayFlaw): TestRelay {
  const log = createMemoryUpdateLog()
  let underWay: UnderWay[] = []
  let endpoint: SyncEndpoint | undefined
  let isHurried = false
  let life = 0
  let dropped = 0

  const store = (rows: readonly LoggedUpdate[]): Promise<readonly number[]> => {
    if (flaw === 'dropped-row' && ++dropped === 3) return Promise.resolve(rows.map((_, index) => 10_000 + index))
    if (flaw === 'dropped-deletion')
      return log
        .append(rows.filter(({ update }) => decodeUpdate(update).structs.length > 0))
        .then(() => rows.map((_, index) => 10_000 + index))
    return log.append(rows)
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
        limits: { ...defaultLimits, framesPerSecond: 1e9, frameBurst: 1e9, foldRows: 1e9, foldBytes: 1e12 },
        now: () => 0,
      })
      const current = endpoint
      network.accept = (socket, device) =>
        current.accept(socket, {
          account: device,
          name: device,
          roles: ['gridMember'],
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
    hurry: () => {
      isHurried = true
      commit()
    },
    content: async (document) => {
      const stored = await log.read(document)
      const doc = new Doc()
      for (const update of [...(stored.snapshot ? [stored.snapshot] : []), ...stored.tail]) applyUpdate(doc, update)
      return doc
    },
    close: async () => {
      relay.hurry()
      await endpoint?.close()
    },
  }
  return relay
}
