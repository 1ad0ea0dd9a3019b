/** Expected failures as values. A throw anywhere in the model is a bug. */

export type Result<T, F> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: F }

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

export function fail<F>(failure: F): { readonly ok: false; readonly failure: F } {
  return { ok: false, failure }
}

/** Proves at compile time that a switch over a closed union is complete. */
export function exhaustive(value: never): never {
  throw new Error(`not handled: ${JSON.stringify(value)}`)
}
