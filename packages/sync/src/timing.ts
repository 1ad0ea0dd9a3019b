/** Waiting as a parameter: the platform's timer, or a test's own clock. */

/** Calls back once after `milliseconds`; the returned function takes that back. */
export type SetTimer = (callback: () => void, milliseconds: number) => () => void

export interface Serial {
  /** Runs after everything handed in before, whether that worked or not. */
  <T>(work: () => Promise<T>): Promise<T>
}

export function createSerial(): Serial {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work)
    last = turn.catch(() => undefined)
    return turn
  }
}

export interface Deferred<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
  readonly reject: (error: Error) => void
}

/** Promise.withResolvers, for browsers that lack it. */
export function createDeferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined
  let reject: (error: Error) => void = () => undefined
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
