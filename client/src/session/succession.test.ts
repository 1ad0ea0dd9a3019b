import { generationName } from '@tongge/protocol'
import { ProviderFailure, type LinkStatus } from '@tongge/sync'
import { expect, test } from 'vitest'
import { createManualClock, settle } from '../../../test/support/fake-timers.ts'
import { askAfterAbsence, createSuccession } from './succession.ts'

const older = 'grid/990101001001001/ledger'
const newer = generationName(older, 2)
const documentOf = (name: string, unsent = () => 0) => ({
  name,
  disk: { ready: Promise.resolve() },
  vault: {
    durable: () => Promise.resolve(),
    unsent,
    onWaiting: (listener: () => void) => {
      const timer = setInterval(listener)
      return () => clearInterval(timer)
    },
  },
  relay: { ready: Promise.resolve() },
})

/** A session with the older generation open, on a disk that refuses the first writes. */
function openOver({ refusals }: { readonly refusals: number }) {
  const clock = createManualClock()
  const marked: string[] = []
  let left = refusals
  let restarts = 0
  const set = async (key: string): Promise<void> => {
    if (left-- > 0) throw new ProviderFailure('quota', 'full')
    marked.push(key)
  }
  const succession = createSuccession({
    vault: { set },
    documents: [documentOf(older)],
    open: (grants) => grants.map(({ name }) => documentOf(name)),
    seat: { ready: async () => true, stay: async () => undefined },
    calm: async () => undefined,
    restart: () => restarts++,
    setTimer: clock.setTimer,
  })
  succession.prepare([{ name: newer, write: true }])
  return { clock, succession, marked, restarts: () => restarts }
}

test('[GEN6] a device whose disk refuses something while a newer generation comes goes over once the disk takes it', async () => {
  const { clock, marked, restarts } = openOver({ refusals: 2 })
  await settle()
  expect(restarts()).toBe(0)
  for (let tries = 0; tries < 2; tries++) {
    clock.advance(clock.next() ?? 0)
    await settle()
  }
  expect([marked, restarts(), clock.next()]).toEqual([[`whole/${newer}`], 1, undefined])
})

test('[GEN9] what is written in the older generation until all tabs are ready is sent before they go over', async () => {
  let unsent = 0
  const told: string[] = []
  const succession = createSuccession({
    vault: { set: async () => undefined },
    documents: [documentOf(older, () => unsent)],
    open: (grants) => grants.map(({ name }) => documentOf(name)),
    seat: {
      ready: async () => {
        if (told.length === 0) unsent = 1
        return told.push('ready') > 0
      },
      stay: async () => void told.push('stay'),
    },
    calm: async () => undefined,
    restart: () => told.push('restart'),
    setTimer: createManualClock().setTimer,
  })
  succession.prepare([{ name: newer, write: true }])
  await settle()
  expect(told).toEqual(['ready', 'stay'])
  unsent = 0
  while (told.length < 4) await new Promise((resolve) => setTimeout(resolve))
  expect(told).toEqual(['ready', 'stay', 'ready', 'restart'])
})

test('[GEN6] a session that is closed does not go over any more', async () => {
  const { clock, succession, restarts } = openOver({ refusals: 1 })
  await settle()
  succession.dispose()
  clock.advance(10 * 60_000)
  await settle()
  expect(restarts()).toBe(0)
})

test('[GEN6] a device asks what is newest whenever its line is up again, however it went, and not at its first contact', () => {
  const asked = (...states: LinkStatus['state'][]): number => {
    let count = 0
    let say: (status: LinkStatus) => void = () => undefined
    askAfterAbsence({ onStatus: (listener) => ((say = listener), () => undefined) }, () => count++)
    for (const state of states) say({ state })
    return count
  }
  expect([
    asked('connecting', 'online'),
    asked('connecting', 'offline', 'connecting', 'online'),
    asked('connecting', 'online', 'offline', 'connecting', 'online'),
    asked('connecting', 'online', 'connecting', 'online'),
    asked('connecting', 'online', 'stopped', 'connecting', 'online', 'online'),
  ]).toEqual([0, 1, 1, 1, 1])
})
