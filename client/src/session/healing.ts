/**
 * What the relay does not take must not hold up the rest: the document is fetched anew beside itself, what this account may write of
 * what waited is written again there, and the remainder is kept for the person to read.
 */
import type { AccountId, GridCode, RecordId, Role } from '@tongge/model'
import { lineageOf } from '@tongge/protocol'
import { unmarkWhole, type LeftCopy, type SetTimer, type Vault } from '@tongge/sync'
import { createSignal, type Accessor } from 'solid-js'
import { Doc } from 'yjs'
import { localName, type OpenDocument } from './open-documents.ts'
import type { RefusedEdit } from './session.ts'
import { keepPhotos, settleCopy } from './settle-copies.ts'
import { fetchWhole } from './succession.ts'
import type { Seat } from './tabs.ts'
import { alone, createToldEdits, type ToldEdits } from './told-edits.ts'

export interface Healing extends Pick<ToldEdits, 'refused' | 'dismiss' | 'photo'> {
  follow(document: OpenDocument): void
  /** Of documents that nobody granted: once the relay says so too, they leave this device. */
  part(document: OpenDocument): void
  /** Once the documents are open: sees to what waited in the copies before them. */
  settle(): Promise<void>
  /** Subjects of what still waits there. */
  readonly left: Accessor<ReadonlySet<string>>
  dispose(): void
}

interface Parts {
  readonly vault: Vault
  readonly account: AccountId
  readonly rolesIn: (grid: string | undefined) => readonly Role[]
  /** Those this account works in. */
  readonly grids: readonly string[]
  readonly documents: readonly OpenDocument[]
  readonly openBeside: (name: string, anew?: boolean) => OpenDocument | undefined
  /** Tabs go over to the copies in the same moment where they can. */
  readonly seat: Pick<Seat, 'ready'>
  /** No other tab of this account is open. */
  readonly isAlone: boolean
  readonly newId: () => RecordId
  readonly now: () => number
  readonly setTimer: SetTimer
  readonly calm: () => Promise<void>
  readonly restart: () => void
}

const retryMs = 30_000
/** For other tabs to be ready as well. */
const patienceMs = 5_000

