/**
 * How long this device works without meeting the relay (离线租期). Kept and held to by the app alone: it keeps devices from showing for
 * ever what their people may not see any more, and stops nobody who takes the app apart.
 */
import type { SessionAnswer } from '@tongge/protocol'

const key = 'tongge.lease'
const hourMs = 3_600_000
const defaultHours = 72
const longestHours = 168

interface Lease {
  readonly account: string
  readonly hours: number
  /** By the clock of this device. */
  readonly metAt: number
  /** The latest time that this device has known since. */
  readonly seenAt: number
}

/** As this tab has counted it since the relay was met at `metAt`. */
let own: { readonly metAt: number; readonly seenAt: number } | undefined

/** The relay has answered: whatever the clock says, the term begins anew. */
export function renewLease({ account, leaseHours = defaultHours }: SessionAnswer, now: number): void {
  const hours = Math.min(Math.max(leaseHours, 1), longestHours)
  own = undefined
  write({ account, hours, metAt: now, seenAt: now })
}

/**
 * Notes how late it is. `passed` is how long the app has run since it was last noted: a clock that is turned back does not stop the term.
 * One that was turned forward ends it early, until the relay is met.
 */
export function noteTime(now: number, passed: number): void {
  const lease = read()
  if (!lease) return
  const before = own?.metAt === lease.metAt ? own.seenAt : lease.seenAt
  own = { metAt: lease.metAt, seenAt: Math.max(now, before + passed) }
  write({ ...lease, seenAt: Math.max(lease.seenAt, own.seenAt) })
}

/** The hours of a term that is over; undefined while it runs. Where none was noted for this account it begins now. */
export function leaseOver(answer: SessionAnswer, now: number): number | undefined {
  const lease = read()
  if (lease?.account !== answer.account) {
    renewLease(answer, now)
    return undefined
  }
  return Math.max(now, lease.seenAt) - lease.metAt > lease.hours * hourMs ? lease.hours : undefined
}

function read(): Lease | undefined {
  try {
    const value = JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<Lease> | null
    const isSound = [value?.hours, value?.metAt, value?.seenAt].every(Number.isFinite)
    return typeof value?.account === 'string' && isSound ? (value as Lease) : undefined
  } catch {
    return undefined
  }
}

function write(lease: Lease): void {
  try {
    localStorage.setItem(key, JSON.stringify(lease))
  } catch {
    // No room for a hundred bytes: the light says more about that than this could.
  }
}
