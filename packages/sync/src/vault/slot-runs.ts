/**
 * Which runs have written in a slot and did not end in order. What such a run wrote may be missing in this store, a dead disk being
 * one that cannot even say so; it is therefore written down before the first edit, and struck out once all of it is known to be here.
 */
import { lineageOf } from '@tongge/protocol'
import type { Vault } from './vault.ts'

export interface SlotRun {
  readonly slot: string
  /** Unique among the runs of this store. */
  readonly run: string
  /** Documents in which it may have written, and of which this store may lack something; as lineages, since a fold keeps slots. */
  readonly documents: readonly string[]
}

export const slotRunsKey = 'slot-runs'

type Settings = Pick<Vault, 'get' | 'set'>

export async function readRuns(vault: Settings): Promise<readonly SlotRun[]> {
  const stored = await vault.get(slotRunsKey)
  const runs = Array.isArray(stored) ? stored.filter(isRun) : []
  return runs.map((run) => ({ ...run, documents: run.documents.map(lineageOf) }))
}

/** Rejects where the disk refuses it: then nothing may be written in that slot. */
export async function writeRuns(vault: Settings, runs: readonly SlotRun[]): Promise<void> {
  await vault.set(slotRunsKey, runs)
}

/** Takes `documents` off one run; a run that nothing is left of is over. */
export function without(runs: readonly SlotRun[], run: string, documents: ReadonlySet<string>): readonly SlotRun[] {
  return runs.flatMap((one) => {
    if (one.run !== run) return [one]
    const left = one.documents.filter((document) => !documents.has(document))
    return left.length > 0 ? [{ ...one, documents: left }] : []
  })
}

function isRun(stored: unknown): stored is SlotRun {
  if (typeof stored !== 'object' || stored === null) return false
  const { slot, run, documents } = stored as Record<string, unknown>
  return typeof slot === 'string' && typeof run === 'string' && Array.isArray(documents)
}
