/** What every provider promises, whatever the other place is. */
import type { Provider, ProviderStatus } from '@tongge/sync'
import { describe, expect, it } from 'vitest'
import { Doc } from 'yjs'

export interface ProviderPlace {
  attach(doc: Doc): Provider
  /** Resolves once nothing is on the way any more. */
  settled(): Promise<void>
  /** Makes the place refuse or vanish, where it can. */
  fail?(): Promise<void>
  close(): Promise<void>
}

const textOf = (doc: Doc): string => JSON.stringify(doc.getMap('entries').toJSON())

export function describeProvider(name: string, open: () => Promise<ProviderPlace>): void {
  const withPlace = async (work: (place: ProviderPlace) => Promise<void>): Promise<void> => {
    const place = await open()
    try {
      await work(place)
    } finally {
      await place.close()
    }
  }

  const untilCurrent = async (provider: Provider, place: ProviderPlace): Promise<void> => {
    while (provider.status().state !== 'current') {
      const changed = new Promise<void>((resolve) => {
        const undo = provider.onStatus(() => {
          undo()
          resolve()
        })
      })
      await place.settled()
      if (provider.status().state !== 'current') await changed
    }
  }

  describe(`${name} provider`, () => {
    it('[SYNC1] an edit made through one attachment is there for the next', () =>
      withPlace(async (place) => {
        const doc = new Doc()
        const provider = place.attach(doc)
        await provider.ready
        doc.getMap('entries').set('one', 1)
        await untilCurrent(provider, place)
        await provider.close()
        const again = new Doc()
        const second = place.attach(again)
        await second.ready
        await untilCurrent(second, place)
        expect(textOf(again)).toBe('{"one":1}')
        await second.close()
      }))

    it('[SYNC2] an edit made before the first load is neither lost nor in the way of what is there', () =>
      withPlace(async (place) => {
        const first = new Doc()
        const one = place.attach(first)
        await one.ready
        first.getMap('entries').set('old', true)
        await untilCurrent(one, place)
        await one.close()
        const doc = new Doc()
        doc.getMap('entries').set('before', 1)
        const provider = place.attach(doc)
        doc.getMap('entries').set('during', 2)
        await provider.ready
        await untilCurrent(provider, place)
        await provider.close()
        const again = new Doc()
        const second = place.attach(again)
        await second.ready
        await untilCurrent(second, place)
        expect(again.getMap('entries').toJSON()).toEqual({ old: true, before: 1, during: 2 })
        await second.close()
      }))

    it('[SYNC3] a provider calls nobody back before attach returns, and tells of every change until told to stop', () =>
      withPlace(async (place) => {
        const doc = new Doc()
        const provider = place.attach(doc)
        const seen: ProviderStatus['state'][] = []
        expect(provider.status().state).toMatch(/^(starting|offline)$/)
        const undo = provider.onStatus((status) => seen.push(status.state))
        expect(seen).toEqual([])
        await provider.ready
        await untilCurrent(provider, place)
        expect(seen.at(-1)).toBe('current')
        undo()
        const before = seen.length
        doc.getMap('entries').set('one', 1)
        await untilCurrent(provider, place)
        expect(seen.length).toBe(before)
        await provider.close()
      }))

    it('[SYNC4] closing twice is closing once, and edits after it stay out', () =>
      withPlace(async (place) => {
        const doc = new Doc()
        const provider = place.attach(doc)
        await provider.ready
        doc.getMap('entries').set('one', 1)
        await untilCurrent(provider, place)
        await Promise.all([provider.close(), provider.close()])
        await provider.close()
        doc.getMap('entries').set('late', 2)
        await place.settled()
        const again = new Doc()
        const second = place.attach(again)
        await second.ready
        await untilCurrent(second, place)
        expect(textOf(again)).toBe('{"one":1}')
        await second.close()
      }))

    it('[SYNC5] closing right after an edit does not lose it', () =>
      withPlace(async (place) => {
        const doc = new Doc()
        const provider = place.attach(doc)
        await provider.ready
        await untilCurrent(provider, place)
        doc.getMap('entries').set('last', 1)
        await provider.close()
        await place.settled()
        const again = new Doc()
        const second = place.attach(again)
        await second.ready
        await untilCurrent(second, place)
        expect(textOf(again)).toBe('{"last":1}')
        await second.close()
      }))
  })
}
