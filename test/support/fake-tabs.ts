/** What the tabs of one browser profile share: locks and a broadcast channel, in memory. */
import type { TabChannel } from '@tongge/sync'

export type FakeLocks = Pick<LockManager, 'request'>

export interface FakeProfile {
  /** One tab's view; `crash` frees its locks and cuts its channel as the browser does. */
  openTab(): { readonly locks: FakeLocks; channel(): TabChannel; crash(): void }
}

interface Held {
  readonly tab: object
  readonly release: () => void
}

interface Waiting {
  readonly tab: object
  readonly grant: () => void
}

export function createFakeProfile(): FakeProfile {
  const holders = new Map<string, Held>()
  const queues = new Map<string, Waiting[]>()
  const channels = new Set<{ readonly tab: object; readonly hear: (data: unknown) => void }>()

  const next = (name: string): void => {
    holders.delete(name)
    queues.get(name)?.shift()?.grant()
  }

  const request = (
    tab: object,
    name: string,
    options: LockOptions,
    callback: (lock: Lock | null) => unknown,
  ): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const grant = (): void => {
        let over = false
        const release = (): void => {
          if (over) return
          over = true
          next(name)
        }
        holders.set(name, { tab, release })
        const run = async (): Promise<unknown> => callback({ name, mode: 'exclusive' })
        run().then(resolve, reject).finally(release)
      }
      if (!holders.has(name)) return grant()
      if (options.ifAvailable) return Promise.resolve(callback(null)).then(resolve, reject)
      const waiting = { tab, grant }
      queues.set(name, [...(queues.get(name) ?? []), waiting])
      options.signal?.addEventListener('abort', () => {
        queues.set(
          name,
          (queues.get(name) ?? []).filter((other) => other !== waiting),
        )
        reject(new DOMException('aborted', 'AbortError'))
      })
    })

  return {
    openTab: () => {
      const tab = {}
      let alive = true
      const locks = {
        request: (
          name: string,
          optionsOrCallback: LockOptions | LockGrantedCallback<unknown>,
          callback?: LockGrantedCallback<unknown>,
        ) =>
          typeof optionsOrCallback === 'function'
            ? request(tab, name, {}, optionsOrCallback)
            : request(tab, name, optionsOrCallback, callback ?? (() => undefined)),
      } as unknown as FakeLocks
      return {
        locks,
        channel: () => {
          const listeners: ((event: MessageEvent) => void)[] = []
          const own = {
            tab,
            hear: (data: unknown) => listeners.forEach((listener) => listener({ data } as MessageEvent)),
          }
          channels.add(own)
          return {
            postMessage: (message) => {
              if (!alive || !channels.has(own)) return
              const copy: unknown = structuredClone(message)
              for (const other of channels)
                if (other !== own) queueMicrotask(() => channels.has(other) && other.hear(copy))
            },
            addEventListener: (_type, listener) => {
              listeners.push(listener)
            },
            close: () => {
              channels.delete(own)
            },
          }
        },
        crash: () => {
          alive = false
          for (const channel of channels) if (channel.tab === tab) channels.delete(channel)
          for (const [name, queue] of queues)
            queues.set(
              name,
              queue.filter((waiting) => waiting.tab !== tab),
            )
          for (const held of holders.values()) if (held.tab === tab) held.release()
        },
      }
    },
  }
}
