/** The app's side of the audit log: a device that follows a relay's heads over the relay's own HTTP. */
import { parseHead, type AuditEvent, type SignedHead } from '@tongge/protocol/audit'
import { generateKeyPairSync } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { auditDoubt } from './audit-doubt.ts'
import { acknowledgeDoubt, followAudit } from './follow-audit.ts'
import { createMemoryAuditLog, type MemoryAuditLog } from '../../../sync-server/src/audit/memory-audit-log.ts'
import { encodeHash } from '@tongge/protocol/audit'
import { signingKey, type SigningKey } from '../../../sync-server/src/audit/signing-key.ts'

const key = signingKey(generateKeyPairSync('ed25519').privateKey)
let stored: Map<string, string>
let answer: (path: string) => Promise<Response>

beforeEach(() => {
  stored = new Map()
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => void stored.set(name, value),
    removeItem: (name: string) => void stored.delete(name),
  })
  vi.stubGlobal('fetch', (path: string) => answer(path))
})
afterEach(() => {
  acknowledgeDoubt()
  vi.unstubAllGlobals()
})

const events = (count: number, word = 'a'): AuditEvent[] =>
  Array.from({ length: count }, (_, index) => ({ type: 'signOut', account: `${word}${index}` }))
async function logOf(entries: readonly AuditEvent[]): Promise<MemoryAuditLog> {
  const audit = createMemoryAuditLog(() => 1)
  await audit.append(entries)
  return audit
}
/** Answers as the relay does, out of this log. */
async function serve(audit: MemoryAuditLog, by: SigningKey = key, change: Partial<SignedHead> = {}): Promise<void> {
  const size = await audit.size()
  const root = encodeHash(await audit.root(size))
  const head = { ...by.sign({ log: audit.name, size, root, at: 1 }), ...change }
  answer = async (path) => {
    const { pathname, searchParams } = new URL(path, 'http://relay')
    if (pathname === '/api/audit/head') return Response.json(head)
    const [earlier, later] = [Number(searchParams.get('earlier')), Number(searchParams.get('later'))]
    if (later > size) return new Response('', { status: 400 })
    return Response.json({ proof: (await audit.consistency(earlier, later)).map(encodeHash) })
  }
}
const known = (): SignedHead | undefined => parseHead(JSON.parse(stored.get('tongge.audit-head') ?? 'null'))

describe('a device that follows the audit log', () => {
  it('[AUDIT10] keeps the newest head it saw, and goes on with every later one of the same log', async () => {
    const audit = createMemoryAuditLog(() => 1)
    for (const more of [1, 0, 3, 1, 200, 300]) {
      await audit.append(events(more))
      await serve(audit)
      expect(await followAudit()).toBeUndefined()
      expect(known()?.size).toBe(await audit.size())
    }
    expect(auditDoubt()).toBeUndefined()
  })

  it('[AUDIT10] finds an entry deleted, altered, exchanged or cut off at every position before the head it saw, whatever was added and signed since', async () => {
    const sample = events(40)
    const missed: string[] = []
    for (let at = 0; at < sample.length; at++) {
      const [one, next] = [sample[at], sample[at + 1]]
      if (!one) continue
      const forged = new Map([
        ['deleted', sample.toSpliced(at, 1)],
        ['altered', sample.with(at, { type: 'signOut', account: 'nobody' })],
        ['cut off', sample.slice(0, at)],
        ...(next ? [['exchanged', sample.toSpliced(at, 2, next, one)] as const] : []),
      ])
      for (const [how, entries] of forged)
        for (const more of [0, 1, 7, 40]) {
          stored.clear()
          await serve(await logOf(sample))
          await followAudit()
          await serve(await logOf([...entries, ...events(more, 'b')]))
          if ((await followAudit()) === undefined) missed.push(`${how} at ${at}, ${more} more`)
          if (known()?.size !== sample.length) missed.push(`${how} at ${at}, ${more} more: the head was given up`)
          acknowledgeDoubt()
        }
    }
    expect(missed).toEqual([])
  })

  it('[AUDIT10] tells a log that began anew, another key and a wrong signature from the rest', async () => {
    const audit = await logOf(events(5))
    const another = signingKey(generateKeyPairSync('ed25519').privateKey)
    await serve(audit)
    await followAudit()
    await serve(audit, another)
    expect(await followAudit()).toBe('anotherKey')
    acknowledgeDoubt()
    expect(await followAudit()).toBeUndefined()
    await serve(audit, another, { log: 'other' })
    expect(await followAudit()).toBe('badSignature')
    acknowledgeDoubt()
    await serve(Object.assign(await logOf(events(5)), { name: 'other' }), another)
    stored.set('tongge.audit-head', JSON.stringify({ ...known(), log: 'memory' }))
    expect(await followAudit()).toBe('anotherLog')
  })

  it('[AUDIT10] says so until the person has read it, keeps both heads as evidence, and then follows the log as it is', async () => {
    await serve(await logOf(events(9)))
    await followAudit()
    const before = known()
    const shorter = await logOf(events(4))
    await serve(shorter)
    expect([await followAudit(), auditDoubt()]).toEqual(['shorter', 'shorter'])
    await shorter.append(events(9))
    await serve(shorter)
    expect(await followAudit()).toBe('shorter')
    acknowledgeDoubt()
    expect(auditDoubt()).toBeUndefined()
    expect(JSON.parse(stored.get('tongge.audit-evidence') ?? '')).toMatchObject({
      doubt: 'shorter',
      known: before,
      head: { size: 4 },
    })
    expect(await followAudit()).toBeUndefined()
    expect(known()?.size).toBe(13)
  })

  it('[AUDIT10] doubts a relay that cannot show the way between two heads, and thinks nothing of one that cannot be asked', async () => {
    const audit = await logOf(events(5))
    await serve(audit)
    await followAudit()
    await audit.append(events(3))
    await serve(audit)
    const whole = answer
    const proofs = (status: number) => async (path: string) =>
      path.includes('/proof/') ? new Response('', { status }) : whole(path)
    for (const status of [401, 429, 500, 503]) {
      answer = proofs(status)
      expect(await followAudit()).toBeUndefined()
    }
    for (const head of [new Response('', { status: 401 }), Response.json({ size: 'many' }), Response.json(null)]) {
      answer = async () => head
      expect(await followAudit()).toBeUndefined()
    }
    answer = () => Promise.reject(new TypeError('no network'))
    expect(await followAudit()).toBeUndefined()
    expect(known()?.size).toBe(5)
    answer = proofs(404)
    expect(await followAudit()).toBe('altered')
  })
})
