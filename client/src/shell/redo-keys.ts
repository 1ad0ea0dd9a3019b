/** Ctrl+Shift+Z and Ctrl+Y (⌘ on a Mac) bring again what was taken back last, wherever no text is being typed. */
import { onCleanup, onMount } from 'solid-js'
import { again } from '../features/ledger/record/use-acts.ts'
import type { Session } from '../session/session.ts'

export function followRedoKeys(session: Session): void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || !isRedo(event) || isTyping(event.target) || !session.canRedo()) return
    event.preventDefault()
    again(session, 'redo')
  }
  onMount(() => addEventListener('keydown', onKey))
  onCleanup(() => removeEventListener('keydown', onKey))
}

export function isRedo({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean {
  if (altKey || ctrlKey === metaKey) return false
  const letter = key.toLowerCase()
  return (letter === 'z' && shiftKey) || (letter === 'y' && !shiftKey)
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
}
