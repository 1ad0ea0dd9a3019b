import { decodeHash, isConsistent, treeHead, type SignedHead } from '@tongge/protocol/audit'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { headEvery, keepHeads } from './keep-heads.ts'
import { createMemoryAuditLog } from './memory-audit-log.ts'
import { isSigned, openSigningKey, signingKey, type SigningKey } from './signing-key.ts'

let time: number
const error = vi.fn<(facts: object, message: string) => void>()
const logger = { info: () => undefined, warn: () => undefined, error }
const newKey = (): SigningKey => signingKey(generateKeyPairSync('ed25519').privateKey)
const now = (): number => time

beforeEach(() => {
  time = 1_000_000
  vi.useFakeTimers()
  error.mockClear()
})
afterEach(() => vi.useRealTimers())

const pass = async (ms: number): Promise<void> => {
  time += ms
  await vi.advanceTimersByTimeAsync(ms)
}

describe('heads', () => {
  it('[AUDIT5] are signed within a minute while anything is logged, after a thousand entries, and at the end', async () => {
    const audit = createMemoryAuditLog(now)
    const heads = await keepHeads({ audit, key: newKey(), now, logger })
    expect(heads.latest()?.size).toBe(1)
    await pass(600_000)
    expect(heads.latest()?.size).toBe(1)
    await audit.append([{ type: 'signOut', account: 'a' }])
    await pass(62_000)
    expect(heads.latest()?.size).toBe(2)
    await audit.append(Array.from({ length: headEvery - 1 }, () => ({ type: 'signOut', account: 'a' }) as const))
    await pass(4000)
    expect(heads.latest()?.size).toBe(2)
    await audit.append([{ type: 'signOut', account: 'a' }])
    await pass(4000)
    expect(heads.latest()?.size).toBe(headEvery + 2)
    await audit.append([{ type: 'signOut', account: 'a' }])
    await heads.close()
    expect((await audit.lastHead())?.size).toBe(headEvery + 3)
    expect(error).not.toHaveBeenCalled()
  })

  it('[AUDIT5] are signed with the key of the data folder, each names its log, and a changed one is no longer signed', async () => {
    const audit = createMemoryAuditLog(now)
    const key = newKey()
    const sign = async (): Promise<SignedHead> =>
      (await keepHeads({ audit, key, now, logger })).latest() ?? expect.fail('nothing was signed')
    const first = await sign()
    await audit.append([{ type: 'signOut', account: 'a' }])
    const second = await sign()
    expect([first, second].map(isSigned)).toEqual([true, true])
    expect(isConsistent(treeHead(first), treeHead(second), await audit.consistency(first.size, second.size))).toBe(true)
    const changes: Partial<SignedHead>[] = [
      { log: 'other' },
      { size: 9 },
      { root: first.root },
      { at: 1 },
      { key: newKey().publicKey },
      { key: '?' },
      { signature: first.signature },
    ]
    for (const change of changes) expect(isSigned({ ...second, ...change })).toBe(false)
  })

  it('[AUDIT5] tell of another key in the log, and a start on a log that is not that of its last head is an error', async () => {
    const audit = createMemoryAuditLog(now)
    const [old, fresh] = [newKey(), newKey()]
    await keepHeads({ audit, key: old, now, logger })
    await keepHeads({ audit, key: old, now, logger })
    const heads = await keepHeads({ audit, key: fresh, now, logger })
    expect((await audit.entries(0, 9)).map((text) => (JSON.parse(text) as { key: string }).key)).toEqual([
      old.publicKey,
      fresh.publicKey,
    ])
    expect(heads.latest()).toMatchObject({ key: fresh.publicKey, size: 2 })
    expect(error).not.toHaveBeenCalled()

    const shorter = createMemoryAuditLog(now)
    await shorter.addHead(heads.latest() ?? expect.fail('nothing was signed'))
    await shorter.append([{ type: 'signOut', account: 'a' }])
    expect((await keepHeads({ audit: shorter, key: fresh, now, logger })).latest()?.size).toBe(1)
    expect(error).toHaveBeenCalledOnce()
  })
})

it('[AUDIT5] the key is made once, in a file for its owner alone; what is no such key is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tongge-key-'))
  const file = join(folder, 'audit.key')
  const key = openSigningKey(file)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(openSigningKey(file).publicKey).toBe(key.publicKey)
  expect(decodeHash(key.publicKey)).toHaveLength(32)
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  expect(() => openSigningKey(file)).toThrow('not an Ed25519 key')
  rmSync(folder, { recursive: true })
})
