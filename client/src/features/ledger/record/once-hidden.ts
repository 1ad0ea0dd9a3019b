/** The page out of sight: a phone in a pocket, another app in front. */
import { onCleanup, onMount } from 'solid-js'

/** Calls back once the page was hidden for so many milliseconds; at the latest when it is seen again, as timers of hidden pages may rest. */
export function onceHidden(milliseconds: number, act: () => void): void {
  let hiddenAt: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = (): void => {
    clearTimeout(timer)
    if (document.visibilityState === 'hidden') {
      hiddenAt ??= performance.now()
      timer = setTimeout(act, milliseconds)
    } else {
      if (hiddenAt !== undefined && performance.now() - hiddenAt >= milliseconds) act()
      hiddenAt = undefined
    }
  }
  onMount(() => document.addEventListener('visibilitychange', look))
  onCleanup(() => {
    document.removeEventListener('visibilitychange', look)
    clearTimeout(timer)
  })
}
