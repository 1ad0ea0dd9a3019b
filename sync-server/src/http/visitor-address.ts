/** Where a request comes from, as far as that can be believed. */
import type { Context } from 'hono'
import { isIP } from 'node:net'

/**
 * The address of the other end. With `isProxied`, when that is this machine, the last entry of `X-Forwarded-For`:
 * the proxy before the relay wrote it, and the visitor could only write what stands before it.
 */
export function visitorAddress(c: Context, isProxied: boolean): string {
  const peer = peerAddress(c)
  if (!isProxied || !isLoopback(peer)) return peer
  const last = c.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim() ?? ''
  return isIP(last) === 0 ? peer : last
}

/** The other end of the connection, whoever it speaks for. */
export function peerAddress(c: Context): string {
  const env: { readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } } } | undefined = c.env
  return env?.incoming?.socket?.remoteAddress ?? 'unknown'
}

/** IPv4 in IPv6 too. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address)
}
