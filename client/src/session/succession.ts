/** Gets the newest generation of a document onto this device while an older one is worked in, and asks for a fresh start once it can take over. */
import { lineageOf, type DocumentGrant } from '@tongge/protocol'
import { markWhole, type RelayLink, type Vault } from '@tongge/sync'
import type { OpenDocument } from './open-documents.ts'

interface Parts {
  readonly vault: Pick<Vault, 'set'>
  /** What is open, whether shown or not. */
  readonly documents: readonly OpenDocument[]
  readonly open: (grants: readonly DocumentGrant[]) => readonly OpenDocument[]
  readonly restart: () => void
}

export interface Succession {
  /** `granted` name the newest generations. */
  prepare(granted: readonly DocumentGrant[]): void
}

export function createSuccession({ vault, documents, open, restart }: Parts): Succession {
  const takeOver = async (older: readonly OpenDocument[], grants: readonly DocumentGrant[]): Promise<void> => {
    const newer = open(grants)
    await Promise.all(newer.map(({ relay }) => relay.ready))
    // The relay shows it in the newer one before it says that it has it.
    await Promise.all(older.map(allSent))
    await Promise.all(newer.map((one) => fetchWhole(vault, one)))
    restart()
  }
  return {
    prepare: (granted) => {
      const names = new Set(documents.map(({ name }) => name))
      const grants = granted.filter(({ name }) => !names.has(name))
      const older = documents.filter(({ name }) => grants.some((grant) => lineageOf(grant.name) === lineageOf(name)))
      const lineages = new Set(older.map(({ name }) => lineageOf(name)))
      const wanted = grants.filter(({ name }) => lineages.has(lineageOf(name)))
      // Without a network the older generation goes on; the next start tries again.
      if (wanted.length > 0) takeOver(older, wanted).catch(() => undefined)
    },
  }
}

/** What this account may open can have changed while there was no line to say so. */
export function askAfterAbsence(link: Pick<RelayLink, 'onStatus'>, ask: () => void): () => void {
  let wasAway = false
  return link.onStatus(({ state }) => {
    if (state === 'online' && wasAway) ask()
    wasAway = state === 'offline' || (wasAway && state !== 'online')
  })
}

/** All that the relay has of it is on this device's disk. */
export async function fetchWhole(
  vault: Pick<Vault, 'set'>,
  { name, relay, disk, vault: own }: Pick<OpenDocument, 'name' | 'relay' | 'disk' | 'vault'>,
): Promise<void> {
  await relay.ready
  await (own ? own.durable() : disk.ready)
  await markWhole(vault, name)
}

function allSent({ vault: own }: OpenDocument): Promise<void> {
  return new Promise((resolve) => {
    if (!own || own.unsent() === 0) return resolve()
    const stop = own.onWaiting(() => {
      if (own.unsent() > 0) return
      stop()
      resolve()
    })
  })
}
