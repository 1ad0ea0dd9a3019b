/** Short messages that come and go, at most three at a time; `Toasts.tsx` shows them. Something that must be decided is a dialog, not a toast. */
import { createSignal, type Accessor } from 'solid-js'

export interface Toast {
  readonly id: number
  /** Milliseconds, by the page's own clock. */
  readonly at: number
  readonly text: string
  readonly action: { readonly label: string; readonly run: () => void } | undefined
}

const lifetime = 6_000
/** Long enough to be read. */
const leastLifetime = 2_000
const [toasts, setToasts] = createSignal<readonly Toast[]>([])
let last = 0

export const shownToasts: Accessor<readonly Toast[]> = toasts

/** Shows `text` for six seconds, with an optional action such as 撤销. */
export function toast(text: string, action?: Toast['action']): void {
  last += 1
  const id = last
  const at = performance.now()
  // What was only said gives way to the next thing said, once it could be read; what can be acted on stays, and hides nothing that was said.
  setToasts((all) => [
    ...all.filter((one) => action !== undefined || one.action !== undefined || at - one.at < leastLifetime).slice(-2),
    { id, at, text, action },
  ])
  setTimeout(() => dismissToast(id), lifetime)
}

export function dismissToast(id: number): void {
  setToasts((all) => all.filter((one) => one.id !== id))
}
