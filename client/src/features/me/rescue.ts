/** A file of what the relay does not have yet: updates of Yjs with the names of their documents. No command reads it back so far. */
import type { Session } from '../../session/session.ts'

/** Offers the file and says how many changes are in it; undefined when they could not be read. */
export async function downloadUnsent(session: Session): Promise<number | undefined> {
  try {
    const unsent = await session.storage.unsent()
    const at = new Date(session.context().now).toISOString()
    const content = { app: 'tongge', account: session.account, grid: session.grid, at, unsent }
    const url = URL.createObjectURL(new Blob([JSON.stringify(content, bytesToBase64, 1)], { type: 'application/json' }))
    const link = document.createElement('a')
    link.href = url
    link.download = `tongge-${session.account}-${at.slice(0, 16).replaceAll(':', '')}.json`
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
