import { setTimer } from './device.ts'

/** Resolves when the page has nothing else to do, or after so many milliseconds at the latest. */
export function idle(atLatest?: number): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis)
      requestIdleCallback(() => resolve(), atLatest === undefined ? {} : { timeout: atLatest })
    else setTimer(resolve, atLatest ?? 50)
  })
}
