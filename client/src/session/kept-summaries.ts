/** The last syncs rest on the device like drafts: a page that is loaded anew still says what they brought. */
import type { GridCode } from '@tongge/model'
import type { Vault } from '@tongge/sync'
import type { SyncSummary } from './session.ts'

export interface KeptSummaries {
  /** Newest first. */
  recall(): Promise<readonly SyncSummary[]>
  keep(summaries: readonly SyncSummary[]): void
}

/** Those before it are read in the records themselves. */
const most = 3

export function createKeptSummaries(vault: Pick<Vault, 'keep' | 'recall'>, grid: GridCode): KeptSummaries {
  const name = `syncs/${grid}`
  return {
    recall: async () => {
      try {
        const bytes = await vault.recall(name)
        const kept: unknown = bytes ? JSON.parse(new TextDecoder().decode(bytes)) : []
        return Array.isArray(kept) ? (kept as readonly SyncSummary[]) : []
      } catch {
        // Nothing depends on it.
        return []
      }
    },
    keep: (summaries) => {
      const bytes = new TextEncoder().encode(JSON.stringify(summaries.slice(0, most)))
      vault.keep(name, bytes).catch(() => undefined)
    },
  }
}