export function createHealing(parts: Parts): Healing {
  const { vault, account, grids, documents, openBeside, seat, isAlone, newId, now, setTimer, calm, restart } = parts
  const told = createToldEdits(vault, account, () => void lookAgain())
  const [left, setLeft] = createSignal<ReadonlySet<string>>(new Set())
  const begun = new Set<OpenDocument>()
  const undo: (() => void)[] = []
  let isOver = false

  const fetchAnew = async (document: OpenDocument): Promise<void> => {
    // One attachment per document: this one will not be heard any more.
    await document.relay.close()
    const fresh = isOver ? undefined : openBeside(document.name, true)
    if (!fresh) return
    try {
      await fetchWhole(vault, fresh)
    } catch {
      await fresh.close()
      if (!isOver) undo.push(setTimer(() => void fetchAnew(document), retryMs))
      return
    }
    await calm()
    if (isOver) return
    // A tab that went over already is never ready for this one; what it would lose by not being waited for is nothing.
    await Promise.race([seat.ready(), new Promise((resolve) => setTimer(() => resolve(true), patienceMs))])
    if (isOver) return
    await vault.renew(document.name)
    restart()
  }
  const onFailure = (
    document: OpenDocument,
    isMeant: (reason: string, pending: number) => boolean,
    act: () => void,
  ) => {
    const check = (): void => {
      const status = document.relay.status()
      if (isOver || !document.vault || status.state !== 'failed' || begun.has(document)) return
      if (!isMeant(status.reason, status.pending)) return
      begun.add(document)
      act()
    }
    undo.push(document.relay.onStatus(check))
    check()
  }

  const leave = async (document: OpenDocument): Promise<void> => {
    await document.loaded
    const { name, parsed, doc } = document
    const { photosOnlyHere, tellOf } = await import('./write-again.ts')
    const grid = 'grid' in parsed ? (parsed.grid as GridCode) : undefined
    const isOut = grid !== undefined && !grids.includes(grid)
    const common = {
      document: localName(parsed),
      at: now(),
      reason: isOut ? ('movedOut' as const) : ('notAllowed' as const),
      ...(grid && { grid }),
    }
    const edits: RefusedEdit[] = []
    let waited = 0
    const tell = async (held: Doc, updates: readonly Uint8Array[]): Promise<void> => {
      waited += updates.length
      if (updates.length === 0) return
      if (parsed.kind === 'photos') {
        const kept = await keepPhotos(photosOnlyHere(held, undefined), told, newId(), common)
        edits.push({ ...kept, ...common })
      } else for (const one of tellOf(held, parsed, updates)) edits.push({ ...one, ...common, id: newId() })
    }
    const copies = (await vault.left()).filter((copy) => copy.document === name)
    const older = new Set(copies.flatMap((copy) => copy.edits.map(({ update }) => update.join())))
    const unsent = (await vault.unsent()).filter((edit) => edit.document === name && !older.has(edit.update.join()))
    await tell(
      doc,
      unsent.map(({ update }) => update),
    )
    for (const copy of copies) {
      const held = new Doc()
      await copy.load(held)
      await tell(
        held,
        copy.edits.map(({ update }) => update),
      )
      held.destroy()
    }
    if (waited > 0 && edits.length === 0) edits.push({ ...common, id: newId(), lines: [] })
    // That one is out is said once, however many documents it was.
    const isSaid = (await told.read()).some((edit) => edit.reason === 'movedOut' && edit.grid === grid)
    if (edits.length === 0 && isOut && !isSaid) edits.push({ ...common, id: newId(), lines: [] })
    if (isOver) return
    await told.add(edits)
    if (isOut) for (const kept of ['view', 'draft']) await vault.forgetKept(`${kept}/${grid}`)
    await document.close()
    await vault.remove(name)
    await unmarkWhole(vault, name)
    // The light still tells of what had waited.
    if (waited > 0) await calm().then(restart)
  }

  const look = async (): Promise<readonly LeftCopy[]> => {
    const copies = await vault.left()
    setLeft(new Set(copies.flatMap(({ edits }) => edits.flatMap(({ subjects }) => subjects))))
    return copies
  }
  const lookAgain = async (): Promise<void> => {
    if (!isOver) await Promise.all([told.read(), look()]).catch(() => undefined)
  }
  const settleOne = async (copy: LeftCopy): Promise<void> => {
    if (copy.edits.length === 0) {
      // Another tab may be about to leave it.
      if (isAlone) await copy.forget()
      return
    }
    const document =
      documents.find((one) => one.name === copy.document) ??
      documents.find((one) => lineageOf(one.name) === lineageOf(copy.document)) ??
      openBeside(copy.document)
    if (!document) return
    await document.relay.ready
    await alone(`tongge/healing/${account}/${copy.document}`, async () => {
      // What another tab has dealt with, or written there, since.
      const now = (await vault.left()).find(({ name }) => name === copy.name)
      if (now && !isOver) await settleCopy(now, document, { ...parts, told })
    })
  }

  return {
    refused: told.refused,
    dismiss: told.dismiss,
    photo: told.photo,
    left,
    follow: (document) =>
      onFailure(
        document,
        (reason, pending) => reason === 'refused' || (reason === 'readOnly' && pending > 0),
        // Where that fails, or the line goes, everything stays as it is.
        () => void fetchAnew(document).catch(() => undefined),
      ),
    part: (document) =>
      onFailure(
        document,
        (reason) => reason === 'forbidden',
        () => void alone(`tongge/healing/${account}/${document.name}`, () => leave(document)).catch(() => undefined),
      ),
    settle: async () => {
      await told.read()
      // One that cannot be settled now holds up no other.
      for (const copy of await look().catch(() => [])) if (!isOver) void settleOne(copy).then(lookAgain, lookAgain)
    },
    dispose: () => {
      isOver = true
      for (const stop of undo) stop()
      told.dispose()
    },
  }
}
