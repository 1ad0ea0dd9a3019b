/**
 * Which generation of each document goes on, on this device. A newer one takes over once all of it is here and nothing that was
 * written in an older one waits for the relay any more: until then the older one is worked in, also with no network, by all tabs.
 */
import { generationOf, lineageOf } from '@tongge/protocol'
import type { Vault } from './vault.ts'

export interface Standing {
  readonly granted: string
  /** The generation to work in: the one granted, or an older one. */
  readonly current: string
  /** Newer generations: what was fetched of them may lack what is written in this one from here on, so unmark them. */
  readonly ahead: readonly string[]
  /** Older generations on this device that are of no more use. */
  readonly surplus: readonly string[]
}

type Store = Pick<Vault, 'documents' | 'get'> & { unsent(): Promise<readonly { readonly document: string }[]> }

/**
 * In the order of `granted`, the names of the newest generations. `elsewhere` are those that other tabs work in: two tabs in two
 * generations could not show each other's edits without the relay.
 */
export async function standingsOf(
  store: Store,
  granted: readonly string[],
  elsewhere: Iterable<string> = [],
): Promise<readonly Standing[]> {
  if (!granted.some((name) => generationOf(name) > 1)) return granted.map((name) => settled(name))
  const inUse = new Set(elsewhere)
  const known = [...new Set([...(await store.documents()), ...inUse])]
  for (const { document } of await store.unsent()) inUse.add(document)
  return Promise.all(granted.map((name) => standingOf(store, name, known, inUse)))
}

async function standingOf(
  store: Store,
  granted: string,
  known: readonly string[],
  inUse: ReadonlySet<string>,
): Promise<Standing> {
  const older = known
    .filter((name) => lineageOf(name) === lineageOf(granted) && generationOf(name) < generationOf(granted))
    .sort((a, b) => generationOf(b) - generationOf(a))
  if (older.length === 0) return settled(granted)
  const all = [granted, ...older]
  const current = all.findLast((name) => inUse.has(name)) ?? (await newestWhole(store, all)) ?? older[0]
  const at = all.indexOf(current ?? granted)
  return { granted, current: current ?? granted, ahead: all.slice(0, at), surplus: all.slice(at + 1) }
}

async function newestWhole(store: Store, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) if (await isWhole(store, name)) return name
  return undefined
}

function settled(granted: string): Standing {
  return { granted, current: granted, ahead: [], surplus: [] }
}

/** Whether this device once had all that the relay had of the document. */
export async function isWhole(store: Pick<Vault, 'get'>, document: string): Promise<boolean> {
  return (await store.get(wholeKey(document))) === true
}

/** Call when the first sync is done and on disk. */
export function markWhole(store: Pick<Vault, 'set'>, document: string): Promise<void> {
  return store.set(wholeKey(document), true)
}

/** What was fetched of it may by now lack what is written elsewhere. */
export function unmarkWhole(store: Pick<Vault, 'set'>, document: string): Promise<void> {
  return store.set(wholeKey(document), undefined)
}

function wholeKey(document: string): string {
  return `whole/${document}`
}
