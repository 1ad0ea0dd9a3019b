/** What a document holds, as far as one must know to take or refuse an update: next clocks and deletions, no content. */
import { createDecoder, hasContent, readVarUint } from 'lib0/decoding'
import { createEncoder, toUint8Array, writeVarUint } from 'lib0/encoding'
import { encodeUpdate, integrate, type Run } from './content.ts'
import { DeleteSet, eachTriple } from './delete-set.ts'
import { scanUpdate, unlimited, type ScannedUpdate } from './scan-update.ts'

/** An update that fits, and what of it is not known yet. */
export interface Fitting {
  readonly update: ScannedUpdate
  readonly runs: readonly Run[]
  readonly deletions: readonly number[]
  readonly next: ReadonlyMap<number, number>
}

export class Known {
  readonly state: Map<number, number> = new Map()
  readonly deletions: DeleteSet = new DeleteSet()

  /** Undefined when the update depends on, or deletes, what neither this nor the update holds. Changes nothing. */
  fit(update: ScannedUpdate): Fitting | undefined {
    const next = new Map<number, number>()
    const state = {
      get: (client: number) => next.get(client) ?? this.state.get(client),
      set: (client: number, clock: number) => next.set(client, clock),
    }
    const runs = integrate(update, state)
    if (!runs) return undefined
    let inside = true
    eachTriple(update.deletions, (client, _from, to) => {
      // A deletion of clocks to come would swallow what is typed later.
      if (to > (state.get(client) ?? 0)) inside = false
    })
    return inside ? { update, runs, deletions: this.deletions.missing(update.deletions), next } : undefined
  }

  add(fitting: Fitting): void {
    for (const [client, clock] of fitting.next) this.state.set(client, clock)
    this.deletions.add(fitting.deletions)
  }
}

/** Whether some of its structs are known already. */
export function repeats({ update, runs }: Fitting): boolean {
  return countOf(runs) < structsOf(update)
}

/** The part of the update that is news; undefined when none is. */
export function newsOf(fitting: Fitting): ScannedUpdate | undefined {
  const { update, runs, deletions } = fitting
  if (runs.length === 0 && deletions.length === 0) return undefined
  if (countOf(runs) === structsOf(update) && deletions.length === update.deletions.length) return update
  const news = scanUpdate(encodeUpdate(runs, deletions), unlimited)
  if (typeof news === 'string') throw new Error(`the news of a sound update is ${news}`)
  return news
}

function countOf(runs: readonly Run[]): number {
  return runs.reduce((sum, run) => sum + run.count, 0)
}

function structsOf({ sections }: ScannedUpdate): number {
  return sections.reduce((sum, section) => sum + section.clocks.length - 1, 0)
}

export function encodeState(state: ReadonlyMap<number, number>): Uint8Array {
  const encoder = createEncoder()
  writeVarUint(encoder, state.size)
  for (const [client, clock] of state) {
    writeVarUint(encoder, client)
    writeVarUint(encoder, clock)
  }
  return toUint8Array(encoder)
}

/** Of clients the relay has not heard of: what was edited offline, or all there were before a restore. */
const unheardClients = 10_000
const unheardBytes = 64 * 1024
/** An id of 32 bits and a clock take no more. */
const bytesPerClient = 10

/** Undefined for bytes that are not exactly one state vector, or one with far more clients than the document has. */
export function parseState(bytes: Uint8Array, clients: number): Map<number, number> | undefined {
  if (bytes.length > unheardBytes + clients * bytesPerClient) return undefined
  try {
    const decoder = createDecoder(bytes)
    const state = new Map<number, number>()
    const count = readVarUint(decoder)
    if (count > unheardClients + clients) return undefined
    for (let left = count; left > 0; left--) state.set(readVarUint(decoder), readVarUint(decoder))
    return hasContent(decoder) ? undefined : state
  } catch {
    return undefined
  }
}
