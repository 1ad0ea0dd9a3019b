import { decodeClientFrame, encodeFrame, type ClientFrame, type RelayFrame } from '@tongge/protocol'
import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from 'lib0/encoding'
import { expect, it } from 'vitest'
import { Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import { createManualClock, settle } from '../../../../test/support/fake-timers.ts'
import { createRelayLink, type CreateSocket, type RelaySocketEvents } from '../index.ts'

const boards = ['board/990101000001', 'board/990101000002'] as const

const message = (kind: number, body: Uint8Array): Uint8Array => {
  const encoder = createEncoder()
  writeVarUint(encoder, 0)
  writeVarUint(encoder, kind)
  writeVarUint8Array(encoder, body)
  return toUint8Array(encoder)
}

/** Edits one after the other, each building on those before it. */
function history(count: number): Uint8Array[] {
  const doc = new Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let index = 0; index < count; index++) doc.getArray('all').push([index])
  return updates
}

/** A link with a channel for each board, whose relay and unpacking are played by hand: "unpacked" is what the test says. */
function stage(packing = true): {
  link: ReturnType<typeof createRelayLink>
  clock: ReturnType<typeof createManualClock>
  docs: readonly [Doc, Doc]
  statuses(): unknown[]
  sockets: { events: RelaySocketEvents; frames: ClientFrame[]; closed: boolean }[]
  tell(frame: RelayFrame): void
  /** Ends the unpackings under way. */
  unpack(how: 'well' | 'badly'): Promise<void>
} {
  const clock = createManualClock()
  const sockets: ReturnType<typeof stage>['sockets'] = []
  const underWay: { well: () => void; badly: () => void }[] = []
  const createSocket: CreateSocket = (_url, _subprotocol, events) => {
    const socket = { events, frames: [] as ClientFrame[], closed: false }
    sockets.push(socket)
    return {
      send: (bytes) => {
        const frame = decodeClientFrame(bytes)
        if (frame) socket.frames.push(frame)
      },
      close: () => {
        socket.closed = true
      },
    }
  }
  const inflate = (bytes: Uint8Array): Promise<Uint8Array> =>
    new Promise((resolve, reject) =>
      underWay.push({ well: () => resolve(bytes), badly: () => reject(new Error('not a packed message')) }),
    )
  const link = createRelayLink({
    url: 'ws://relay/sync',
    createSocket,
    random: () => 0.5,
    now: clock.now,
    setTimer: clock.setTimer,
    ...(packing && { inflate }),
  })
  const docs = [new Doc(), new Doc()] as const
  const providers = docs.map((doc, index) => link.attach(boards[index] ?? '', doc))
  for (const { ready } of providers) ready.catch(() => undefined)
  link.connect()
  const tell = (frame: RelayFrame): void => sockets.at(-1)?.events.received(encodeFrame(frame))
  sockets[0]?.events.opened()
  for (const channel of [1, 2]) {
    tell({ type: 'opened', channel, write: true })
    tell({ type: 'data', channel, message: message(0, encodeStateVector(new Doc())) })
  }
  return {
    link,
    clock,
    docs,
    statuses: () => providers.map((provider) => provider.status()),
    sockets,
    tell,
    unpack: async (how) => {
      await settle()
      for (const each of underWay.splice(0)) each[how]()
      await settle()
    },
  }
}

it('[SYNC15] a link opens channels for packed messages exactly when it can unpack them', async () => {
  for (const packing of [true, false]) {
    const { link, sockets } = stage(packing)
    const opens = sockets[0]?.frames.filter(({ type }) => type === 'open')
    expect(opens).toEqual(
      boards.map((name, index) => ({ type: 'open', channel: index + 1, name, ...(packing && { unpacks: true }) })),
    )
    await link.close()
  }
})

it('[SYNC16] what follows a packed message on its channel waits for it, acknowledgements too; other channels do not', async () => {
  const { link, docs, tell, unpack, statuses } = stage()
  const [first = new Uint8Array(), second = new Uint8Array(), third = new Uint8Array()] = history(3)
  await settle()
  const seen: number[] = []
  docs[0].on('update', () => seen.push(docs[0].getArray('all').length))
  tell({ type: 'packed', channel: 1, deflated: message(2, first) })
  tell({ type: 'data', channel: 1, message: message(2, second) })
  tell({ type: 'packed', channel: 1, deflated: message(2, third) })
  tell({ type: 'data', channel: 1, message: message(1, encodeStateAsUpdate(new Doc())) })
  tell({ type: 'acknowledged', channel: 1, count: 1 })
  tell({ type: 'data', channel: 2, message: message(1, first) })
  tell({ type: 'acknowledged', channel: 2, count: 1 })
  expect([docs[0].getArray('all').length, docs[1].getArray('all').length]).toEqual([0, 1])
  expect(statuses()).toMatchObject([{ state: 'starting' }, { state: 'current' }])
  await unpack('well')
  expect(seen).toEqual([1, 2])
  await unpack('well')
  expect([seen, docs[0].getArray('all').toJSON()]).toEqual([
    [1, 2, 3],
    [0, 1, 2],
  ])
  expect(statuses()).toMatchObject([{ state: 'current' }, { state: 'current' }])
  tell({ type: 'data', channel: 1, message: message(2, history(1)[0] ?? new Uint8Array()) })
  expect(docs[0].getArray('all').length).toBe(4)
  await link.close()
})

it('[SYNC16] a line that waits for an unpacking is not silent, and one that was dropped hands on nothing more', async () => {
  const { link, clock, docs, sockets, tell, unpack } = stage()
  const [first = new Uint8Array()] = history(1)
  for (let round = 0; round < 5; round++) {
    tell({ type: 'packed', channel: 1, deflated: message(2, first) })
    clock.advance(10_000)
  }
  expect([sockets.length, link.status()]).toEqual([1, { state: 'online' }])
  sockets[0]?.events.closed(1006, '')
  await unpack('well')
  expect(docs[0].getArray('all').length).toBe(0)
  await link.close()
})

it('[SYNC14] a packed message that does not unpack, or was not asked for, ends the line', async () => {
  const { link, docs, sockets, tell, unpack } = stage()
  const [first = new Uint8Array(), second = new Uint8Array()] = history(2)
  tell({ type: 'packed', channel: 1, deflated: message(2, first) })
  tell({ type: 'data', channel: 1, message: message(2, second) })
  await unpack('badly')
  expect([sockets[0]?.closed, link.status(), docs[0].getArray('all').length]).toEqual([true, { state: 'offline' }, 0])
  await link.close()
  const plain = stage(false)
  plain.tell({ type: 'packed', channel: 1, deflated: message(2, first) })
  await settle()
  expect([plain.sockets[0]?.closed, plain.link.status()]).toEqual([true, { state: 'offline' }])
  await plain.link.close()
})
