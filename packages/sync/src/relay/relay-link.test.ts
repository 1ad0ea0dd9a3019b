import {
  closeReasons,
  decodeClientFrame,
  encodeFrame,
  pieceBytes,
  type ClientFrame,
  type RelayFrame,
} from '@tongge/protocol'
import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding'
import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import { createManualClock, settle } from '../../../../test/support/fake-timers.ts'
import { createRelayLink, type CreateSocket, type LocalCopy, type RelayLink, type RelaySocketEvents } from '../index.ts'

process.setMaxListeners(0)

const board = 'board/990101000001'

const message = (kind: number, body: Uint8Array): Uint8Array => {
  const encoder = createEncoder()
  writeVarUint(encoder, 0)
  writeVarUint(encoder, kind)
  writeVarUint8Array(encoder, body)
  return toUint8Array(encoder)
}

/** The update in a y-websocket message. */
function readUpdate(bytes: Uint8Array): Uint8Array {
  const decoder = createDecoder(bytes)
  readVarUint(decoder)
  readVarUint(decoder)
  return readVarUint8Array(decoder)
}

interface PlayedSocket {
  readonly events: RelaySocketEvents
  readonly frames: ClientFrame[]
  closed: boolean
  buffered: number
}

/** A relay played by hand: the test sees every frame and answers itself. */
function stage(random = (): number => 0.5): {
  link: RelayLink
  clock: ReturnType<typeof createManualClock>
  sockets: PlayedSocket[]
  tell(frame: RelayFrame): void
  frames(type: ClientFrame['type']): ClientFrame[]
  /** Messages that carry edits. */
  edits(): number
  /** Opens the channel and goes through the first sync. */
  sync(channel?: number, write?: boolean): void
} {
  const clock = createManualClock()
  const sockets: PlayedSocket[] = []
  const createSocket: CreateSocket = (_url, _subprotocol, events) => {
    const socket: PlayedSocket = { events, frames: [], closed: false, buffered: 0 }
    sockets.push(socket)
    return {
      send: (bytes) => {
        const frame = decodeClientFrame(bytes)
        if (frame) socket.frames.push(frame)
      },
      buffered: () => socket.buffered,
      close: () => {
        socket.closed = true
      },
    }
  }
  const link = createRelayLink({
    url: 'ws://relay/sync',
    createSocket,
    random,
    now: clock.now,
    setTimer: clock.setTimer,
  })
  const current = (): (typeof sockets)[number] => {
    const socket = sockets.at(-1)
    if (!socket) throw new Error('no socket yet')
    return socket
  }
  const tell = (frame: RelayFrame): void => current().events.received(encodeFrame(frame))
  const frames = (type: ClientFrame['type']): ClientFrame[] => current().frames.filter((frame) => frame.type === type)
  return {
    link,
    clock,
    sockets,
    tell,
    frames,
    edits: () =>
      frames('data').filter((frame) => frame.type === 'data' && frame.message[0] === 0 && frame.message[1] !== 0)
        .length,
    sync: (channel = 1, write = true) => {
      tell({ type: 'opened', channel, write })
      tell({ type: 'data', channel, message: message(0, encodeStateVector(new Doc())) })
      tell({ type: 'data', channel, message: message(1, encodeStateAsUpdate(new Doc())) })
    },
  }
}

function localCopy(): LocalCopy & { save: () => void; acked: number[]; mark: number } {
  let release: (() => void)[] = []
  const own = {
    acked: [] as number[],
    mark: 0,
    durable: () => new Promise<void>((resolve) => release.push(resolve)),
    markSent: () => own.mark,
    acknowledged: (mark: number) => void own.acked.push(mark),
    save: () => {
      for (const each of release) each()
      release = []
    },
  }
  return own
}

