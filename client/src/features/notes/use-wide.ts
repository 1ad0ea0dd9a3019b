/** Whether there is room for a list and a form side by side. */
import { createSignal, onCleanup, type Accessor } from 'solid-js'

export function useWide(): Accessor<boolean> {
  const media = matchMedia('(min-width: 1000px)')
  const [matches, setMatches] = createSignal(media.matches)
  const onChange = (): void => void setMatches(media.matches)
  media.addEventListener('change', onChange)
  onCleanup(() => media.removeEventListener('change', onChange))
  return matches
}
