/** Opens the documents of one grid: each a Y.Doc that rests in the vault (public ones in y-indexeddb) and is kept in step with the relay. */
import { migrate } from '@tongge/crdt'
import { parseDocumentName, type DocumentGrant, type DocumentName } from '@tongge/protocol'
import {
  createIndexeddbProvider,
  type IndexeddbProvider,
  type RelayLink,
  type RelayProvider,
  type Vault,
  type VaultProvider,
} from '@tongge/sync'
import { Awareness } from 'y-protocols/awareness'
import { Doc } from 'yjs'
import { setTimer } from './device.ts'

export interface OpenDocument {
  readonly name: string
  readonly parsed: DocumentName
  readonly doc: Doc
  readonly disk: VaultProvider | IndexeddbProvider
  /** Undefined for public documents, which nobody on this device writes. */
  readonly vault: VaultProvider | undefined
  readonly relay: RelayProvider
  /** Loaded from this device; whether that worked is the disk's status. */
  readonly loaded: Promise<void>
  close(): Promise<void>
}

export function openDocument({ name, write }: DocumentGrant, vault: Vault, link: RelayLink): OpenDocument | undefined {
  const parsed = parseDocumentName(name)
  if (!parsed) return undefined
  const doc = new Doc()
  const awareness = new Awareness(doc)
  const isPublic = parsed.kind === 'org' || parsed.kind === 'board'
  const own = isPublic ? undefined : vault.attach(name, doc, { awareness })
  const disk = own ?? createIndexeddbProvider(name, doc, { indexedDB, setTimer })
  // A disk that fails is a status; the relay can still fill the document.
  const loaded = disk.ready.catch(() => undefined).then(() => void (write && own && doc.share.size > 0 && migrate(doc)))
  const relay = link.attach(name, doc, own ? { ...localCopy(own), awareness } : { awareness })
  return {
    name,
    parsed,
    doc,
    disk,
    vault: own,
    relay,
    loaded,
    close: async () => {
      await disk.close()
      await relay.close()
      doc.destroy()
    },
  }
}

function localCopy(own: VaultProvider) {
  return {
    ready: own.ready.catch(() => undefined),
    durable: () => own.durable(),
    markSent: () => own.markSent(),
    acknowledged: (mark: number) => own.acknowledged(mark),
    unsent: () => own.unsent(),
  }
}

/** Documents in the order in which a person needs them: ledger first, then the newest work. */
export function inOrderOfNeed(grants: readonly DocumentGrant[], grid: string): readonly DocumentGrant[] {
  const rank = (name: string): number => {
    const parsed = parseDocumentName(name)
    if (!parsed || ('grid' in parsed && parsed.grid !== grid)) return -1
    return ['ledger', 'sensitive', 'notes', 'roster', 'work', 'org', 'board', 'meeting', 'proposal'].indexOf(parsed.kind)
  }
  return grants.filter(({ name }) => rank(name) >= 0).sort((a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? 1 : -1))
}
