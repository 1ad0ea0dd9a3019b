/** The service worker's life as signals: ready for offline, a newer build waiting or in charge. Knows no session. */
import { createSignal, type Accessor } from 'solid-js'
import { registerSW } from 'virtual:pwa-register'

const hour = 3_600_000
const [updateReady, setUpdateReady] = createSignal(false)
const [offlineReady, setOfflineReady] = createSignal(false)
const [reloadDue, setReloadDue] = createSignal(false)
let activate: ((reload: boolean) => Promise<void>) | undefined
let isAccepted = false
let isInCharge = false

/** A newer build is installed and waits for a person's word. */
export const isUpdateReady: Accessor<boolean> = updateReady
/** True once, after the first install: the app opens without a network. */
export const isOfflineReady: Accessor<boolean> = offlineReady
/** The person accepted the newer build and it is in charge: this page reloads as soon as nothing can be lost. */
export const isReloadDue: Accessor<boolean> = reloadDue

export function registerWorker(): void {
  activate = registerSW({
    onNeedRefresh: () => {
      setUpdateReady(true)
      navigator.serviceWorker.addEventListener('controllerchange', takeCharge)
    },
    // The plugin would reload every tab, whatever is typed there.
    onNeedReload: () => undefined,
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

/** Another tab may have accepted: this one then keeps its offer, and only has to reload. */
function takeCharge(): void {
  isInCharge = true
  if (isAccepted) setReloadDue(true)
}

/** Switches to the waiting build; the page reloads once that controls it. */
export function applyUpdate(): void {
  isAccepted = true
  if (isInCharge) setReloadDue(true)
  else void activate?.(false)
}
