/** Which y-websocket messages carry edits, read from their first two bytes. */

export type SyncMessageKind = 'vector' | 'state' | 'update' | 'other'

/** `vector` is SyncStep1, `state` is SyncStep2. */
export function syncMessageKind(message: Uint8Array): SyncMessageKind {
  if (message[0] !== 0) return 'other'
  return message[1] === 0 ? 'vector' : message[1] === 1 ? 'state' : message[1] === 2 ? 'update' : 'other'
}

/** An awareness message about nobody: tells y-websocket that the line lives. */
export const emptyAwareness: Uint8Array<ArrayBuffer> = Uint8Array.of(1, 1, 0)
