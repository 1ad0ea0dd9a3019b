/** Opens the documents of one grid: each a Y.Doc that rests in the vault (public ones in y-indexeddb) and is kept in step with the relay. */
import { quarterOf, type RecordId } from '@tongge/model'
import {
  formatDocumentName,
  lineageOf,
  parseDocumentName,
  type DocumentGrant,
  type DocumentName,
} from '@tongge/protocol'
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
  /** Nothing of it was on this device when it was loaded. */
  isNew(): boolean
  close(): Promise<void>
}

/** `anew`: into an empty copy beside the one in use. */
export function openDocument(
  { name }: Pick<DocumentGrant, 'name'>,
  vault: Vault,
  link: RelayLink,
  anew = false,
): OpenDocument | undefined {
  const parsed = parseDocumentName(name)
  if (!parsed) return undefined
  const doc = new Doc()
  const awareness = new Awareness(doc)
  const isPublic = parsed.kind === 'org' || parsed.kind === 'board'
  // What everybody reads does not tell everybody who is reading.
  if (isPublic) awareness.setLocalState(null)
  const own = isPublic ? undefined : vault.attach(name, doc, { awareness, anew })
  const disk = own ?? createIndexeddbProvider(name, doc, { indexedDB, setTimer })
  // A disk that fails is a status; the relay can still fill the document.
  let isNew = false
  const loaded = disk.ready
    .catch(() => undefined)
    .then(() => {
      isNew = doc.store.clients.size === 0
    })
  const relay = link.attach(name, doc, own ? { ...localCopy(own), awareness } : { awareness })
  return {
    name,
    parsed,
    doc,
    disk,
    vault: own,
    relay,
    loaded,
    isNew: () => isNew,
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

const order = [
  'ledger',
  'sensitive',
  'diary',
  'work',
  'journal',
  'notes',
  'org',
  'board',
  'roster',
  'photos',
  'meeting',
  'proposal',
] as const

/**
 * The documents of a grid: those the first page shows or writes in (ledger, sensitive fields, this quarter's work and journal, the directory), the ledger first,
 * and those that can come after it. A quarter that began since the rights were asked has the rights of the one before.
 */
export function byNeed(
  grants: readonly DocumentGrant[],
  grid: string,
  now: number,
): { readonly first: readonly DocumentGrant[]; readonly later: readonly DocumentGrant[] } {
  const parsed = grants.flatMap(({ name, write }) => {
    const place = parseDocumentName(name)
    return place && !('grid' in place && place.grid !== grid) ? [{ name, write, place }] : []
  })
  const quarter = quarterOf(now)
  const begun = (['work', 'journal'] as const).flatMap((kind) => {
    const place = { kind, grid, quarter }
    const name = formatDocumentName(place)
    const newest = parsed.filter((one) => one.place.kind === kind).sort((a, b) => (a.name < b.name ? 1 : -1))[0]
    return newest && newest.name < name ? [{ name, write: newest.write, place }] : []
  })
  const ranked = [...parsed, ...begun].sort(
    (a, b) => order.indexOf(a.place.kind) - order.indexOf(b.place.kind) || (a.name < b.name ? 1 : -1),
  )
  const hasLedger = ranked.some(({ place }) => place.kind === 'ledger')
  const isFirst = ({ place }: (typeof ranked)[number]): boolean =>
    place.kind === 'work' || place.kind === 'journal'
      ? place.quarter >= quarter
      : place.kind === 'ledger' ||
        place.kind === 'sensitive' ||
        place.kind === 'org' ||
        ((place.kind === 'notes' || place.kind === 'roster') && !hasLedger)
  return { first: ranked.filter(isFirst), later: ranked.filter((one) => !isFirst(one)) }
}

/** Documents on this device of which no answer speaks any more. Albums are never listed, and a quarter may not have been asked for yet. */
export function strangersAmong(names: readonly string[], granted: readonly DocumentGrant[]): readonly string[] {
  const lineages = new Set(granted.map(({ name }) => lineageOf(name)))
  const series = new Set(granted.map(({ name }) => seriesOf(name)))
  return names.filter(
    (name) => !lineages.has(lineageOf(name)) && !(seriesOf(name) !== undefined && series.has(seriesOf(name))),
  )
}

/** Documents of which there is one after the other, and which go to the same people. */
function seriesOf(name: string): string | undefined {
  const parsed = parseDocumentName(name)
  if (parsed?.kind === 'work' || parsed?.kind === 'photos') return `work of ${parsed.grid}`
  return parsed?.kind === 'journal' ? `journal of ${parsed.grid}` : undefined
}

/** The buildings of a grid whose notes this account may write, by whatever role it may. */
export function buildingsToWrite(grants: readonly DocumentGrant[], grid: string): readonly RecordId[] {
  const places = grants.filter(({ write }) => write).map(({ name }) => parseDocumentName(name))
  return places
    .filter((place) => place?.kind === 'notes')
    .filter((place) => place.grid === grid)
    .map((place) => place.building as RecordId)
}

/** The name under which crdt knows a document of the grid. */
export function localName(parsed: OpenDocument['parsed']): string {
  if (parsed.kind === 'work' || parsed.kind === 'journal') return `${parsed.kind}/${parsed.quarter}`
  return parsed.kind === 'notes' ? `notes/${parsed.building}` : parsed.kind
}
