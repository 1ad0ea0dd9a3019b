/** 被拒绝的修改: what became of edits that nobody took, kept sealed on this device until the person lets go of it. Tabs change it one after the other. */
import type { AccountId, RecordId } from '@tongge/model'
import type { Vault } from '@tongge/sync'
import { createSignal, type Accessor } from 'solid-js'
import { alone } from './alone.ts'
import type { Handover, LeftKind, RefusedEdit } from './session.ts'

export interface ToldEdits {
  /** Newest first. */
  readonly refused: Accessor<readonly RefusedEdit[]>
  read(): Promise<readonly RefusedEdit[]>
  /** Those known already are not told twice. */
  add(edits: readonly RefusedEdit[]): Promise<void>
  dismiss(id: RecordId): Promise<void>
  /** A document left this device: told once for each grid, with the kinds of all that left until the person lets go of it. */
  leave(kind: LeftKind, left: Omit<RefusedEdit, 'left' | 'lines'>): Promise<void>
  /** Notes how far it is on its way to the leaders; nothing where the person has let go of it. */
  mark(id: RecordId, handover: Handover): Promise<void>
  keepPhoto(id: RecordId, index: number, jpeg: Uint8Array): Promise<void>
  photo(id: RecordId, index: number): Promise<Blob | undefined>
  /** Other tabs look again. */
  announce(): void
  dispose(): void
}

const keptUnder = 'refused-edits'

/** `onOther` is called when another tab has changed something. */
export function createToldEdits(
  vault: Pick<Vault, 'keep' | 'recall' | 'forgetKept'>,
  account: AccountId,
  onOther: () => void,
): ToldEdits {
  const [refused, setRefused] = createSignal<readonly RefusedEdit[]>([])
  const others = 'BroadcastChannel' in globalThis ? new BroadcastChannel(`tongge/refused/${account}`) : undefined
  others?.addEventListener('message', onOther)
  const announce = (): void => others?.postMessage('changed')
  const photoKey = (id: RecordId, index: number | ''): string => `refused-photo/${id}/${index}`
  const recall = async (): Promise<readonly RefusedEdit[]> => {
    const bytes = await vault.recall(keptUnder)
    return bytes ? (JSON.parse(new TextDecoder().decode(bytes)) as readonly RefusedEdit[]) : []
  }
  const change = (to: (known: readonly RefusedEdit[]) => readonly RefusedEdit[]): Promise<void> =>
    alone(`tongge/refused/${account}`, async () => {
      const next = to(await recall())
      await vault.keep(keptUnder, next.length > 0 ? new TextEncoder().encode(JSON.stringify(next)) : undefined)
      setRefused(next)
      announce()
    })
  return {
    refused,
    read: async () => {
      const known = await recall().catch(() => [])
      setRefused(known)
      return known
    },
    add: (edits) => {
      return change((known) => {
        const there = new Set(known.map(({ id }) => id))
        return [...edits.filter(({ id }) => !there.has(id)), ...known]
      })
    },
    dismiss: async (id) => {
      await change((known) => known.filter((edit) => edit.id !== id))
      await vault.forgetKept(photoKey(id, ''))
    },
    leave: (kind, left) =>
      change((known) => {
        const there = known.find((edit) => edit.left && edit.grid === left.grid)
        if (!there) return [{ ...left, lines: [], left: [kind] }, ...known]
        const kinds = [...new Set([...(there.left ?? []), kind])]
        return known.map((edit) => (edit === there ? { ...edit, at: left.at, left: kinds } : edit))
      }),
    mark: (id, handover) => change((known) => known.map((edit) => (edit.id === id ? { ...edit, handover } : edit))),
    keepPhoto: (id, index, jpeg) => vault.keep(photoKey(id, index), jpeg),
    photo: async (id, index) => {
      const bytes = await vault.recall(photoKey(id, index))
      return bytes && new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' })
    },
    announce,
    dispose: () => others?.close(),
  }
}
