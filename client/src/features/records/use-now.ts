/** The time, once a minute and whenever the app comes back to the front; for everything that says how long. */
import type { Instant } from '@tongge/model'
import { createSignal, onCleanup, type Accessor } from 'solid-js'
import { useSession } from '../../session/use-session.ts'

export function useNow(): Accessor<Instant> {
  const session = useSession()
  const [now, setNow] = createSignal(session.context().now)
  const tick = () => setNow(session.context().now)
  const timer = setInterval(tick, 60_000)
  document.addEventListener('visibilitychange', tick)
  onCleanup(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', tick)
  })
  return now
}
