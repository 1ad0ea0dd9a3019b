/** Drafts in the vault: a browser may end a tab at any time, such as when the camera opens. */
import type { GridCode } from '@tongge/model'
import type { Vault } from '@tongge/sync'
import type { Drafts } from './session.ts'

export function createDrafts(vault: Pick<Vault, 'keep' | 'recall'>, grid: GridCode): Drafts {
  const keyOf = (name: string): string => `draft/${grid}/${name}`
  let last: Promise<unknown> = Promise.resolve()
  return {
    keep: (name, draft) => {
      const bytes = new TextEncoder().encode(JSON.stringify(draft ?? null))
      last = last.then(() => vault.keep(keyOf(name), bytes)).catch(() => undefined)
    },
    recall: async (name) => {
      await last
      const bytes = await vault.recall(keyOf(name))
      return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as unknown)
    },
  }
}
