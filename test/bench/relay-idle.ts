/** P6 and P8: what clients cost that only sit there. */
import { setTimeout as delay } from 'node:timers/promises'
import { createEncoder, toUint8Array, writeVarString, writeVarUint } from 'lib0/encoding'
import { connect, join, openServer, type Client } from './relay-clients.ts'
import { compare, print } from './relay-report.ts'
import type { Kind } from './relay-servers.ts'

const peers = ['yws', 'hocuspocus'] as const
/** A stock client renews its presence this often. */
const renewMs = 15_000

export async function measureConnections(isFull: boolean): Promise<void> {
  const count = isFull ? 2000 : 500
  const ours = await connectionBytes('tongge', count)
  const theirs = await connectionBytes('yws', count)
  const show = (value: number): string => `${(value / 1024).toFixed(1)} KiB`
  print({
    id: 'P6',
    what: `memory of an idle connection, of ${count}`,
    ours: show(ours),
    theirs: `yws ${show(theirs)}`,
    ratio: ours / theirs,
    target: '<= 10 KiB',
    isMet: ours <= 10 * 1024,
  })
}

export async function measureIdleRoom(isFull: boolean): Promise<void> {
  const size = isFull ? { clients: 400, ms: 60_000 } : { clients: 400, ms: 20_000 }
  const ours = await idleRoom('tongge', size)
  for (const peer of peers) {
    const theirs = await idleRoom(peer, size)
    const most = peer === 'yws' ? { most: 0.1 } : {}
    for (const [what, key, show] of [
      ['frames', 'frames', (value: number) => value.toFixed(2)],
      ['bytes', 'bytes', (value: number) => value.toFixed(0)],
    ] as const) {
      const figures = { ours: ours[key], theirs: theirs[key], peer, show, ...most }
      compare('P8', `${size.clients} idle clients in a room, ${what}/s to each`, figures)
    }
  }
}

/** Resident bytes for each of `count` clients that joined empty documents, beyond the first hundred. */
async function connectionBytes(kind: Kind, count: number): Promise<number> {
  const opened = await openServer(kind)
  const clients: Client[] = []
  const add = async (more: number): Promise<number> => {
    for (let left = more; left > 0; left--) clients.push(await join(opened.server, `meeting/m${left % 20}`))
    await delay(2000)
    opened.server.collect()
    await delay(1000)
    return opened.server.memory() * 1024 * 1024
  }
  const before = await add(100)
  const after = await add(count)
  for (const client of clients) client.close()
  await opened.close()
  return (after - before) / count
}

/** Frames and bytes a second that one of many idle clients hears. */
async function idleRoom(
  kind: Kind,
  size: { readonly clients: number; readonly ms: number },
): Promise<{ readonly frames: number; readonly bytes: number }> {
  const opened = await openServer(kind)
  const clients: Client[] = []
  for (let index = 0; index < size.clients; index++) clients.push(await connect(opened.server, 'meeting/hall'))
  for (const [index, client] of clients.entries()) client.sendAwareness(entryOf(10_000 + index, 1))
  const frames = (): number => clients.reduce((total, client) => total + client.frames, 0)
  // All that the coming of so many brought about has been said.
  for (let before = -1; before !== frames(); await delay(1000)) before = frames()
  for (const client of clients) client.frames = client.bytes = 0
  const start = performance.now()
  const renew = async (client: Client, index: number): Promise<void> => {
    // Spread over the interval, as clients that came one after the other are.
    await delay((renewMs * index) / clients.length)
    for (let clock = 2; performance.now() - start < size.ms; clock++) {
      client.sendAwareness(entryOf(10_000 + index, clock))
      await delay(renewMs)
    }
  }
  void Promise.all(clients.map(renew))
  await delay(size.ms)
  const seconds = (performance.now() - start) / 1000
  const mean = (pick: (client: Client) => number): number =>
    clients.reduce((total, client) => total + pick(client), 0) / clients.length / seconds
  const result = { frames: mean(({ frames }) => frames), bytes: mean(({ bytes }) => bytes) }
  for (const client of clients) client.close()
  await opened.close()
  return result
}

/** As the app tells it, and as our relay would write it if it were told otherwise. */
const state = JSON.stringify({ user: { account: 'ada', name: 'Ada' } })

function entryOf(client: number, clock: number): Uint8Array {
  const encoder = createEncoder()
  writeVarUint(encoder, 1)
  writeVarUint(encoder, client)
  writeVarUint(encoder, clock)
  writeVarString(encoder, state)
  return toUint8Array(encoder)
}
