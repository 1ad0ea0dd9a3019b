/** Which pages may talk to this relay. Exact origins only: a host that merely resolves here is not one of them. */
import type { Context } from 'hono'
import { networkInterfaces } from 'node:os'

/** The origins a relay has by itself, listening on `host`:`port`. */
export function ownOrigins(host: string, port: number): readonly string[] {
  const isWild = host === '0.0.0.0' || host === '::'
  const addresses = isWild
    ? Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address))
    : [host]
  return ['127.0.0.1', 'localhost', '::1', ...addresses].flatMap((name) => {
    const text = `http://${name.includes(':') ? `[${name}]` : name}:${port}`
    return URL.canParse(text) ? [new URL(text).origin] : []
  })
}

/** A browser says where a request comes from; what says nothing is no browser and carries no ambient cookie. */
export function isFromAllowedPage(c: Context, origins: ReadonlySet<string>): boolean {
  const origin = originOf(c)
  const site = c.req.header('Sec-Fetch-Site')
  if (site !== undefined && site !== 'same-origin') return false
  return origin === undefined || origins.has(origin)
}

/** Absent is not the same as empty, which no page of the relay's own sends; on upgrades the framework leaves empty headers out. */
export function originOf(c: Context): string | undefined {
  const env: { readonly incoming?: { readonly headers?: { readonly origin?: string } } } | undefined = c.env
  return c.req.header('Origin') ?? env?.incoming?.headers?.origin
}
