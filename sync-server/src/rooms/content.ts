/**
 * The content of a document as encoded structs: in which order they find what they depend on, what of them is news to a state, and how to send them in parts.
 * Works on scanned bytes; no Yjs document is built.
 */
import { createEncoder, toUint8Array, writeUint8Array, writeVarUint } from 'lib0/encoding'
import { writeDeletions } from './delete-set.ts'
import type { ScannedUpdate, Section } from './scan-update.ts'

/** Next clock by client: a Yjs state vector. */
export interface State {
  get(client: number): number | undefined
  set(client: number, clock: number): unknown
}

/** Consecutive structs of one client, as they stand in an update. */
export interface Run {
  readonly client: number
  readonly clock: number
  readonly end: number
  readonly count: number
  readonly bytes: Uint8Array
}

/**
 * Brings `state` forward by the update. Returns the structs that were news, in an order in which each finds what it needs;
 * `undefined` when one needs what neither the state nor the update holds, or what needs it in turn — `state` is then of no more use.
 * Time is linear in the structs, whatever their order.
 */
export function integrate(update: ScannedUpdate, state: State): readonly Run[] | undefined {
  const runs: Run[] = []
  const cursors = new Map<number, Cursor>()
  for (const section of update.sections) cursors.set(section.client, { section, next: 0, need: 0, open: false })
  for (const cursor of cursors.values()) {
    const stack: { cursor: Cursor; until: number }[] = [{ cursor, until: Infinity }]
    cursor.open = true
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const blocked = advance(update.bytes, top.cursor, top.until, state, runs)
      if (!blocked) {
        top.cursor.open = false
        stack.pop()
        continue
      }
      const wanted = cursors.get(blocked.client)
      // Open means it waits, further down, for the one that waits for it.
      if (!wanted || wanted.open || blocked.clock >= endOf(wanted.section)) return undefined
      wanted.open = true
      stack.push({ cursor: wanted, until: blocked.clock })
    }
  }
  return runs
}

/** Cuts what `state` lacks of the sources into updates of about `size` bytes at most, each complete once those before it are applied; a larger struct stays whole. Moves `state` as they are taken. */
export function* partsOf(sources: readonly ScannedUpdate[], state: State, size: number): Generator<Uint8Array> {
  let pending: Run[] = []
  let bytes = 0
  const ends = new Map<number, number>()
  const take = (): Uint8Array => {
    const part = encodeUpdate(pending, [])
    pending = []
    bytes = 0
    ends.clear()
    return part
  }
  for (const source of sources) {
    const sectionByClient = new Map(source.sections.map((section) => [section.client, section]))
    for (const run of integrate(source, state) ?? []) {
      for (const piece of cutRun(run, sectionByClient.get(run.client), size)) {
        const end = ends.get(piece.client)
        if (bytes + piece.bytes.length > size || (end !== undefined && end !== piece.clock))
          if (pending.length > 0) yield take()
        pending.push(piece)
        bytes += piece.bytes.length
        ends.set(piece.client, piece.end)
      }
    }
  }
  if (pending.length > 0) yield take()
}

/** Joins updates that were news one after the other: mostly into one, into more where two overlap. */
export function joinUpdates(updates: readonly ScannedUpdate[]): Uint8Array[] {
  const [only] = updates
  if (only && updates.length === 1) return [only.bytes]
  const joined: Uint8Array[] = []
  let runs: Run[] = []
  let deletions: number[] = []
  const ends = new Map<number, number>()
  for (const update of updates) {
    const next = update.sections.map((section) => sectionToRun(update.bytes, section))
    if (next.some((run) => (ends.get(run.client) ?? run.clock) !== run.clock)) {
      joined.push(encodeUpdate(runs, deletions))
      runs = []
      deletions = []
      ends.clear()
    }
    for (const run of next) {
      runs.push(run)
      ends.set(run.client, run.end)
    }
    for (const value of update.deletions) deletions.push(value)
  }
  joined.push(encodeUpdate(runs, deletions))
  return joined
}

