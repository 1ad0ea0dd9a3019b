import 'fake-indexeddb/auto'
import { IDBFactory as FakeFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, it } from 'vitest'
import { Doc } from 'yjs'
import { createManualClock } from '../../../test/support/fake-timers.ts'
import { createIndexeddbProvider, openVault } from './index.ts'

const clock = createManualClock()
const setTimer = (callback: () => void, milliseconds: number): (() => void) => clock.setTimer(callback, milliseconds)

/** A browser that refuses to open any database. */
const refusing = {
  open: () => {
    const request = new EventTarget() as EventTarget & { error?: DOMException }
    request.error = new DOMException('storage is off', 'SecurityError')
    queueMicrotask(() => request.dispatchEvent(new Event('error')))
    return request
  },
} as unknown as IDBFactory

describe('where the library is silent', () => {
  beforeEach(() => {
    globalThis.indexedDB = new FakeFactory()
  })

  it('[SAVE10] a database that does not open rejects and is a status, instead of waiting for ever', async () => {
    const doc = new Doc()
    const provider = createIndexeddbProvider('board', doc, { indexedDB: refusing, setTimer })
    await expect(provider.ready).rejects.toMatchObject({ reason: 'denied' })
    doc.getMap('notices').set('one', 1)
    expect(provider.status()).toEqual({ state: 'failed', reason: 'denied', pending: 0 })
    await expect(provider.durable()).rejects.toMatchObject({ reason: 'denied' })
    await provider.close()
  })

  it('[SAVE10] a database taken away does not throw into the edit, and is a status', async () => {
    const doc = new Doc()
    const provider = createIndexeddbProvider('board', doc, { indexedDB: globalThis.indexedDB, setTimer })
    await provider.ready
    await new Promise((resolve) => globalThis.indexedDB.deleteDatabase('board').addEventListener('success', resolve))
    doc.getMap('notices').set('one', 1)
    expect(provider.status()).toMatchObject({ state: 'failed', reason: 'lost' })
    await provider.close()
  })

  it('[SAVE10] a load that takes too long fails in words', async () => {
    const silent = { open: () => new EventTarget() } as unknown as IDBFactory
    const provider = createIndexeddbProvider('board', new Doc(), { indexedDB: silent, setTimer, patience: 1_000 })
    clock.advance(1_000)
    await expect(provider.ready).rejects.toMatchObject({ reason: 'lost' })
  })

  it('[SAVE11] a vault that cannot be opened at all says so at once', async () => {
    await expect(openVault({ name: 'test', indexedDB: refusing, now: () => 0 })).rejects.toMatchObject({
      reason: 'denied',
    })
  })
})
