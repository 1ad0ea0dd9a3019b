/** What of each document this device stands on: which generation, and whether it ever had all of it. */
import { hasGenerations, type DocumentGrant, type SessionAnswer } from '@tongge/protocol'
import { isWhole, standingsOf, unmarkWhole, type Vault } from '@tongge/sync'
import type { OpenDocument } from './open-documents.ts'
import { fetchWhole } from './succession.ts'
import { takeSeat, type OtherTabs, type Seat } from './tabs.ts'

export interface Settled {
  /** By the generation to work in. */
  readonly grants: readonly DocumentGrant[]
  readonly seat: Seat
  /** No other tab of this account was open. */
  readonly isAlone: boolean
}

/** In step with the other tabs of the browser. */
export async function settleGenerations(
  vault: Vault,
  { account, documents }: SessionAnswer,
  grid: string,
): Promise<Settled> {
  let currentByGranted = new Map<string, string>()
  let isAlone = false
  const locks = 'locks' in navigator ? navigator.locks : undefined
  const choose = async (others: OtherTabs): Promise<readonly string[]> => {
    ;({ isAlone } = others)
    const granted = documents.map(({ name }) => name)
    // A store that does not tell is a status of every document; they are opened as granted.
    const standings = await standingsOf(vault, granted, others.documents).catch(() => [])
    const surplus = others.isAlone ? standings.flatMap((standing) => standing.surplus) : []
    await Promise.all(surplus.map((name) => vault.remove(name))).catch(() => undefined)
    for (const name of standings.flatMap(({ ahead }) => ahead)) await unmarkWhole(vault, name).catch(() => undefined)
    currentByGranted = new Map(standings.map((standing) => [standing.granted, standing.current]))
    return granted.map((name) => currentByGranted.get(name) ?? name).filter(hasGenerations)
  }
  const seat = await takeSeat({ account, grid, locks, choose })
  return {
    grants: documents.map(({ name, write }) => ({ name: currentByGranted.get(name) ?? name, write })),
    seat,
    isAlone,
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
