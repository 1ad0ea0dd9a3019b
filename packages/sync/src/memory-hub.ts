/** A meeting place in memory: every attached document is kept equal to it. For demos and tests. */
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs'
import type { Provider, ProviderStatus } from './provider.ts'
import { createStatusCell } from './status.ts'

export interface MemoryHub {
  /** The hub's own replica. */
  readonly doc: Doc
  readonly attach: (doc: Doc) => Provider
  /** Offline documents go on apart and meet again later. */
  readonly setOnline: (online: boolean) => void
}

interface Attached {
  readonly sync: () => void
  readonly refresh: () => void
}

export function createMemoryHub(): MemoryHub {
  const hub = new Doc()
  const attached = new Set<Attached>()
  let online = true

  const attach = (doc: Doc): Provider => {
    const status = createStatusCell<ProviderStatus>({ state: 'starting' })
    let pending = 0
    let closed = false
    const refresh = (): void => status.set(online ? { state: 'current' } : { state: 'offline', pending })
    const fromDoc = (update: Uint8Array, origin: unknown): void => {
      if (origin === hub) return
      if (online) applyUpdate(hub, update, doc)
      else pending++
      refresh()
    }
    const fromHub = (update: Uint8Array, origin: unknown): void => {
      if (online && origin !== doc) applyUpdate(doc, update, hub)
    }
    const sync = (): void => {
      applyUpdate(hub, encodeStateAsUpdate(doc), doc)
      applyUpdate(doc, encodeStateAsUpdate(hub), hub)
      pending = 0
    }
    const own: Attached = { sync, refresh }
    attached.add(own)
    doc.on('update', fromDoc)
    hub.on('update', fromHub)
    // Never before this returns, as every provider promises.
    const ready = Promise.resolve().then(() => {
      if (closed) return
      if (online) sync()
      refresh()
    })
    return {
      ready,
      status: status.get,
      onStatus: status.onChange,
      close: async () => {
        if (closed) return
        if (online) sync()
        closed = true
        attached.delete(own)
        doc.off('update', fromDoc)
        hub.off('update', fromHub)
      },
    }
  }

  return {
    doc: hub,
    attach,
    setOnline: (next) => {
      online = next
      for (const { sync, refresh } of attached) {
        if (online) sync()
        refresh()
      }
    },
  }
}
