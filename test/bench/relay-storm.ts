/** P4, P5 and P6: everybody joins at once, everybody comes back after a restart, and what an open document weighs. */
import { setTimeout as delay } from 'node:timers/promises'
import * as Y from 'yjs'
import { join, openServer, type Client, type OpenServer } from './relay-clients.ts'
import { ledgerName, makeHousehold, makeLedger } from './relay-ledger.ts'
import { alternate, compare, median, seconds, whole } from './relay-report.ts'

const kinds = ['tongge', 'hocuspocus'] as const
const seedBytes = 1_000_000

interface Storm {
  /** Times in seconds, until the last client has everything. */
  readonly cold: number
  readonly warm: number
  readonly reconnect: number
  /** Bytes each reconnecting client received, with nothing new. */
  readonly reconnectBytes: number
  /** Bytes to and from one who comes back with one edit made meanwhile, alone in the document. */
  readonly ownEditBytes: number
  readonly ownEditSent: number
  /** Bytes to one who comes back when somebody else made one edit. */
  readonly missedEditBytes: number
  /** Megabytes. */
  readonly memoryPerDocument: number
}

export async function measureStorm(isFull: boolean): Promise<void> {
  const size = isFull ? { documents: 20, clients: 400 } : { documents: 8, clients: 80 }
  const seed = makeLedger(seedBytes)
  const servers = { tongge: await openServer('tongge'), hocuspocus: await openServer('hocuspocus') } as const
  const name = (index: number): string => ledgerName(index % size.documents)
  for (const kind of kinds) {
    const { server } = servers[kind]
    const fillers = await Promise.all(Array.from({ length: size.documents }, (_, index) => join(server, name(index))))
    for (const filler of fillers) filler.sendUpdate(seed)
    // Longer than the debounce after which hocuspocus stores.
    await delay(11_000)
    for (const filler of fillers) filler.close()
  }
  // What the documents hold, which each round adds an edit to.
  const docs = { tongge: docOf(seed), hocuspocus: docOf(seed) } as const
  const all = await alternate(kinds, 5, (kind) => storm(servers[kind], docs[kind], name, size))
  for (const kind of kinds) await servers[kind].close()
  const of = (kind: (typeof kinds)[number], key: keyof Storm): number => median(all[kind].map((one) => one[key]))
  const who = `${size.clients} clients, ${size.documents} x 1 MB`
  for (const [id, what, key, show, most] of [
    ['P4', `${who}, all join, cold`, 'cold', seconds, 0.25],
    ['P4', `${who}, all join, warm`, 'warm', seconds, 0.25],
    ['P5', `${who}, all back after a restart`, 'reconnect', seconds, 0.25],
    ['P5', 'bytes to each of them', 'reconnectBytes', whole, 0.01],
    ['P5', 'bytes to one who is back with a household more', 'ownEditBytes', whole, undefined],
    ['P5', 'bytes from them', 'ownEditSent', whole, undefined],
    ['P5', 'bytes to one who is back after one edit of another', 'missedEditBytes', whole, undefined],
    ['P6', 'memory of an open 1 MB document, MB', 'memoryPerDocument', (value: number) => value.toFixed(1), 0.5],
  ] as const)
    compare(id, what, {
      ours: of('tongge', key),
      theirs: of('hocuspocus', key),
      peer: 'hocuspocus',
      show,
      ...(most !== undefined && { most }),
    })
}

function docOf(update: Uint8Array): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  return doc
}

/** Households added so far. */
let added = 0

async function storm(
  { restart }: OpenServer,
  doc: Y.Doc,
  name: (index: number) => string,
  size: { readonly documents: number; readonly clients: number },
): Promise<Storm> {
  let server = await restart()
  const everyone = async (
    count: number,
    state?: Uint8Array,
    answer?: Uint8Array,
  ): Promise<{ seconds: number; clients: (Client & { received: number })[] }> => {
    const start = performance.now()
    const joins = Array.from({ length: count }, (_, index) => join(server, name(index), state, answer))
    const clients = await Promise.all(joins)
    return { seconds: (performance.now() - start) / 1000, clients }
  }
  const close = async (clients: readonly Client[]): Promise<void> => {
    for (const client of clients) client.close()
    await delay(500)
  }
  const empty = server.memory()
  const loaders = await everyone(size.documents)
  const memoryPerDocument = (server.memory() - empty) / size.documents
  await close(loaders.clients)
  server = await restart()
  const cold = await everyone(size.clients)
  const expected = Y.encodeStateAsUpdate(doc).length
  if (cold.clients.some(({ received }) => received < expected * 0.95))
    throw new Error(`${server.kind} lost documents: nothing to compare`)
  const warm = await everyone(size.clients)
  await close([...cold.clients, ...warm.clients])
  server = await restart()
  const state = Y.encodeStateVector(doc)
  const again = await everyone(size.clients, state, Y.encodeStateAsUpdate(doc, state))
  await close(again.clients)
  Y.applyUpdate(doc, makeHousehold(added++))
  const back = async (answer?: Uint8Array): Promise<{ readonly received: number; readonly sent: number }> => {
    const { clients } = await everyone(size.documents, state, answer)
    await delay(1_000)
    await close(clients)
    const mean = (key: 'bytes' | 'sent'): number => clients.reduce((sum, one) => sum + one[key], 0) / clients.length
    return { received: mean('bytes'), sent: mean('sent') }
  }
  const own = await back(Y.encodeStateAsUpdate(doc, state))
  const missed = await back()
  return {
    cold: cold.seconds,
    warm: warm.seconds,
    reconnect: again.seconds,
    reconnectBytes: again.clients.reduce((sum, { bytes }) => sum + bytes, 0) / again.clients.length,
    ownEditBytes: own.received,
    ownEditSent: own.sent,
    missedEditBytes: missed.received,
    memoryPerDocument,
  }
}
