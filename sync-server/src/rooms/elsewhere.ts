/** Who is in a document at other relays, as far as was heard lately. */
import { encodeEntries, parseEntries } from './presence.ts'

export interface Elsewhere {
  hear(entries: Uint8Array): void
  /** Everyone who was heard of lately, for one who just came. */
  everyone(): Uint8Array | undefined
}

/** Clients renew their presence every 15 seconds; theirs forget after 30. */
const forgetMs = 30_000
const gone = 'null'

export function createElsewhere(now: () => number): Elsewhere {
  const heardByClient = new Map<number, { readonly clock: number; readonly text: string; readonly at: number }>()
  return {
    hear(entries) {
      for (const { client, clock, text } of parseEntries(entries) ?? []) {
        if (text === gone) heardByClient.delete(client)
        else heardByClient.set(client, { clock, text, at: now() })
      }
    },
    everyone() {
      for (const [client, { at }] of heardByClient) if (now() - at > forgetMs) heardByClient.delete(client)
      return encodeEntries([...heardByClient].map(([client, { clock, text }]) => ({ client, clock, text })))
    },
  }
}
