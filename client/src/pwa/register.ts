/** The service worker's life as signals: ready for offline, a newer build waiting. Knows no session. */
import { createSignal, type Accessor } from 'solid-js'
import { registerSW } from 'virtual:pwa-register'

const hour = 3_600_000
const [updateReady, setUpdateReady] = createSignal(false)
const [offlineReady, setOfflineReady] = createSignal(false)
let activate: ((reload: boolean) => Promise<void>) | undefined

/** A newer build is installed and waits for a person's word. */
export const isUpdateReady: Accessor<boolean> = updateReady
/** True once, after the first install: the app opens without a network. */
export const isOfflineReady: Accessor<boolean> = offlineReady

export function registerWorker(): void {
  activate = registerSW({
    onNeedRefresh: () => setUpdateReady(true),
    onOfflineReady: () => setOfflineReady(true),
    onRegisteredSW: (_url, registration) => {
      if (!registration) return
      const check = () => void registration.update().catch(() => undefined)
      setInterval(check, hour)
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') check()
      })
    },
  })
}

/**
 * Switches to the waiting build and reloads once it controls the page. The plugin's own reload never comes
 * in a session that began without a controller, hence the wait for `controllerchange`.
 */
export function applyUpdate(): void {
  let reloading = false
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (reloading) return
    reloading = true
    location.reload()
  })
  void activate?.(false)
}
