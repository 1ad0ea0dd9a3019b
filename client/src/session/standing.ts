/** What of each document this device stands on: which generation, and whether it ever had all of it. */
import type { DocumentGrant, SessionAnswer } from '@tongge/protocol'
import { isWhole, standingsOf, unmarkWhole, type Vault } from '@tongge/sync'
import type { OpenDocument } from './open-documents.ts'
import { fetchWhole } from './succession.ts'

/** The grants by the generation to work in. `leave` says that this tab no longer does. */
export async function settleGenerations(
  vault: Vault,
  { account, documents }: SessionAnswer,
): Promise<{ readonly grants: readonly DocumentGrant[]; readonly leave: () => Promise<void> }> {
  // A store that does not tell is a status of every document; they are opened as granted.
  const standings = await standingsOf(
    vault,
    documents.map(({ name }) => name),
  ).catch(() => [])
  const lock = `tongge/session/${account}`
  const surplus = standings.flatMap((standing) => standing.surplus)
  if (surplus.length > 0) await alone(lock, () => Promise.all(surplus.map((name) => vault.remove(name))))
  // What is written in the older one from here on is not in what was fetched of the newer.
  for (const name of standings.flatMap(({ ahead }) => ahead)) await unmarkWhole(vault, name).catch(() => undefined)
  const currentByGranted = new Map(standings.map(({ granted, current }) => [granted, current]))
  return {
    grants: documents.map(({ name, write }) => ({ name: currentByGranted.get(name) ?? name, write })),
    leave: among(lock),
  }
}

/** A device that has worked before opens from its own disk; one that never had all of what matters most waits for its first sync. */
export async function metOnce(vault: Vault, opened: readonly OpenDocument[]): Promise<void> {
  // The directory is never empty once met; somebody else's notes may well be.
  const proof =
    opened.find(({ parsed }) => parsed.kind === 'ledger') ?? opened.find(({ parsed }) => parsed.kind === 'org')
  if (!proof || (!proof.isNew() && (await isWhole(vault, proof.name).catch(() => true)))) return
  await fetchWhole(vault, proof).catch(() => undefined)
}

/** Does it only if no other tab of this account is open: it may be working in what is removed here. */
async function alone(lock: string, work: () => Promise<unknown>): Promise<void> {
  if (!('locks' in navigator)) return
  await navigator.locks.request(lock, { ifAvailable: true }, async (held) => held && work()).catch(() => undefined)
}

/** Says to other tabs that this one is open, until the returned function is called. */
function among(lock: string): () => Promise<void> {
  if (!('locks' in navigator)) return () => Promise.resolve()
  let leave = (): void => undefined
  const stay = new Promise<void>((resolve) => (leave = resolve))
  const left = navigator.locks.request(lock, { mode: 'shared' }, () => stay).catch(() => undefined)
  return () => {
    leave()
    return left
  }
}
