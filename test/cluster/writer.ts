/** A device that writes without end, at whatever relay answers, and remembers what it was promised. */
import { closeReasons, mayRetry } from '@tongge/protocol'
import { setTimeout as delay } from 'node:timers/promises'
import * as Y from 'yjs'
import { createFrameClient, isStep2, type FrameClient } from '../relay/clients.ts'
import type { Dice } from '../relay/history.ts'

export interface WriterOptions {
  readonly name: string
  readonly document: string
  readonly dice: Dice
  /** The port of one of the relays; undefined while none runs. */
  readonly port: () => number | undefined
  /** Whether nobody writes for a moment. */
  readonly isResting: () => boolean
  /** Where to go when the document has begun anew; a writer that stays away from it returns the same. */
  readonly newest: (document: string) => Promise<string>
  /** An edit that was acknowledged, or that was seen of another. */
  readonly promised: (edit: string, how: 'acknowledged' | 'seen') => void
  readonly problem: (what: string) => void
}

export interface Writer {
  readonly document: string
  readonly doc: Y.Doc
  /** No more edits; resolves once all there are were acknowledged. */
  finish(): Promise<void>
  stop(): void
}

/** Milliseconds between two edits, at most. */
const pace = 12

export function startWriter({
  name,
  dice,
  port,
  isResting,
  newest,
  promised,
  problem,
  ...options
}: WriterOptions): Writer {
  let document = options.document
  let doc = new Y.Doc()
  const state = {
    edits: 0,
    acknowledged: 0,
    isWriting: true,
    isStopped: false,
    /** Once nothing waits any more it goes over to the next generation. */
    isSuperseded: false,
  }
  let client: FrameClient | undefined
  const nameOf = (edit: number): string => `${name}-${edit}`

  /** Until the line breaks. */
  const useLine = async (at: number): Promise<void> => {
    const mine = doc
    const line = await createFrameClient(`ws://127.0.0.1:${at}/sync`, { docs: new Map([[1, mine]]) })
    client = line
    /** How many edits each message that was sent brings up to. */
    const covered: number[] = []
    const over = Promise.withResolvers<number | undefined>()
    void line.closed.then(() => over.resolve(undefined))
    line.socket.on('message', () => {
      const frame = line.frames.at(-1)
      if (frame?.type === 'closed') over.resolve(frame.code)
      if (frame?.type !== 'acknowledged') return
      for (const until = covered[frame.count - 1] ?? 0; state.acknowledged < until; state.acknowledged++)
        promised(nameOf(state.acknowledged), 'acknowledged')
    })
    const send = (update: Uint8Array, origin: unknown): void => {
      if (origin === line.socket) return
      covered.push(state.edits)
      line.update(1, update)
    }
    line.open(1, document, mine)
    const isOpen = await Promise.race([line.untilFrame(isStep2).then(() => true), over.promise.then(() => false)])
    if (isOpen) {
      covered.push(state.edits)
      line.step2(1, Y.encodeStateAsUpdate(mine))
      mine.on('update', send)
    }
    const code = await over.promise
    mine.off('update', send)
    line.socket.terminate()
    if (code === closeReasons.superseded.code) state.isSuperseded = true
    else if (code !== undefined && !mayRetry(code)) problem(`${name}: ${document} was closed with ${code}`)
  }

  const goOver = async (): Promise<void> => {
    const next = await newest(document).catch(() => document)
    state.isSuperseded = false
    if (next === document) return
    document = next
    doc = watched(new Y.Doc())
    client?.socket.terminate()
  }

  const watched = (one: Y.Doc): Y.Doc => {
    one.getMap('edits').observe((event, { origin }) => {
      if (origin !== null) for (const key of event.keysChanged) promised(key, 'seen')
    })
    return one
  }
  doc = watched(doc)

  const connecting = (async () => {
    while (!state.isStopped) {
      const at = port()
      if (at !== undefined) await useLine(at).catch(() => undefined)
      await delay(20 + dice(60))
    }
  })()
  const writing = (async () => {
    while (state.isWriting) {
      await delay(dice(pace))
      if (state.isSuperseded) {
        if (state.acknowledged === state.edits) await goOver()
        continue
      }
      // What waits is bounded, as on a device that somebody looks at.
      if (isResting() || state.edits - state.acknowledged > 200) continue
      const edit = nameOf(state.edits++)
      doc.getMap('edits').set(edit, 'x'.repeat(dice(60)))
    }
  })()

  return {
    get document() {
      return document
    },
    get doc() {
      return doc
    },
    async finish() {
      state.isWriting = false
      await writing
      while (state.acknowledged < state.edits && !state.isStopped) await delay(20)
    },
    stop() {
      state.isStopped = true
      state.isWriting = false
      client?.socket.terminate()
      void connecting
    },
  }
}