/** The clocks after the last structs of the updates, by client. */
export function endsOf(updates: readonly ScannedUpdate[]): ReadonlyMap<number, number> {
  const ends = new Map<number, number>()
  for (const { sections } of updates)
    for (const section of sections) ends.set(section.client, Math.max(ends.get(section.client) ?? 0, endOf(section)))
  return ends
}

/** Runs of one client must follow each other without gap or overlap. */
export function encodeUpdate(runs: readonly Run[], deletions: readonly number[]): Uint8Array {
  const runsByClient = new Map<number, Run[]>()
  for (const run of runs) {
    const list = runsByClient.get(run.client)
    if (list) list.push(run)
    else runsByClient.set(run.client, [run])
  }
  const encoder = createEncoder()
  writeVarUint(encoder, runsByClient.size)
  for (const [client, list] of runsByClient) {
    writeVarUint(
      encoder,
      list.reduce((sum, run) => sum + run.count, 0),
    )
    writeVarUint(encoder, client)
    writeVarUint(encoder, list[0]?.clock ?? 0)
    for (const run of list) writeUint8Array(encoder, run.bytes)
  }
  writeDeletions(encoder, deletions)
  return toUint8Array(encoder)
}

interface Cursor {
  readonly section: Section
  next: number
  /** Position in the section's needs. */
  need: number
  open: boolean
}

/** Takes structs from the cursor until it is past the clock `until`, or one is blocked. */
function advance(
  bytes: Uint8Array,
  cursor: Cursor,
  until: number,
  state: State,
  runs: Run[],
): { client: number; clock: number } | undefined {
  const { client, clocks, offsets, needs } = cursor.section
  const last = clocks.length - 1
  let known = state.get(client) ?? 0
  let from = -1
  let blocked: { client: number; clock: number } | undefined
  for (; cursor.next < last && (clocks[cursor.next] ?? 0) <= until; cursor.next++) {
    const clock = clocks[cursor.next] ?? 0
    const end = clocks[cursor.next + 1] ?? 0
    if (clock > known) {
      blocked = { client, clock: Infinity }
      break
    }
    const isNews = end > known
    for (; cursor.need < needs.length && (needs[cursor.need] ?? 0) <= cursor.next; cursor.need += 3) {
      if (!isNews || needs[cursor.need] !== cursor.next) continue
      const needed = needs[cursor.need + 1] ?? 0
      const at = needs[cursor.need + 2] ?? 0
      if (needed !== client && at >= (state.get(needed) ?? 0)) {
        blocked = { client: needed, clock: at }
        break
      }
    }
    if (blocked) break
    if (!isNews) continue
    if (from < 0) from = cursor.next
    known = end
  }
  if (from >= 0) {
    state.set(client, known)
    runs.push({
      client,
      clock: clocks[from] ?? 0,
      end: known,
      count: cursor.next - from,
      bytes: bytes.subarray(offsets[from], offsets[cursor.next]),
    })
  }
  return blocked
}

function* cutRun(run: Run, section: Section | undefined, size: number): Generator<Run> {
  if (run.bytes.length <= size || !section) {
    yield run
    return
  }
  const { clocks, offsets } = section
  let from = clocks.indexOf(run.clock)
  const base = offsets[from] ?? 0
  const stop = from + run.count
  while (from < stop) {
    let to = from + 1
    while (to < stop && (offsets[to + 1] ?? 0) - (offsets[from] ?? 0) <= size) to++
    yield {
      client: run.client,
      clock: clocks[from] ?? 0,
      end: clocks[to] ?? 0,
      count: to - from,
      bytes: run.bytes.subarray((offsets[from] ?? 0) - base, (offsets[to] ?? 0) - base),
    }
    from = to
  }
}

function sectionToRun(bytes: Uint8Array, section: Section): Run {
  const { client, clocks, offsets } = section
  return {
    client,
    clock: clocks[0] ?? 0,
    end: endOf(section),
    count: clocks.length - 1,
    bytes: bytes.subarray(offsets[0], offsets.at(-1)),
  }
}

function endOf(section: Section): number {
  return section.clocks.at(-1) ?? 0
}
