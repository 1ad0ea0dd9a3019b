import { expect, test } from 'vitest'
import { markWhole, standingsOf, unmarkWhole } from './generations.ts'

const ledger = 'grid/990101001001001/ledger'

function store(documents: readonly string[], unsent: readonly string[] = []) {
  const settings = new Map<string, unknown>()
  return {
    documents: async () => [...documents],
    unsent: async () => unsent.map((document) => ({ document, subjects: [], update: new Uint8Array() })),
    get: async (key: string) => settings.get(key),
    set: async (key: string, value: unknown) => void settings.set(key, value),
  }
}

test('[GEN5] a newer generation takes over once all of it is on the device, and the older ones are of no more use', async () => {
  const device = store([ledger, `${ledger}/g2`, 'grid/990101001001001/sensitive'])
  expect(await standingsOf(device, [`${ledger}/g2`])).toEqual([
    { granted: `${ledger}/g2`, current: ledger, ahead: [`${ledger}/g2`], surplus: [] },
  ])
  await markWhole(device, `${ledger}/g2`)
  expect(await standingsOf(device, [`${ledger}/g2`])).toEqual([
    { granted: `${ledger}/g2`, current: `${ledger}/g2`, ahead: [], surplus: [ledger] },
  ])
})

test('[GEN5] what was fetched of the newer one counts no more once the older is worked in again', async () => {
  const device = store([ledger, `${ledger}/g2`])
  await markWhole(device, `${ledger}/g2`)
  await unmarkWhole(device, `${ledger}/g2`)
  expect(await standingsOf(device, [`${ledger}/g2`])).toMatchObject([{ current: ledger }])
})

test('[GEN5] while edits of an older generation wait for the relay, it is the one to work in', async () => {
  const device = store([ledger, `${ledger}/g2`], [ledger])
  await markWhole(device, `${ledger}/g2`)
  expect(await standingsOf(device, [`${ledger}/g2`])).toMatchObject([{ current: ledger, surplus: [] }])
})

test('[GEN5] of several generations the one with waiting edits is worked in, however many newer ones are whole', async () => {
  const device = store([ledger, `${ledger}/g2`, `${ledger}/g3`, `${ledger}/g4`], [`${ledger}/g2`])
  for (const name of [ledger, `${ledger}/g3`, `${ledger}/g4`]) await markWhole(device, name)
  expect(await standingsOf(device, [`${ledger}/g4`])).toEqual([
    {
      granted: `${ledger}/g4`,
      current: `${ledger}/g2`,
      ahead: [`${ledger}/g4`, `${ledger}/g3`],
      surplus: [ledger],
    },
  ])
})

test('[GEN9] all tabs of a browser work in one generation: the one that another tab works in', async () => {
  const device = store([ledger, `${ledger}/g2`])
  await markWhole(device, `${ledger}/g2`)
  expect(await standingsOf(device, [`${ledger}/g2`], [ledger])).toMatchObject([{ current: ledger }])
  expect(await standingsOf(device, [`${ledger}/g2`], [`${ledger}/g2`])).toMatchObject([{ current: `${ledger}/g2` }])
  expect(await standingsOf(store([]), [`${ledger}/g2`], [ledger])).toMatchObject([{ current: ledger }])
})

test('[GEN5] of several older generations the newest that is whole goes on', async () => {
  const device = store([ledger, `${ledger}/g2`, `${ledger}/g10`])
  await markWhole(device, `${ledger}/g2`)
  expect(await standingsOf(device, [`${ledger}/g11`])).toMatchObject([{ current: `${ledger}/g2` }])
  expect(await standingsOf(store([]), [`${ledger}/g11`])).toMatchObject([{ current: `${ledger}/g11` }])
})
