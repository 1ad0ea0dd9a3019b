/**
 * Text becomes code in two places only: the service worker and the app's own workers, each a file of this origin. Where a browser asks
 * (Trusted Types), everything else is refused; templates of the view have a policy of their own (`tools/trusted-templates.ts`).
 */

interface Policies {
  createPolicy(name: string, rules: { readonly createScriptURL: (text: string) => string | null }): unknown
}

const { trustedTypes } = globalThis as { readonly trustedTypes?: Policies }

trustedTypes?.createPolicy('default', { createScriptURL: (text) => (isOwnWorker(text) ? text : null) })

function isOwnWorker(text: string): boolean {
  if (!URL.canParse(text, location.href)) return false
  const { origin, pathname } = new URL(text, location.href)
  return origin === location.origin && (pathname === '/sw.js' || /^\/assets\/[\w.-]+\.js$/.test(pathname))
}
