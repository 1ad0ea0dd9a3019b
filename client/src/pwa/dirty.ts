/** Which forms hold input that is not saved yet. An update is not offered, and a page is not left, while one does. */
import { useBeforeLeave } from '@solidjs/router'
import { createSignal, onCleanup, type Accessor } from 'solid-js'

const [forms, setForms] = createSignal<readonly (() => boolean)[]>([])
const [blocked, setBlocked] = createSignal<{ readonly leave: () => void }>()

/** Whether any form on screen is dirty. Reactive. */
export function isDirty(): boolean {
  return forms().some((form) => form())
}

/** The navigation that waits for a person's word; the shell asks. */
export const blockedLeave: Accessor<{ readonly leave: () => void } | undefined> = blocked

export function clearBlockedLeave(): void {
  setBlocked(undefined)
}

/** Registers the form of the calling component until it is gone; `onDiscard` once a person says that its input may go. Call inside a page. */
export function useDirty(dirty: () => boolean, onDiscard?: () => void): void {
  setForms((all) => [...all, dirty])
  const onUnload = (event: BeforeUnloadEvent) => {
    if (dirty()) event.preventDefault()
  }
  addEventListener('beforeunload', onUnload)
  useBeforeLeave((event) => {
    // A sheet that closes by the back gesture pops an entry of the same address: nobody leaves.
    const stays = typeof event.to === 'string' && new URL(event.to, location.href).pathname === event.from.pathname
    if (stays || !dirty() || event.defaultPrevented) return
    event.preventDefault()
    setBlocked({
      leave: () => {
        onDiscard?.()
        event.retry(true)
      },
    })
  })
  onCleanup(() => {
    removeEventListener('beforeunload', onUnload)
    setForms((all) => all.filter((form) => form !== dirty))
  })
}
