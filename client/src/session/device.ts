/** The device and its browser as the session's parts take them: label, timers, locks, channel. */
import type { RecordId } from '@tongge/model'
import { openVault, createMemoryDisk, ProviderFailure, type SetTimer, type Vault } from '@tongge/sync'

export const setTimer: SetTimer = (callback, milliseconds) => {
  const timer = setTimeout(callback, milliseconds)
  return () => clearTimeout(timer)
}

/** The store of one account on this device. Where the browser refuses to store, it lives in memory and `refused` says so. */
export async function openDeviceVault(account: string): Promise<{ readonly vault: Vault; readonly refused: boolean }> {
  const name = `tongge/${account}`
  const common = { name, now: Date.now, setTimer, createId: () => crypto.randomUUID() }
  try {
    const shared =
      'locks' in navigator && 'BroadcastChannel' in globalThis
        ? { locks: navigator.locks, channel: new BroadcastChannel(name) }
        : {}
    const vault = await openVault({ ...common, ...shared, indexedDB, storage: navigator.storage })
    return { vault, refused: false }
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error
    return { vault: await openVault({ ...common, shelf: createMemoryDisk().open() }), refused: true }
  }
}

/** How this device is named in histories: its system and four letters of its own, until somebody renames it. */
export async function deviceLabel(vault: Pick<Vault, 'get' | 'set'>): Promise<string> {
  const known = await vault.get('device')
  if (typeof known === 'string') return known
  const label = `${systemName(navigator.userAgent)} ${crypto.randomUUID().slice(0, 4).toUpperCase()}`
  await vault.set('device', label)
  return label
}

function systemName(agent: string): string {
  const names = [/HarmonyOS/, /Android/, /iPad/, /iPhone/, /Windows/, /Mac/, /Linux/]
  return names.map((name) => name.exec(agent)?.[0]).find((name) => name !== undefined) ?? 'Browser'
}

/** 96 random bits in 16 characters: short, because every edited field carries its record's id in its key. */
export function freshId(): RecordId {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_') as RecordId
}
