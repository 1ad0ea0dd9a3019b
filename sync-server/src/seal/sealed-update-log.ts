/** A log whose updates and snapshots are sealed before they reach it. Names of documents and accounts stay readable. */
import type { UpdateLog } from '../ports.ts'
import type { Keyring } from './keyring.ts'
import { seal, unseal } from './seal.ts'

/** What each kind of row is bound to, beside its document. */
export const contextOf = {
  change: (document: string) => `change\n${document}`,
  snapshot: (document: string) => `snapshot\n${document}`,
} as const

export function sealUpdateLog(log: UpdateLog, keys: Keyring): UpdateLog {
  return {
    append: (rows) =>
      log.append(
        rows.map(({ document, update, account }) => ({
          document,
          update: seal(keys, update, contextOf.change(document)),
          account,
        })),
      ),
    async read(document) {
      const stored = await log.read(document)
      const snapshot = stored.snapshot && unseal(keys, stored.snapshot, contextOf.snapshot(document))
      const tail = stored.tail.flatMap((update) => unseal(keys, update, contextOf.change(document)) ?? [])
      const lost = stored.tail.length - tail.length + (stored.snapshot && !snapshot ? 1 : 0)
      return { snapshot, tail, through: stored.through, damaged: stored.damaged + lost }
    },
    compact: (document, snapshot, through) =>
      log.compact(document, seal(keys, snapshot, contextOf.snapshot(document)), through),
    documents: () => log.documents(),
    async verify() {
      const problems = [...(await log.verify())]
      for (const document of await log.documents()) {
        const { tail, snapshot, through } = await log.read(document)
        const opens = (bytes: Uint8Array, context: string): boolean => unseal(keys, bytes, context) !== undefined
        const isLost =
          (snapshot && !opens(snapshot, contextOf.snapshot(document))) ||
          tail.some((update) => !opens(update, contextOf.change(document)))
        if (isLost) problems.push({ document, sequence: through, problem: 'a row up to here does not open' })
      }
      return problems
    },
    close: () => log.close(),
  }
}
