/** Drafts in the vault: a browser may end a tab at any time, such as when the camera opens. */
import type { GridCode } from '@tongge/model'
import type { Vault } from '@tongge/sync'
import type { Drafts } from './session.ts'

/** Forms that somebody began and never came back to: the one begun longest ago gives way. */
const most = 12
const listed = 'names'

export function createDrafts(vault: Pick<Vault, 'keep' | 'recall'>, grid: GridCode): Drafts {
  let last: Promise<unknown> = Promise.resolve()
  const put = (name: string, value: object | undefined): Promise<void> =>
    vault.keep(`draft/${grid}/${name}`, value && new TextEncoder().encode(JSON.stringify(value)))
  const read = async (name: string): Promise<unknown> => {
    const bytes = await vault.recall(`draft/${grid}/${name}`)
    return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as unknown)
  }
  const list = async (name: string, isKept: boolean): Promise<void> => {
    const stored = await read(listed)
    const before = Array.isArray(stored) ? stored.filter((one) => typeof one === 'string') : []
    if (isKept ? before.at(-1) === name : !before.includes(name)) return
    const names = [...before.filter((one) => one !== name), ...(isKept ? [name] : [])]
    for (const old of names.splice(0, names.length - most)) await put(old, undefined)
    await put(listed, names)
  }
  return {
    keep: (name, draft) => {
      last = last
        .then(() => put(name, draft))
        .then(() => list(name, draft !== undefined))
        .catch(() => undefined)
    },
    recall: async (name) => {
      await last
      return read(name)
    },
  }
}
