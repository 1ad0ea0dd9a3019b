/** What this device holds, and a file of what the relay does not have yet. */
import type { Session } from '../../session/session.ts'

export interface Usage {
  readonly bytes: number
  readonly quota: number | undefined
  readonly rows: number | undefined
}

/** The part of a session that knows its store. */
interface StoreAccess {
  readonly storage?: {
    usage(): Promise<{ readonly bytes: number; readonly quota: number | undefined; readonly rows: number }>
    unsent(): Promise<readonly unknown[]>
  }
}

/** The session's own figures; where it has none, the browser's estimate for the whole origin. */
export async function storageOf(session: Session & StoreAccess): Promise<Usage | undefined> {
  try {
    if (session.storage) return await session.storage.usage()
    const { usage, quota } = await navigator.storage.estimate()
    return usage === undefined ? undefined : { bytes: usage, quota, rows: undefined }
  } catch {
    return undefined
  }
}

/** Offers the unsent changes as a file and says how many there are; undefined when they could not be read. */
export async function downloadUnsent(session: Session & StoreAccess): Promise<number | undefined> {
  try {
    const unsent = (await session.storage?.unsent()) ?? []
    const content = { app: 'tongge', account: session.account, grid: session.grid, at: new Date(session.context().now).toISOString(), unsent }
    const url = URL.createObjectURL(new Blob([JSON.stringify(content, bytesToBase64, 1)], { type: 'application/json' }))
    const link = document.createElement('a')
    link.href = url
    link.download = `tongge-${session.account}-${content.at.slice(0, 16).replaceAll(':', '')}.json`
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
    return unsent.length
  } catch {
    return undefined
  }
}

function bytesToBase64(_key: string, value: unknown): unknown {
  if (!(value instanceof Uint8Array)) return value
  let text = ''
  for (const byte of value) text += String.fromCharCode(byte)
  return btoa(text)
}
