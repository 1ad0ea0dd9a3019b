/**
 * What stands at the address of the service worker while the app is withdrawn: it takes the place of a worker that went wrong, throws away
 * the files that this one kept, and goes. What people wrote rests elsewhere on the device (IndexedDB) and is not touched.
 */

/** The note among the accounts that says so. */
export const withdrawnNote = 'appWithdrawn'

export const withdrawnWorker = `// The app is withdrawn. What was written on this device stays where it is.
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(leave()))

async function leave() {
  const kept = await caches.keys()
  await Promise.all(kept.map((name) => caches.delete(name)))
  await self.registration.unregister()
  // Only pages that were fed from what was kept: a page that comes from the relay would register this anew and be loaded for ever.
  if (kept.length === 0) return
  // Not waited for: they are loaded once this worker is done.
  for (const page of await self.clients.matchAll({ type: 'window' })) page.navigate(page.url).catch(() => undefined)
}
`
