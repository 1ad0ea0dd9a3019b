/** What the tabs of one browser profile tell each other about the store they share. */
import type { FailureReason } from '../provider.ts'
import type { Entry } from './entry.ts'

export type TabMessage =
  /** Edits of one tab: the others apply local ones at once, the writing tab stores all. */
  | { readonly type: 'entries'; readonly from: string; readonly entries: readonly Entry[] }
  | { readonly type: 'durable'; readonly ids: readonly string[] }
  | { readonly type: 'failed'; readonly reason: FailureReason }
  /** Another tab writes from here on: what is not confirmed is offered to it again. */
  | { readonly type: 'writer' }
  | { readonly type: 'acknowledged'; readonly document: string; readonly ids: readonly string[] }
  /** A tab that just loaded a document asks for what is not on disk yet. */
  | { readonly type: 'ask'; readonly from: string; readonly document: string; readonly vector: Uint8Array }
  | {
      readonly type: 'answer'
      readonly to: string
      readonly document: string
      readonly update: Uint8Array
      readonly waiting: readonly WaitingEntry[]
    }
  | { readonly type: 'awareness'; readonly document: string; readonly update: Uint8Array }

export interface WaitingEntry {
  readonly id: string
  readonly subjects: readonly string[]
}

/** A BroadcastChannel, or a test's own. Messages come from other tabs of the same release, so their shape is trusted. */
export interface TabChannel {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void
  close(): void
}

export interface Tabs {
  tell(message: TabMessage): void
  onMessage(listener: (message: TabMessage) => void): void
  close(): void
}

export function createTabs(channel: TabChannel | undefined): Tabs {
  let closed = channel === undefined
  const listeners: ((message: TabMessage) => void)[] = []
  channel?.addEventListener('message', (event) => {
    if (closed) return
    for (const listener of listeners) listener(event.data as TabMessage)
  })
  return {
    tell: (message) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has no target, it never leaves the origin
      if (!closed) channel?.postMessage(message)
    },
    onMessage: (listener) => {
      listeners.push(listener)
    },
    close: () => {
      closed = true
      channel?.close()
    },
  }
}
