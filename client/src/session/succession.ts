/** Gets the newest generation of a document onto this device while an older one is worked in, and asks for a fresh start once it can take over. */
import { lineageOf, type DocumentGrant } from '@tongge/protocol'
import {
  markWhole,
  type RelayLink,
  type RelayProvider,
  type SetTimer,
  type Vault,
  type VaultProvider,
} from '@tongge/sync'

interface OpenDocument {
  readonly name: string
  readonly disk: { readonly ready: Promise<void> }
  /** Undefined where nobody on this device writes. */
  readonly vault: Pick<VaultProvider, 'durable' | 'unsent' | 'onWaiting'> | undefined
  readonly relay: Pick<RelayProvider, 'ready'>
}

interface Parts {
  readonly vault: Pick<Vault, 'set'>
  /** What is open, whether shown or not. */
  readonly documents: readonly OpenDocument[]
  readonly open: (grants: readonly DocumentGrant[]) => readonly OpenDocument[]
  /** `ready` resolves once the other tabs are as well: restart then, or `stay`. False when this one is closed. */
  readonly seat: { ready(): Promise<boolean>; stay(): Promise<void> }
  readonly calm: () => Promise<void>
  readonly restart: () => void
  readonly setTimer: SetTimer
}

/** A disk that refused something is asked again after this time. */
const retryMs = 30_000

export interface Succession {
  /** `granted` name the newest generations. */
  prepare(granted: readonly DocumentGrant[]): void
  dispose(): void
}

export function createSuccession({ vault, documents, open, seat, calm, restart, setTimer }: Parts): Succession {
  const retries = new Set<() => void>()
  /** Older generations, and the newer ones of which all has come. */
  const [left, taken] = [new Set<OpenDocument>(), new Set<OpenDocument>()]
  let going: Promise<void> | undefined
  let isOver = false
  const takeOver = async (older: readonly OpenDocument[], newer: readonly OpenDocument[]): Promise<void> => {
    try {
      await Promise.all(newer.map(({ relay }) => relay.ready))
      // The relay shows it in the newer one before it says that it has it.
      await Promise.all(older.map(allSent))
      await Promise.all(newer.map((one) => fetchWhole(vault, one)))
    } catch {
      // Nobody writes in the older generation any more: without the newer one this device would no longer hear of anything.
      return isOver ? undefined : retry(older, newer)
    }
    if (isOver) return
    for (const one of older) left.add(one)
    for (const one of newer) taken.add(one)
    going ??= goOver()
  }
  /** With all tabs, and with nothing that was written in an older generation while they came to that. */
  const goOver = async (): Promise<void> => {
    await calm()
    if (isOver || !(await seat.ready()) || isOver) return
    if ([...left].every(isSent)) return restart()
    await seat.stay()
    going = undefined
    await takeOver([...left], [...taken])
  }
  const retry = (older: readonly OpenDocument[], newer: readonly OpenDocument[]): void => {
    const cancel = setTimer(() => {
      retries.delete(cancel)
      void takeOver(older, newer)
    }, retryMs)
    retries.add(cancel)
  }
  return {
    prepare: (granted) => {
      if (isOver) return
      const names = new Set(documents.map(({ name }) => name))
      const grants = granted.filter(({ name }) => !names.has(name))
      const older = documents.filter(({ name }) => grants.some((grant) => lineageOf(grant.name) === lineageOf(name)))
      const lineages = new Set(older.map(({ name }) => lineageOf(name)))
      const wanted = grants.filter(({ name }) => lineages.has(lineageOf(name)))
      // Without a network the older generation goes on.
      if (wanted.length > 0) void takeOver(older, open(wanted))
    },
    dispose: () => {
      isOver = true
      for (const cancel of retries) cancel()
    },
  }
}

/** What this account may open can have changed while there was no line to say so. */
export function askAfterAbsence(link: Pick<RelayLink, 'onStatus'>, ask: () => void): () => void {
  let wasOnline = false
  let wasAway = false
  return link.onStatus(({ state }) => {
    if (state !== 'online') wasAway ||= wasOnline || state === 'offline'
    else if (wasAway) ask()
    wasOnline = state === 'online'
    wasAway &&= !wasOnline
  })
}

/** All that the relay has of it is on this device's disk. */
export async function fetchWhole(
  vault: Pick<Vault, 'set'>,
  { name, relay, disk, vault: own }: OpenDocument,
): Promise<void> {
  await relay.ready
  await (own ? own.durable() : disk.ready)
  await markWhole(vault, name)
}

function isSent({ vault: own }: OpenDocument): boolean {
  return !own || own.unsent() === 0
}

function allSent(one: OpenDocument): Promise<void> {
  return new Promise((resolve) => {
    if (isSent(one)) return resolve()
    const stop = one.vault?.onWaiting(() => {
      if (!isSent(one)) return
      stop?.()
      resolve()
    })
  })
}
