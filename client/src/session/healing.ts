/**
 * What the relay does not take must not hold up the rest: the document is fetched anew beside itself, what this account may write of
 * what waited is written again there, and the remainder is kept for the person to read.
 */
import type { AccountId, GridCode, RecordId, Role } from '@tongge/model'
import { lineageOf } from '@tongge/protocol'
import { unmarkWhole, type LeftCopy, type Vault } from '@tongge/sync'
import { createSignal, type Accessor } from 'solid-js'
import { applyUpdate, encodeStateAsUpdate } from 'yjs'
import { localName, type OpenDocument } from './open-documents.ts'
import type { RefusedEdit } from './session.ts'
import { fetchWhole } from './succession.ts'

export interface Healing {
  follow(document: OpenDocument): void
  /** Of documents that nobody granted: once the relay says so too, they leave this device. */
  part(document: OpenDocument): void
  /** Once the documents are open: writes again what waited in the copies before them. */
  settle(): Promise<void>
  /** Newest first. */
  readonly refused: Accessor<readonly RefusedEdit[]>
  dismiss(id: RecordId): Promise<void>
  dispose(): void
}

interface Parts {
  readonly vault: Pick<Vault, 'renew' | 'left' | 'unsent' | 'remove' | 'keep' | 'forgetKept' | 'recall' | 'get' | 'set'>
  readonly account: AccountId
  readonly roles: readonly Role[]
  /** Those this account works in. */
  readonly grids: readonly string[]
  readonly documents: readonly OpenDocument[]
  readonly openBeside: (name: string, anew: boolean) => OpenDocument | undefined
  readonly newId: () => RecordId
  readonly now: () => number
  readonly calm: () => Promise<void>
  readonly restart: () => void
}

const keptUnder = 'refused-edits'
/** What is refused again so soon after it was written again would be for ever. */
const tooSoon = 10 * 60_000
const renewedKey = (document: string): string => `renewed/${document}`

