/** A status and those who watch it. Knows no document and no place. */
import type { FailureReason, ProviderStatus } from './provider.ts'

export interface StatusCell<T> {
  readonly get: () => T
  /** Tells the listeners only when something differs. */
  readonly set: (next: T) => void
  readonly onChange: (listener: (value: T) => void) => () => void
}

export function createStatusCell<T extends object>(first: T): StatusCell<T> {
  let value = first
  const listeners = new Set<(value: T) => void>()
  return {
    get: () => value,
    set: (next) => {
      if (isSame(value, next)) return
      value = next
      for (const listener of Array.from(listeners)) listener(next)
    },
    onChange: (listener) => {
      const own = (status: T): void => listener(status)
      listeners.add(own)
      return () => {
        listeners.delete(own)
      }
    },
  }
}

/** What a place with `pending` unconfirmed changes says. */
export function pendingStatus(pending: number): ProviderStatus {
  return pending === 0 ? { state: 'current' } : { state: 'behind', pending }
}

export function pendingOf(status: ProviderStatus): number {
  return status.state === 'starting' || status.state === 'current' ? 0 : status.pending
}

/** An Error whose `reason` is one of the closed set; what `ready` and `durable` reject with. */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure'
  readonly reason: FailureReason
  constructor(reason: FailureReason, message: string, cause?: unknown) {
    super(message, { cause })
    this.reason = reason
  }
}

export function reasonOf(error: unknown): FailureReason {
  return error instanceof ProviderFailure ? error.reason : 'unknown'
}

function isSame(a: object, b: object): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Reflect.get(a, key) === Reflect.get(b, key))
}
