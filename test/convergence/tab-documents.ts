/** A tab's documents, as the app opens them: each in the generation to work in, and a newer one beside it until the tab can go over. */
import {
  standingsOf,
  unmarkWhole,
  type RelayLink,
  type RelayProvider,
  type SetTimer,
  type SlotKeeper,
  type Vault,
  type VaultProvider,
} from '@tongge/sync'
import { Doc } from 'yjs'
import { askAfterAbsence, createSuccession, fetchWhole } from '../../client/src/session/succession.ts'
import { documentNames, type DocumentName, type Documents } from './account.ts'
import { fullNames } from './grid-documents.ts'
import type { World } from './tab.ts'

export interface TabDocuments {
  readonly shown: Documents
  readonly vaults: ReadonlyMap<DocumentName, VaultProvider>
  /** Of all that are open, shown or not. */
  providers(): readonly (VaultProvider | RelayProvider)[]
  /** Asks which generations are the newest. */
  ask(): void
  /** A newer generation is all here: the tab wants to be opened anew. */
  isOutdated(): boolean
  close(): Promise<void>
  dispose(): void
}

export interface TabDocumentsOptions {
  readonly world: World
  readonly vault: Vault
  readonly link: RelayLink
  readonly createKeeper: (documents: readonly string[]) => SlotKeeper
  readonly setTimer: SetTimer
  /** The newest generations that this device has heard of. */
  readonly granted: Map<DocumentName, string>
  /** What other tabs of the device work in; undefined where none is open. */
  readonly elsewhere: readonly string[] | undefined
}

interface OpenDocument {
  readonly name: string
  readonly doc: Doc
  readonly vault: VaultProvider
  readonly disk: VaultProvider
  readonly relay: RelayProvider
}

/** Resolves once what this device has is loaded, and a slot is leased. */
export async function openTabDocuments(
  options: TabDocumentsOptions,
): Promise<{ readonly documents: TabDocuments; readonly keeper: SlotKeeper }> {
  const { world, vault, link, createKeeper, setTimer, granted, elsewhere } = options
  const names = documentNames.filter((name) => name !== 'work' || world.hasTurned)
  const grants = (): readonly string[] => names.map((name) => granted.get(name) ?? fullNames[name])
  const standings = await standingsOf(vault, grants(), elsewhere)
  const surplus = elsewhere ? [] : standings.flatMap((standing) => standing.surplus)
  for (const name of surplus) await vault.remove(name).catch(() => undefined)
  for (const name of standings.flatMap(({ ahead }) => ahead)) await unmarkWhole(vault, name).catch(() => undefined)
  const current = standings.map((standing) => standing.current)
  const keeper = createKeeper(current)
  const opened: OpenDocument[] = []
  const open = (name: string): OpenDocument => {
    const doc = new Doc({ guid: name })
    doc.clientID = world.nextClientId()
    const own = vault.attach(name, doc)
    const one = { name, doc, vault: own, disk: own, relay: link.attach(name, doc, own) }
    opened.push(one)
    keeper.follow(name, own, one.relay)
    return one
  }

  const shown = new Map(names.map((name, index) => [name, open(current[index] ?? fullNames[name])]))
  await Promise.all([...shown.values()].map(({ disk }) => disk.ready))
  await keeper.lease()
  // What still waits in a generation that is not worked in any more is sent from here as well.
  for (const { document } of await vault.unsent()) if (!opened.some(({ name }) => name === document)) open(document)
  const ledger = shown.get('ledger')
  if (ledger?.doc.store.clients.size === 0) void fetchWhole(vault, ledger).catch(() => undefined)

  let isOutdated = false
  const succession = createSuccession({
    vault,
    documents: opened,
    open: (newer) => newer.map(({ name }) => open(name)),
    seat: { ready: async () => true, stay: async () => undefined },
    calm: async () => undefined,
    restart: () => (isOutdated = true),
    setTimer,
  })
  const ask = (): void => {
    for (const name of documentNames) {
      const newest = world.newest(fullNames[name])
      if (newest) granted.set(name, newest)
    }
    succession.prepare(grants().map((name) => ({ name, write: true })))
  }
  const stopAsking = askAfterAbsence(link, ask)
  ask()

  const documents: TabDocuments = {
    shown: new Map([...shown].map(([name, { doc }]) => [name, doc])),
    vaults: new Map([...shown].map(([name, one]) => [name, one.vault])),
    providers: () => opened.flatMap((one) => [one.vault, one.relay]),
    ask,
    isOutdated: () => isOutdated,
    close: async () => {
      await Promise.all(opened.map((one) => one.vault.close()))
    },
    dispose: () => {
      stopAsking()
      succession.dispose()
      for (const { doc } of opened) doc.destroy()
    },
  }
  return { documents, keeper }
}
