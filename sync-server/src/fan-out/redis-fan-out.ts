/** Relays tell each other through a channel of Redis or Valkey. While it cannot be reached notices are lost, which is nothing but a delay. */
import { createClient } from '@redis/client'
import { randomUUID } from 'node:crypto'
import type { FanOut, Logger, Notice } from '../ports.ts'
import { noticeText, readNotice } from './notice-text.ts'

export interface RedisFanOutOptions {
  /** `redis://user:password@host:port`, or `rediss:` for TLS. */
  readonly url: string
  /** Relays of one log share it, those of another must not. */
  readonly channel: string
  readonly logger: Logger
}

const longestPauseMs = 2000

/** Does not wait for Redis: it connects, and connects again, by itself. */
export function createRedisFanOut({ url, channel, logger }: RedisFanOutOptions): FanOut {
  const id = randomUUID()
  const speaking = createClient({
    url,
    // What is told late is of no use.
    disableOfflineQueue: true,
    socket: { reconnectStrategy: (tries) => Math.min(50 * 2 ** tries, longestPauseMs) },
  })
  const listening = speaking.duplicate({ disableOfflineQueue: false })
  let hear: (notice: Notice) => void = () => undefined
  let isDown = false
  let isClosed = false

  const note = (error: unknown): void => {
    if (isDown || isClosed) return
    isDown = true
    logger.warn({ error: error instanceof Error ? error.message : 'unknown' }, 'other relays cannot be told at once')
  }
  for (const client of [speaking, listening]) client.on('error', note)
  speaking.on('ready', () => {
    if (isDown) logger.info({}, 'other relays are told again')
    isDown = false
  })
  const receive = (text: string): void => {
    const told = readNotice(text)
    if (told && told.from !== id) hear(told.notice)
  }
  void speaking.connect().catch(note)
  void listening
    .connect()
    .then(() => listening.subscribe(channel, receive))
    .catch(note)

  return {
    tell(notice) {
      if (speaking.isReady) void speaking.publish(channel, noticeText(id, notice)).catch(note)
    },
    listen: (heard) => void (hear = heard),
    async close() {
      isClosed = true
      for (const client of [speaking, listening]) if (client.isOpen) client.destroy()
    },
  }
}
