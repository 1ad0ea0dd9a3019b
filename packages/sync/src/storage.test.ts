import { expect, it } from 'vitest'
import { askPersistence, storageEstimate } from './storage.ts'

it('[SAVE8] asking for persistent storage answers with a value whatever the browser does', async () => {
  expect(await askPersistence(undefined)).toBe('unsupported')
  expect(await askPersistence({ persisted: async () => true, persist: async () => false })).toBe('granted')
  expect(await askPersistence({ persisted: async () => false, persist: async () => false })).toBe('refused')
  expect(
    await askPersistence({ persisted: () => Promise.reject(new TypeError('no')), persist: async () => true }),
  ).toBe('refused')
})

it('[SAVE8] room is warned of at 70 % and full at 95 %', async () => {
  const room = async (usage: number): Promise<string | undefined> =>
    (await storageEstimate({ estimate: async () => ({ usage, quota: 100 }) }))?.room
  expect(await Promise.all([69, 70, 94, 95].map(room))).toEqual(['plenty', 'warn', 'warn', 'full'])
  expect(await storageEstimate({})).toBeUndefined()
  expect(await storageEstimate({ estimate: async () => ({}) })).toBeUndefined()
})
