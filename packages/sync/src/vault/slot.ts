/**
 * Leases a name that no other replica has: seed of the store, and the lowest tab number nobody holds. A slot is used again only by
 * who holds all that was written in it, so it is leased once the documents are loaded; a store that lost something begins a seed, and
 * a number whose run broke off rests until a later session has caught up with the relay.
 */
import { lineageOf } from '@tongge/protocol'
import { createDeferred } from '../timing.ts'
import type { Vault } from './vault.ts'
import { readRuns, without, writeRuns, type SlotRun } from './slot-runs.ts'

export interface SlotLease {
  /** Letters and digits, at most 24; short, because every edited field carries it in its key. */
  readonly slot: string
  /** Documents in which an earlier run broke off, as lineages. */
  readonly owing: ReadonlySet<string>
  /** This store has, in the generation worked in, all that anybody was ever sent. Rejects where the disk refuses to note it. */
  caughtUp(lineages: readonly string[]): Promise<void>
  /** Everything written in the slot is on disk. Rejects where the disk refuses to note it. */
  end(): Promise<void>
  release(): void
}

export interface SlotOptions {
  readonly locks: Pick<LockManager, 'request'> | undefined
  readonly vault: Pick<Vault, 'get' | 'set'>
  /** Those that will be written in. */
  readonly documents: readonly string[]
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
    // A browser may have locks and refuse them, a disk may refuse to note who writes.
  }
  // Nobody can tell whether another tab runs, or what this one will leave behind: each session is its own replica.
  const nothing = async (): Promise<void> => undefined
  return {
    slot: `${freshSeed(options)}x`,
    owing: new Set(),
    caughtUp: nothing,
    end: nothing,
    release: () => undefined,
  }
}

async function leaseNumber(locks: Pick<LockManager, 'request'>, options: SlotOptions): Promise<SlotLease> {
  const { vault } = options
  const documents = options.documents.map(lineageOf)
  const alone = <T>(work: () => Promise<T>): Promise<T> => exclusively(locks, 'tongge/slot-seed', work)
  const change = (to: (runs: readonly SlotRun[]) => readonly SlotRun[]): Promise<void> =>
    alone(async () => writeRuns(vault, to(await readRuns(vault))))
  return alone(async () => {
    const seed = await seedOf(options)
    const runs = (await readRuns(vault)).filter(({ slot }) => slot.startsWith(seed))
    const held = new Map<string, () => void>()
    for (const slot of new Set(runs.map((run) => run.slot))) {
      const release = await tryHold(locks, lockOf(slot))
      if (release) held.set(slot, release)
    }
    const brokenOff = runs.filter((run) => held.has(run.slot))
    const resting = brokenOff.filter((run) => run.documents.some((document) => documents.includes(document)))
    const { slot, release } = await holdLowest(locks, seed, held, new Set(resting.map((run) => run.slot)))
    for (const [other, letGo] of held) if (other !== slot) letGo()
    const own: SlotRun = { slot, run: freshSeed(options), documents }
    await writeRuns(vault, [...runs, own]).catch((error: unknown) => {
      release()
      throw error
    })
    return {
      slot,
      owing: new Set(brokenOff.flatMap((run) => run.documents)),
      caughtUp: (caught) => {
        const whole = new Set(caught)
        return change((all) => brokenOff.reduce((rest, { run }) => without(rest, run, whole), all))
      },
      end: () => change((all) => without(all, own.run, new Set(documents))),
      release,
    }
  })
}

async function holdLowest(
  locks: Pick<LockManager, 'request'>,
  seed: string,
  held: ReadonlyMap<string, () => void>,
  resting: ReadonlySet<string>,
): Promise<{ readonly slot: string; readonly release: () => void }> {
  for (let number = 0; ; number++) {
    const slot = `${seed}${number.toString(36)}`
    const release = resting.has(slot) ? undefined : (held.get(slot) ?? (await tryHold(locks, lockOf(slot))))
    if (release) return { slot, release }
  }
}

function lockOf(slot: string): string {
  return `tongge/slot/${slot}`
}

/** Rejects where the disk does not keep it: a seed that is forgotten protects nobody. */
async function seedOf(options: SlotOptions): Promise<string> {
  const known = await options.vault.get(slotSeedKey)
  if (typeof known === 'string') return known
  const fresh = freshSeed(options)
  await options.vault.set(slotSeedKey, fresh)
  return fresh
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
