/**
 * Who is in a document: awareness states, one per connection, under the name the relay knows.
 * Stock clients send on whatever they hear, so entries of others are dropped without complaint; renewals of unchanged states are gathered and sent by the tick.
 */
import { createDecoder, hasContent, readVarString, readVarUint } from 'lib0/decoding'
import { createEncoder, toUint8Array, writeVarString, writeVarUint } from 'lib0/encoding'

export interface Identity {
  readonly account: string
  readonly name: string
}

export interface PresenceLimits {
  /** Bytes of one state. */
  readonly awarenessBytes: number
  /** States shown to others; those that changed last win. */
  readonly awarenessStates: number
}

export interface Presence<Member> {
  receive(member: Member, identity: Identity, entries: Uint8Array): 'taken' | 'malformed' | 'tooLarge'
  leave(member: Member): void
  /** What changed since the last call, as awareness entries. */
  takeChanges(): Uint8Array | undefined
  /** What was renewed without change since the last call. */
  takeRenewals(): Uint8Array | undefined
  /** Everyone, for one who just came. */
  everyone(): Uint8Array | undefined
  readonly size: number
}

/** Awareness entries of nobody: a message that keeps a stock client from taking the line for dead. */
export const noOne: Uint8Array = Uint8Array.of(0)

interface Entry<Member> {
  readonly client: number
  clock: number
  text: string
  member: Member
  account: string
}

const gone = 'null'

export function createPresence<Member>(limits: PresenceLimits): Presence<Member> {
  /** In the order of last change. */
  const entryByClient = new Map<number, Entry<Member>>()
  const clientByMember = new Map<Member, number>()
  const left = new Map<number, number>()
  const changed = new Set<number>()
  const renewed = new Set<number>()

  const claim = (member: Member, account: string, client: number): Entry<Member> | undefined => {
    const entry = entryByClient.get(client)
    const own = clientByMember.get(member)
    if (own !== undefined) return own === client ? entry : undefined
    if (entry && entry.account !== account) return undefined
    // The same person's newer connection takes over from one that is not yet known to be dead.
    if (entry) clientByMember.delete(entry.member)
    const mine = entry ?? { client, clock: -1, text: gone, member, account }
    mine.member = member
    entryByClient.set(client, mine)
    clientByMember.set(member, client)
    left.delete(client)
    return mine
  }

  const update = (entry: Entry<Member>, clock: number, text: string): void => {
    const isRemoval = text === gone && entry.text !== gone
    if (clock < entry.clock || (clock === entry.clock && !isRemoval)) return
    entry.clock = clock
    if (text === entry.text) {
      renewed.add(entry.client)
      return
    }
    entry.text = text
    changed.add(entry.client)
    entryByClient.delete(entry.client)
    entryByClient.set(entry.client, entry)
  }

  const shown = (): Entry<Member>[] => [...entryByClient.values()].slice(-limits.awarenessStates)

  return {
    receive(member, identity, entries) {
      const parsed = parseEntries(entries)
      if (!parsed) return 'malformed'
      for (const { client, clock, text } of parsed) {
        const own = clientByMember.get(member)
        if (own === undefined ? text === gone : own !== client) continue
        if (text.length > limits.awarenessBytes) return 'tooLarge'
        const signed = signState(text, identity)
        if (signed === undefined) return 'malformed'
        const entry = claim(member, identity.account, client)
        if (entry) update(entry, clock, signed)
      }
      return 'taken'
    },
    leave(member) {
      const client = clientByMember.get(member)
      if (client === undefined) return
      clientByMember.delete(member)
      const entry = entryByClient.get(client)
      entryByClient.delete(client)
      changed.delete(client)
      renewed.delete(client)
      if (entry && entry.text !== gone) left.set(client, entry.clock)
    },
    takeChanges() {
      if (changed.size === 0 && left.size === 0) return undefined
      const entries = [...changed].flatMap((client) => entryByClient.get(client) ?? [])
      const removals = [...left].map(([client, clock]) => ({ client, clock, text: gone }))
      for (const client of changed) renewed.delete(client)
      changed.clear()
      left.clear()
      return encodeEntries([...entries, ...removals])
    },
    takeRenewals() {
      const entries = renewed.size === 0 ? [] : shown().filter(({ client }) => renewed.has(client))
      renewed.clear()
      return encodeEntries(entries)
    },
    everyone: () => encodeEntries(shown().filter(({ text }) => text !== gone)),
    get size() {
      return entryByClient.size
    },
  }
}

interface Shown {
  readonly client: number
  readonly clock: number
  readonly text: string
}

/** Undefined for nobody. */
export function encodeEntries(entries: readonly Shown[]): Uint8Array | undefined {
  if (entries.length === 0) return undefined
  const encoder = createEncoder()
  writeVarUint(encoder, entries.length)
  for (const { client, clock, text } of entries) {
    writeVarUint(encoder, client)
    writeVarUint(encoder, Math.max(clock, 0))
    writeVarString(encoder, text)
  }
  return toUint8Array(encoder)
}

export function parseEntries(bytes: Uint8Array): Shown[] | undefined {
  try {
    const decoder = createDecoder(bytes)
    const entries: Shown[] = []
    for (let count = readVarUint(decoder); count > 0; count--)
      entries.push({ client: readVarUint(decoder), clock: readVarUint(decoder), text: readVarString(decoder) })
    return hasContent(decoder) ? undefined : entries
  } catch {
    return undefined
  }
}

/** The state with the user the relay knows in place of the one the client names; undefined for what is no state. */
function signState(text: string, { account, name }: Identity): string | undefined {
  try {
    const state: unknown = JSON.parse(text)
    if (state === null) return gone
    if (typeof state !== 'object' || Array.isArray(state)) return undefined
    const user: unknown = 'user' in state ? state.user : undefined
    return JSON.stringify({ ...state, user: { ...(typeof user === 'object' ? user : undefined), account, name } })
  } catch {
    return undefined
  }
}
