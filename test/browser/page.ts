/** What the page under test can do; the test calls it through `globalThis.stage`. */
import {
  createIndexeddbProvider,
  deriveSyncLight,
  leaseSlot,
  openVault,
  type Vault,
  type VaultProblem,
  type VaultProvider,
} from '@tongge/sync'
import { Doc } from 'yjs'

const setTimer = (callback: () => void, milliseconds: number): (() => void) => {
  const timer = setTimeout(callback, milliseconds)
  return () => clearTimeout(timer)
}

const document = 'grid/990101000001001/ledger'
let vault: Vault | undefined
let doc: Doc | undefined
let provider: VaultProvider | undefined
const problems: VaultProblem[] = []

/** The browser compresses what it stores; a quota is only met by what does not shrink. */
function noise(length: number): string {
  const codes = new Uint16Array(length)
  for (let at = 0; at < length; at += 16_384) crypto.getRandomValues(codes.subarray(at, at + 16_384))
  return Array.from(codes, (code) => String.fromCharCode(33 + (code % 90))).join('')
}

const stage = {
  async open(shared = false): Promise<Record<string, unknown>> {
    const tabs = shared ? { locks: navigator.locks, channel: new BroadcastChannel('tongge/test') } : {}
    vault = await openVault({
      name: 'test',
      indexedDB,
      now: Date.now,
      setTimer,
      storage: navigator.storage,
      compactAfter: 40,
      ...tabs,
    })
    vault.onProblem((problem) => problems.push(problem))
    doc = new Doc()
    provider = vault.attach(document, doc)
    await provider.ready
    return stage.content()
  },
  content(): Record<string, unknown> {
    return doc?.getMap('entries').toJSON() ?? {}
  },
  /** Makes an edit; the promise says whether it was called saved. */
  async write(key: string, bytes = 20): Promise<boolean> {
    doc?.transact(() => doc?.getMap('entries').set(key, noise(bytes)), { local: true, subjects: [`entry/${key}`] })
    try {
      await provider?.durable()
      return true
    } catch {
      return false
    }
  },
  light(): unknown {
    const status = provider?.status()
    return {
      status,
      light: deriveSyncLight({ disks: status ? [status] : [], relays: [], link: { state: 'offline' } }),
      problems: problems.map((problem) => problem.reason),
    }
  },
  async retry(): Promise<void> {
    await vault?.retry()
  },
  async unsent(): Promise<number> {
    return (await vault?.unsent())?.length ?? 0
  },
  damaged(): number {
    return provider?.damaged() ?? -1
  },
  async lease(): Promise<string> {
    if (!vault) throw new Error('not open')
    return (await leaseSlot({ locks: navigator.locks, vault, documents: [] })).slot
  },
  async close(): Promise<void> {
    await vault?.close()
  },
  /** A setting begins to be written as the page goes. */
  leave(value: string): void {
    addEventListener('pagehide', () => void vault?.set('left', value))
    location.href = 'about:blank'
  },
  async left(): Promise<unknown> {
    return vault?.get('left')
  },
  /** Overwrites the bytes of the oldest row behind the vault's back. */
  damageOldestRow(): Promise<number> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open('test')
      request.addEventListener('error', () => reject(request.error))
      request.addEventListener('success', () => {
        const transaction = request.result.transaction('rows', 'readwrite')
        const cursor = transaction.objectStore('rows').openCursor()
        let sequence = 0
        cursor.addEventListener('success', () => {
          const row = cursor.result?.value as { sequence: number; bytes: Uint8Array } | undefined
          if (!row) return
          sequence = row.sequence
          cursor.result?.update({ ...row, bytes: row.bytes.map((byte) => byte ^ 0x55) })
        })
        transaction.addEventListener('complete', () => {
          request.result.close()
          resolve(sequence)
        })
      })
    })
  },
  deleteDatabase(): Promise<void> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase('test')
      request.addEventListener('success', () => resolve())
      request.addEventListener('error', () => reject(request.error))
    })
  },
  /** The public documents' way: y-indexeddb behind its adapter. */
  async stock(name: string, key: string): Promise<unknown> {
    const own = new Doc()
    const adapter = createIndexeddbProvider(name, own, { indexedDB, setTimer })
    await adapter.ready
    own.getMap('entries').set(key, 1)
    await adapter.durable()
    const status = adapter.status()
    await adapter.close()
    return { status, keys: [...own.getMap('entries').keys()].sort() }
  },
}

export type PageStage = typeof stage

Object.assign(globalThis, { stage })
