/** Headers that every answer carries. */
import type { Context, MiddlewareHandler } from 'hono'

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types default templates',
].join('; ')

const fixed: readonly (readonly [string, string])[] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Origin-Agent-Cluster', '?1'],
  [
    'Permissions-Policy',
    'camera=(self), geolocation=(self), microphone=(), clipboard-read=(), usb=(), serial=(), payment=(), browsing-topics=()',
  ],
]

/** `secure`: the relay is reached over https only. */
export function securityHeaders(origins: ReadonlySet<string>, secure: boolean): MiddlewareHandler {
  return async (c, next) => {
    await next()
    for (const [name, value] of fixed) c.header(name, value)
    c.header('Content-Security-Policy', `${policy}; connect-src 'self'${socketSource(c, origins)}`)
    if (secure) c.header('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')
  }
}

/** Safari before 15.4 does not count a WebSocket of the same host as 'self'. Only known hosts are echoed. */
function socketSource(c: Context, origins: ReadonlySet<string>): string {
  const host = c.req.header('Host') ?? ''
  if (origins.has(`https://${host}`)) return ` wss://${host}`
  return origins.has(`http://${host}`) ? ` ws://${host}` : ''
}
