/**
 * What the relay does not take must not hold up the rest: the document is fetched anew beside itself, what this account may write of
 * what waited is written again there, and the remainder is kept for the person to read.
 */
import type { AccountId, RecordId, Role } from '@tongge/model'
import { lineageOf } from '@tongge/protocol'
import type { LeftCopy, SetTimer, Vault } from '@tongge/sync'
import { createSignal, type Accessor } from 'solid-js'
import { alone } from './alone.ts'
import { leaveDocument } from './leave-document.ts'
import type { OpenDocument } from './open-documents.ts'
import { settleCopy } from './settle-copies.ts'
import { fetchWhole } from './succession.ts'
import type { Seat } from './tabs.ts'
import { createToldEdits, type ToldEdits } from './told-edits.ts'

export interface Healing extends Pick<ToldEdits, 'refused' | 'dismiss' | 'photo'> {
  follow(document: OpenDocument): void
  /** Of documents that nobody granted: once the relay says so too, they leave this device. */
  part(document: OpenDocument): void
  /** Once the documents are open: sees to what waited in the copies before them. */
  settle(): Promise<void>
  /** Subjects of what still waits there. */
  readonly left: Accessor<ReadonlySet<string>>
  /** What was told, to be handed on. */
  readonly told: Pick<ToldEdits, 'read' | 'mark'>
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
  const { vault, account, documents, openBeside, seat, isAlone, setTimer, calm, restart } = parts
  const told = createToldEdits(vault, account, () => void lookAgain())
  const [left, setLeft] = createSignal<ReadonlySet<string>>(new Set())
  const begun = new Set<OpenDocument>()
  const undo: (() => void)[] = []
  let isOver = false
  const lockOf = (document: string): string => `tongge/healing/${account}/${document}`

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
    // A tab that went over already is never ready for this one, and loses nothing if it is not waited for.
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
    const waited = await leaveDocument(document, { ...parts, told, isOver: () => isOver })
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
    await alone(lockOf(copy.document), async () => {
      // What another tab has dealt with, or written there, since.
      const now = (await vault.left()).find(({ name }) => name === copy.name)
      if (now && !isOver) await settleCopy(now, document, { ...parts, told })
    })
  }

  return {
    refused: told.refused,
    told,
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
        () => void alone(lockOf(document.name), () => leave(document)).catch(() => undefined),
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
