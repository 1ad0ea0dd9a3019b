import { expect, test } from 'vitest'
import { createContacts, type Contacts } from './contacts.ts'

const minute = 60_000

function world(): {
  readonly contacts: () => Contacts
  readonly stored: Map<string, number>
  writes: number
  now: number
} {
  const stored = new Map<string, number>()
  const all = {
    stored,
    writes: 0,
    now: 0,
    contacts: () =>
      createContacts(
        {
          lastContact: async (token) => stored.get(token),
          contacted: async (contacts) => {
            if (contacts.length > 0) all.writes++
            for (const [token, at] of contacts) stored.set(token, at)
          },
        },
        () => all.now,
      ),
  }
  return all
}

test('[RECEIPT2] a device comes back after the contact before, over a restart of the relay too; of a new session nothing is known', async () => {
  const all = world()
  const before = all.contacts()
  expect(await before.begin('phone')).toBeUndefined()
  all.now = 10 * minute
  before.heard('phone')
  await before.keep()
  all.now = 40 * minute
  expect(await before.begin('phone')).toBe(10 * minute)
  all.now = 41.5 * minute
  before.heard('phone')
  await before.keep()
  all.now = 50 * minute
  const after = all.contacts()
  expect(await after.begin('phone')).toBe(41.5 * minute)
  expect(await after.begin('tablet')).toBeUndefined()
})

test('[RECEIPT2] tabs and tries that come one after the other within a minute are one return', async () => {
  const all = world()
  const contacts = all.contacts()
  await contacts.begin('phone')
  all.now = 60 * minute
  for (const later of [0, 3_000, 29_000, 59_000]) {
    all.now = 60 * minute + later
    expect(await contacts.begin('phone')).toBe(0)
    contacts.heard('phone')
  }
  all.now = 61.5 * minute
  expect(await contacts.begin('phone')).toBe(60 * minute + 59_000)
})

test('[RECEIPT2] contacts are written together, only when there is news, and forgotten once they are written and old', async () => {
  const all = world()
  const contacts = all.contacts()
  for (const token of ['a', 'b', 'c']) await contacts.begin(token)
  await contacts.keep()
  await contacts.keep()
  expect(all.writes).toBe(1)
  all.now = 5_000
  contacts.heard('b')
  await contacts.keep()
  expect([all.writes, ...all.stored.values()]).toEqual([2, 0, 5_000, 0])
  all.now = 3 * minute
  await contacts.keep()
  all.stored.clear()
  expect(await contacts.begin('a')).toBeUndefined()
  // Nobody begins a session here that the relay has not let in.
  contacts.heard('stranger')
  await contacts.keep()
  expect([...all.stored.keys()]).toEqual(['a'])
})
