/** What the browser knows of the network before the socket does. */
import type { RelayLink } from '@tongge/sync'

export function watchNetwork(link: Pick<RelayLink, 'nudge' | 'status' | 'connect' | 'disconnect'>): () => void {
  const nudge = (): void => link.nudge()
  /** The socket may take half a minute to notice that the network went; a false alarm costs one reconnect. */
  const redial = (): void => {
    if (link.status().state === 'stopped') return
    link.disconnect()
    link.connect()
  }
  addEventListener('online', nudge)
  addEventListener('offline', redial)
  document.addEventListener('visibilitychange', nudge)
  return () => {
    removeEventListener('online', nudge)
    removeEventListener('offline', redial)
    document.removeEventListener('visibilitychange', nudge)
  }
}