export function createHealing({
  vault,
  account,
  roles,
  grids,
  documents,
  openBeside,
  newId,
  now,
  calm,
  restart,
}: Parts): Healing {
  const [refused, setRefused] = createSignal<readonly RefusedEdit[]>([])
  const begun = new Set<OpenDocument>()
  const undo: (() => void)[] = []
  let isOver = false

  const fetchAnew = async (document: OpenDocument): Promise<void> => {
    // One attachment per document: this one will not be heard any more.
    await document.relay.close()
    const fresh = isOver ? undefined : openBeside(document.name, true)
    if (!fresh) return
    await fetchWhole(vault, fresh)
    await calm()
    if (isOver) return
    await vault.renew(document.name)
    restart()
  }
  const follow = (document: OpenDocument): void => {
    const { relay, vault: own } = document
    const check = (): void => {
      const status = relay.status()
      if (isOver || !own || status.state !== 'failed' || begun.has(document)) return
      if (status.reason !== 'refused' && !(status.reason === 'readOnly' && status.pending > 0)) return
      begun.add(document)
      // Where that fails, or the line goes, the next session begins it anew: until then everything stays as it is.
      fetchAnew(document).catch(() => undefined)
    }
    undo.push(relay.onStatus(check))
    check()
  }
  const part = (document: OpenDocument): void => {
    const { relay, vault: own } = document
    const check = (): void => {
      const status = relay.status()
      if (isOver || !own || begun.has(document) || status.state !== 'failed' || status.reason !== 'forbidden') return
      begun.add(document)
      alone(() => leave(document)).catch(() => undefined)
    }
    undo.push(relay.onStatus(check))
    check()
  }
  const leave = async (document: OpenDocument): Promise<void> => {
    await document.loaded
    const { name, parsed } = document
    const edits = (await vault.unsent()).filter((edit) => edit.document === name).map(({ update }) => update)
    const { tellOfLeaving } = await import('./write-again.ts')
    const before = await recall()
    const grid = 'grid' in parsed ? (parsed.grid as GridCode) : undefined
    const isOut = grid !== undefined && !grids.includes(grid)
    const common = {
      document: localName(parsed),
      at: now(),
      reason: isOut ? ('movedOut' as const) : ('notAllowed' as const),
    }
    const told = tellOfLeaving(document, edits).map((edit): RefusedEdit => ({
      ...edit,
      ...common,
      id: newId(),
      ...(grid && { grid }),
    }))
    // That one is out is said once, however many documents it was.
    const isSaid = before.some((edit) => edit.reason === 'movedOut' && edit.grid === grid)
    if (told.length === 0 && isOut && !isSaid) told.push({ ...common, id: newId(), grid, lines: [] })
    if (isOver) return
    if (told.length > 0) await keep([...told, ...before])
    await document.close()
    await vault.remove(name)
    await unmarkWhole(vault, name)
    if (isOut) for (const kept of ['view', 'draft']) await vault.forgetKept(`${kept}/${grid}`)
    // The light still tells of what had waited.
    if (edits.length > 0) await calm().then(restart)
  }
  const keep = async (next: readonly RefusedEdit[]): Promise<void> => {
    await vault.keep(keptUnder, next.length > 0 ? new TextEncoder().encode(JSON.stringify(next)) : undefined)
    setRefused(next)
  }
  const recall = async (): Promise<readonly RefusedEdit[]> => {
    const bytes = await vault.recall(keptUnder)
    return bytes ? (JSON.parse(new TextDecoder().decode(bytes)) as readonly RefusedEdit[]) : []
  }

  const writeAgain = async ({ document: name, edits, forget }: LeftCopy): Promise<void> => {
    const document = documents.find((one) => lineageOf(one.name) === lineageOf(name))
    if (!document?.vault) return
    if (edits.length > 0) {
      await document.relay.ready
      const { documentShape, replay } = await import('./write-again.ts')
      const { parsed } = document
      const before = await vault.get(renewedKey(name))
      const isAgain = typeof before === 'number' && now() - before < tooSoon
      const shape = documentShape(parsed.kind, 'quarter' in parsed ? parsed.quarter : undefined)
      if (!shape || isOver) return
      const outcome = replay({
        kind: parsed.kind,
        shape,
        account,
        roles,
        mayWrite: document.relay.write && !isAgain,
        base: encodeStateAsUpdate(document.doc),
        edits: edits.map(({ update }) => update),
      })
      const at = now()
      const told = outcome.refused.map((edit): RefusedEdit => ({
        ...edit,
        ...(isAgain && { reason: 'again' as const }),
        id: newId(),
        document: localName(parsed),
        at,
      }))
      if (outcome.isTorn) told.push({ id: newId(), document: localName(parsed), at, reason: 'torn', lines: [] })
      // Told before it is forgotten, and written before that too: whatever breaks off in between is done once more.
      if (told.length > 0) await keep([...told, ...(await recall())])
      for (const { edit, update } of outcome.legal)
        applyUpdate(document.doc, update, { local: true, subjects: edits[edit]?.subjects ?? [] })
      await document.vault.durable()
      await vault.set(renewedKey(name), now())
    }
    await forget()
  }
  /** One tab at a time: the next finds nothing left. */
  const alone = (work: () => Promise<void>): Promise<unknown> =>
    'locks' in navigator ? navigator.locks.request(`tongge/healing/${account}`, work) : work()

  return {
    follow,
    part,
    settle: async () => {
      setRefused(await recall().catch(() => []))
      await alone(async () => {
        for (const copy of await vault.left()) if (!isOver) await writeAgain(copy)
      }).catch(() => undefined)
    },
    refused,
    dismiss: async (id) => keep((await recall()).filter((edit) => edit.id !== id)),
    dispose: () => {
      isOver = true
      for (const stop of undo) stop()
    },
  }
}