describe('the relay link', () => {
  it('[SYNC6] an edit leaves for the relay only after this device has it on disk', async () => {
    const { link, sockets, sync, edits } = stage()
    const doc = new Doc()
    const local = localCopy()
    link.attach(board, doc, local)
    link.connect()
    sockets[0]?.events.opened()
    sync()
    doc.getMap('notices').set('one', 1)
    await settle()
    expect(edits()).toBe(0)
    local.save()
    await settle()
    local.save()
    await settle()
    expect(edits()).toBe(2)
    await link.close()
  })

  it('[SYNC7] an edit counts as synced when the relay acknowledged the message that carried it, not before', async () => {
    const { link, sockets, sync, tell } = stage()
    const doc = new Doc()
    const provider = link.attach(board, doc)
    link.connect()
    sockets[0]?.events.opened()
    sync()
    await settle()
    expect(provider.status()).toEqual({ state: 'behind', pending: 1 })
    tell({ type: 'acknowledged', channel: 1, count: 1 })
    expect(provider.status()).toEqual({ state: 'current' })
    doc.getMap('notices').set('one', 1)
    doc.getMap('notices').set('two', 2)
    await settle()
    expect(provider.status()).toEqual({ state: 'behind', pending: 2 })
    tell({ type: 'acknowledged', channel: 1, count: 2 })
    expect(provider.status()).toEqual({ state: 'behind', pending: 1 })
    tell({ type: 'acknowledged', channel: 1, count: 3 })
    expect(provider.status()).toEqual({ state: 'current' })
    await link.close()
  })

  it('[SYNC7] marks come back in order, and an acknowledgement of more than was sent is not believed', async () => {
    const { link, sockets, sync, tell } = stage()
    const doc = new Doc()
    const local = localCopy()
    const open = { ...local, durable: () => Promise.resolve(), markSent: () => ++local.mark }
    link.attach(board, doc, open)
    link.connect()
    sockets[0]?.events.opened()
    sync()
    doc.getMap('notices').set('one', 1)
    await settle()
    tell({ type: 'acknowledged', channel: 1, count: 9 })
    expect(local.acked).toEqual([])
    tell({ type: 'acknowledged', channel: 1, count: 1 })
    tell({ type: 'acknowledged', channel: 1, count: 2 })
    tell({ type: 'acknowledged', channel: 1, count: 2 })
    expect(local.acked).toEqual([1, 2])
    await link.close()
  })

  it('[SYNC8] edits made before the relay asked for our state go with that state, so that nothing builds on what it lacks', async () => {
    const { link, sockets, tell, edits, frames } = stage()
    const doc = new Doc()
    doc.getMap('notices').set('offline', 1)
    link.attach(board, doc)
    link.connect()
    sockets[0]?.events.opened()
    tell({ type: 'opened', channel: 1, write: true })
    doc.getMap('notices').set('online', 2)
    await settle()
    expect(edits()).toBe(0)
    tell({ type: 'data', channel: 1, message: message(0, encodeStateVector(new Doc())) })
    await settle()
    expect(edits()).toBe(1)
    const there = new Doc()
    for (const frame of frames('data'))
      if (frame.type === 'data' && frame.message[1] === 1)
        applyUpdate(there, frame.message.subarray(frame.message.length - encodeStateAsUpdate(doc).length))
    expect(there.getMap('notices').toJSON()).toEqual({ offline: 1, online: 2 })
    await link.close()
  })

  it.each([
    [closeReasons.forbidden.code, 'forbidden'],
    [closeReasons.unknownDocument.code, 'absent'],
    [closeReasons.readOnly.code, 'readOnly'],
    [closeReasons.tooLarge.code, 'tooLarge'],
    [closeReasons.refused.code, 'refused'],
  ])('[SYNC9] a channel closed with %i has failed (%s) and is not opened again', async (code, reason) => {
    const { link, sockets, tell, clock, frames } = stage()
    const provider = link.attach(board, new Doc())
    link.connect()
    sockets[0]?.events.opened()
    tell({ type: 'closed', channel: 1, code, reason: '' })
    await expect(provider.ready).rejects.toMatchObject({ reason })
    expect(provider.status()).toEqual({ state: 'failed', reason, pending: 0 })
    clock.advance(25_000)
    expect([frames('open').length, link.status().state]).toEqual([1, 'online'])
    await link.close()
  })

  it('[SYNC17] pieces wait for the line and for the budget of the relay, small edits of other documents do not', async () => {
    const { link, sockets, sync, clock, frames, edits, tell } = stage()
    const [doc, other] = [new Doc(), new Doc()]
    const provider = link.attach('meeting/large', doc)
    link.attach('meeting/small', other)
    link.connect()
    const socket = sockets[0]
    socket?.events.opened()
    sync(1)
    sync(2)
    await settle()
    if (socket) socket.buffered = pieceBytes + 1
    doc.getMap('m').set('photo', 'x'.repeat(20 * 1024 * 1024))
    await settle()
    expect(frames('piece').length).toBe(0)
    if (socket) socket.buffered = 0
    clock.advance(50)
    await settle(100)
    const atOnce = frames('piece').length
    expect(atOnce * pieceBytes).toBeGreaterThan(14 * 1024 * 1024)
    expect(atOnce * pieceBytes).toBeLessThan(16 * 1024 * 1024)
    const before = edits()
    other.getMap('m').set('typed meanwhile', 1)
    await settle()
    expect(edits()).toBe(before + 1)
    for (let turn = 0; turn < 100; turn++) {
      clock.advance(50)
      await settle()
    }
    const pieces = frames('piece').flatMap((frame) => (frame.type === 'piece' ? [frame] : []))
    expect(pieces.at(-1)?.left).toBe(0)
    tell({ type: 'acknowledged', channel: 1, count: 1 })
    expect(provider.status()).toEqual({ state: 'behind', pending: 1 })
    tell({ type: 'acknowledged', channel: 1, count: 2 })
    expect(provider.status()).toEqual({ state: 'current' })
    const whole = Buffer.concat(pieces.map(({ bytes }) => bytes))
    expect([whole[0], whole[1]]).toEqual([0, 2])
    const copy = new Doc()
    applyUpdate(copy, readUpdate(whole))
    expect(copy.getMap('m').get('photo')).toBe(doc.getMap('m').get('photo'))
    await link.close()
  })

  it('[SYNC17] of a message that a line has not taken whole nothing counts, and all of it goes over the next line', async () => {
    const { link, sockets, sync, clock, frames, tell } = stage()
    const doc = new Doc()
    const provider = link.attach(board, doc)
    link.connect()
    sockets[0]?.events.opened()
    sync()
    await settle()
    if (sockets[0]) sockets[0].buffered = pieceBytes + 1
    doc.getMap('m').set('photo', 'x'.repeat(pieceBytes))
    await settle()
    sockets[0]?.events.closed(1006, '')
    clock.advance(1000)
    sockets[1]?.events.opened()
    sync()
    await settle(20)
    expect(frames('piece').map((frame) => frame.type === 'piece' && frame.left === 0)).toEqual([false, true])
    tell({ type: 'acknowledged', channel: 1, count: 1 })
    expect(provider.status()).toEqual({ state: 'current' })
    expect(sockets[0]?.frames.filter(({ type }) => type === 'piece')).toEqual([])
    await link.close()
  })

  it('[SYNC18] a line that ends because a frame was too large is not dialled again', async () => {
    const { link, sockets, clock } = stage()
    const provider = link.attach(board, new Doc())
    link.connect()
    sockets[0]?.events.opened()
    sockets[0]?.events.closed(1009, '')
    await expect(provider.ready).rejects.toMatchObject({ reason: 'tooLarge' })
    clock.advance(100_000)
    expect([sockets.length, link.status()]).toEqual([1, { state: 'stopped', reason: 'tooLarge' }])
    await link.close()
  })

  it('[SYNC9] a channel closed for the moment is opened again after a while, under a fresh number', async () => {
    const { link, sockets, tell, clock, frames } = stage()
    link.attach(board, new Doc())
    link.connect()
    sockets[0]?.events.opened()
    tell({ type: 'closed', channel: 1, code: closeReasons.storage.code, reason: '' })
    expect(frames('open')).toHaveLength(1)
    clock.advance(500)
    expect(frames('open')).toEqual([
      { type: 'open', channel: 1, name: board },
      { type: 'open', channel: 2, name: board },
    ])
    await link.close()
  })

  it('[SYNC10] the end of the session stops the link until somebody connects it again', async () => {
    const { link, sockets, tell, clock, sync } = stage()
    const provider = link.attach(board, new Doc())
    link.connect()
    sockets[0]?.events.opened()
    tell({ type: 'closed', channel: 1, code: closeReasons.signedOut.code, reason: '' })
    expect([link.status(), provider.status()]).toEqual([
      { state: 'stopped', reason: 'signedOut' },
      { state: 'failed', reason: 'signedOut', pending: 0 },
    ])
    clock.advance(100_000)
    link.nudge()
    expect(sockets).toHaveLength(1)
    link.connect()
    sockets[1]?.events.opened()
    sync()
    await settle()
    tell({ type: 'acknowledged', channel: 1, count: 1 })
    expect(provider.status()).toEqual({ state: 'current' })
    await link.close()
  })

  it('[SYNC11] tries come at growing, spread-out distances; a nudge does not wait for them', () => {
    const { link, sockets, clock } = stage(() => 0)
    link.connect()
    const waits: number[] = []
    for (let attempt = 0; attempt < 8; attempt++) {
      sockets.at(-1)?.events.closed(1006, '')
      const before = clock.now()
      const count = sockets.length
      while (sockets.length === count) clock.advance(50)
      waits.push(clock.now() - before)
    }
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000])
    sockets.at(-1)?.events.closed(1006, '')
    expect(link.status()).toEqual({ state: 'offline' })
    link.nudge()
    expect(link.status()).toEqual({ state: 'connecting' })
    link.disconnect()
  })

  it('[SYNC12] a line silent for half a minute is dropped; the relay’s sign of life keeps it', () => {
    const { link, sockets, clock, tell } = stage()
    link.connect()
    sockets[0]?.events.opened()
    for (let round = 0; round < 10; round++) {
      clock.advance(10_000)
      tell({ type: 'alive' })
    }
    expect(link.status().state).toBe('online')
    clock.advance(40_000)
    expect(sockets[0]?.closed).toBe(true)
    expect(sockets.length).toBeGreaterThan(1)
    link.disconnect()
  })

  it('[SYNC13] a document that may only be read sends no edits, and says so when there are some', async () => {
    const { link, sockets, sync, edits } = stage()
    const doc = new Doc()
    const provider = link.attach(board, doc)
    link.connect()
    sockets[0]?.events.opened()
    sync(1, false)
    await settle()
    expect([provider.write, provider.status()]).toEqual([false, { state: 'current' }])
    doc.getMap('notices').set('one', 1)
    await settle()
    expect([edits(), provider.status()]).toEqual([0, { state: 'failed', reason: 'readOnly', pending: 1 }])
    await link.close()
  })

  it('[SYNC14] a frame that cannot be read ends the line, since it may have been an edit', () => {
    const { link, sockets } = stage()
    link.connect()
    sockets[0]?.events.opened()
    sockets[0]?.events.received(Uint8Array.of(9, 9, 9))
    expect([sockets[0]?.closed, link.status()]).toEqual([true, { state: 'offline' }])
    link.disconnect()
  })
})
