/**
 * Leases a name that no other replica has: seed of the store, and the lowest tab number nobody holds. A slot is used again only by
 * who holds all that was written in it, so it is leased once the documents are loaded, and a store that lost something begins a seed.
 */
import { createDeferred } from '../timing.ts'
import type { Vault } from './open-vault.ts'

export interface SlotLease {
  /** Letters and digits, at most 24; short, because every edited field carries it in its key. */
  readonly slot: string
  release(): void
}

export interface SlotOptions {
  readonly locks: Pick<LockManager, 'request'> | undefined
  readonly vault: Pick<Vault, 'get' | 'set'>
  /** Unique among all devices; eight letters and digits of it are used. */
  readonly createId?: () => string
}

export const slotSeedKey = 'slot-seed'
const seedLength = 8
const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export async function leaseSlot(options: SlotOptions): Promise<SlotLease> {
  try {
    if (options.locks) return await leaseNumber(options.locks, options)
  } catch {
    // A browser may have locks and refuse them.
  }
  // Without locks nobody can tell whether another tab runs: each session is its own replica.
  return { slot: `${freshSeed(options)}x`, release: () => undefined }
}

async function leaseNumber(locks: Pick<LockManager, 'request'>, options: SlotOptions): Promise<SlotLease> {
  const { vault } = options
  const seed = await exclusively(locks, 'tongge/slot-seed', async () => {
    const known = await vault.get(slotSeedKey).catch(() => undefined)
    if (typeof known === 'string') return known
    // A disk that neither tells nor keeps it gives every session a slot of its own.
    const fresh = freshSeed(options)
    await vault.set(slotSeedKey, fresh).catch(() => undefined)
    return fresh
  })
  for (let number = 0; ; number++) {
    const release = await tryHold(locks, `tongge/slot/${seed}/${number}`)
    if (release) return { slot: `${seed}${number.toString(36)}`, release }
  }
}

function freshSeed({ createId = randomLetters }: SlotOptions): string {
  return createId()
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, seedLength)
}

/** 47 random bits. */
function randomLetters(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(seedLength)), (word) => letters[word % 62]).join('')
}

function exclusively<T>(locks: Pick<LockManager, 'request'>, name: string, work: () => Promise<T>): Promise<T> {
  const done = createDeferred<T>()
  locks
    .request(name, async () => {
      done.resolve(await work())
    })
    .catch(done.reject)
  return done.promise
}

/** Undefined when another replica holds it. */
function tryHold(locks: Pick<LockManager, 'request'>, name: string): Promise<(() => void) | undefined> {
  const outcome = createDeferred<(() => void) | undefined>()
  locks
    .request(name, { ifAvailable: true }, (lock) => {
      if (!lock) return outcome.resolve(undefined)
      const held = createDeferred<void>()
      outcome.resolve(() => held.resolve())
      return held.promise
    })
    .catch(outcome.reject)
  return outcome.promise
}
