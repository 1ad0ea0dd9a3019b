import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { visitorAddress } from './visitor-address.ts'

const addressOf = async (peer: string, forwarded: string | undefined, isProxied: boolean): Promise<string> => {
  const app = new Hono().get('/', (c) => c.text(visitorAddress(c, isProxied)))
  const headers: Record<string, string> = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
  return (await app.request('/', { headers }, { incoming: { socket: { remoteAddress: peer } } })).text()
}

describe('the address a try is counted for', () => {
  it.each([
    ['127.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['::ffff:127.0.0.1', '198.51.100.1, 203.0.113.7', '203.0.113.7'],
    ['::1', '2001:db8::1', '2001:db8::1'],
    ['127.0.0.1', undefined, '127.0.0.1'],
    ['127.0.0.1', '203.0.113.7, unknown', '127.0.0.1'],
    ['192.0.2.5', '203.0.113.7', '192.0.2.5'],
  ])('[AUTH10] behind a proxy, from %s with X-Forwarded-For %s, is %s', async (peer, forwarded, address) => {
    expect(await addressOf(peer, forwarded, true)).toBe(address)
  })

  it('[AUTH10] without a proxy is the other end’s, whatever the header says', async () => {
    expect(await addressOf('127.0.0.1', '203.0.113.7', false)).toBe('127.0.0.1')
  })
})
