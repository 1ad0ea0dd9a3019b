import { describe, expect, it } from 'vitest'
import { Doc } from 'yjs'
import { createManualClock, settle } from '../../../../test/support/fake-timers.ts'
import { createFakeProfile } from '../../../../test/support/fake-tabs.ts'
import {
  createMemoryDisk,
  createSlotKeeper,
  leaseSlot,
  openVault,
  ShelfFailure,
  type MemoryDisk,
  type ProviderStatus,
  type Vault,
  type VaultOptions,
  type VaultProblem,
} from '../index.ts'

const ledger = 'grid/990101000001001/ledger'

function ids(prefix: string): () => string {
  let count = 0
  return () => `${prefix}${++count}`
}

const open = (disk: MemoryDisk, options: Partial<VaultOptions> = {}): Promise<Vault> =>
  openVault({ name: 'test', shelf: disk.open(), now: () => 0, createId: ids('t'), ...options })

async function attached(
  vault: Vault,
  document = ledger,
): Promise<{ doc: Doc; map: ReturnType<Doc['getMap']>; provider: ReturnType<Vault['attach']> }> {
  const doc = new Doc()
  const provider = vault.attach(document, doc)
  await provider.ready
  return { doc, map: doc.getMap('entries'), provider }
}

const local = (...subjects: string[]): { local: true; subjects: string[] } => ({ local: true, subjects })

describe('durability', () => {
  it('[SAVE1] an edit counts as saved only after the disk reported its transaction complete', async () => {
    const disk = createMemoryDisk()
    let finish = (): void => undefined
    disk.gate = () => new Promise((resolve) => (finish = resolve))
    const { map, provider } = await attached(await open(disk))
    map.set('one', 1)
    let durable = false
    const done = provider.durable().then(() => (durable = true))
    await settle()
    expect([durable, provider.status()]).toEqual([false, { state: 'behind', pending: 1 }])
    finish()
    await done
    expect(provider.status()).toEqual({ state: 'current' })
  })

  it('[SAVE2] a burst of edits is one transaction and one row', async () => {
    const disk = createMemoryDisk()
    const { map, provider } = await attached(await open(disk))
    for (let index = 0; index < 50; index++) map.set(`key${index}`, index)
    await provider.durable()
    expect((await disk.open().read(ledger)).rows).toHaveLength(1)
  })

  it('[SAVE3] a full disk is a status, never a throw into the edit and never shown as saved; a later try saves all', async () => {
    const disk = createMemoryDisk()
    const vault = await open(disk)
    const problems: VaultProblem[] = []
    vault.onProblem((problem) => problems.push(problem))
    const { map, provider } = await attached(vault)
    map.set('kept', 1)
    await provider.durable()
    disk.gate = () => Promise.reject(new ShelfFailure('quota'))
    map.set('one', 1)
    await expect(provider.durable()).rejects.toMatchObject({ reason: 'quota' })
    map.set('two', 2)
    await expect(provider.durable()).rejects.toMatchObject({ reason: 'quota' })
    expect(provider.status()).toEqual({ state: 'failed', reason: 'quota', pending: 2 })
    expect(problems[0]).toMatchObject({ reason: 'quota' })
    expect((await attached(await open(disk))).map.toJSON()).toEqual({ kept: 1 })
    disk.gate = async () => undefined
    await vault.retry()
    expect(provider.status()).toEqual({ state: 'current' })
    expect((await attached(await open(disk))).map.toJSON()).toEqual({ kept: 1, one: 1, two: 2 })
  })

  it('[SAVE3] a failed write is tried again by itself after a while', async () => {
    const clock = createManualClock()
    const disk = createMemoryDisk()
    const { map, provider } = await attached(await open(disk, { setTimer: clock.setTimer }))
    disk.gate = () => Promise.reject(new ShelfFailure('quota'))
    map.set('one', 1)
    await expect(provider.durable()).rejects.toThrow('quota')
    disk.gate = async () => undefined
    clock.advance(10_000)
    await settle()
    expect(provider.status()).toEqual({ state: 'current' })
  })

  it('[SAVE4] a row that does not open is set aside; the rest of the document opens and says that it needs the relay', async () => {
    const disk = createMemoryDisk()
    const first = await attached(await open(disk))
    for (const key of ['a', 'b', 'c']) {
      first.doc.getMap(key).set(key, 1)
      await first.provider.durable()
    }
    disk.damage(ledger, 2)
    const problems: VaultProblem[] = []
    const vault = await open(disk)
    vault.onProblem((problem) => problems.push(problem))
    const { doc, provider } = await attached(vault)
    expect([doc.getMap('a').toJSON(), provider.damaged()]).toEqual([{ a: 1 }, 1])
    expect(problems).toMatchObject([{ reason: 'corrupt', document: ledger }])
    await settle()
    expect((await disk.open().read(ledger)).rows.map((row) => row.sequence)).toEqual([1, 3])
    expect((await attached(await open(disk))).provider.damaged()).toBe(0)
  })

  it('[SAVE4] an unsent edit whose row is damaged is whole again from the outbox', async () => {
    const disk = createMemoryDisk()
    const first = await attached(await open(disk))
    first.doc.transact(() => first.map.set('one', 1), local('household/h1'))
    await first.provider.durable()
    disk.damage(ledger, 1)
    expect((await attached(await open(disk))).map.toJSON()).toEqual({ one: 1 })
  })

  it('[SAVE12] pieces that are gone are told once; from then on the store promises what it has', async () => {
    const disk = createMemoryDisk()
    const first = await attached(await open(disk, { compactAfter: 3 }))
    for (let index = 0; index < 5; index++) {
      first.map.set('key', index)
      await first.provider.durable()
      await settle()
    }
    const { snapshots, rows } = await disk.open().read(ledger)
    const all = { document: ledger, from: 0, to: 9 }
    for (const gone of [{ removeSnapshots: [all] }, { removeRows: [{ ...all, to: rows[0]?.sequence ?? 0 }] }]) {
      await disk.open().write(gone, 'strict')
      const told: number[] = []
      for (let start = 0; start < 3; start++) {
        const vault = await open(disk)
        const problems: VaultProblem[] = []
        vault.onProblem((problem) => problems.push(problem))
        const { provider } = await attached(vault)
        await settle()
        told.push(provider.damaged(), problems.length)
      }
      expect(told).toEqual([1, 1, 0, 0, 0, 0])
    }
    expect(snapshots).toHaveLength(1)
  })

  it('[SAVE5] rows are folded into a snapshot, and go only after it read back', async () => {
    const disk = createMemoryDisk()
    const vault = await open(disk, { compactAfter: 5 })
    const { map, provider } = await attached(vault)
    for (let index = 0; index < 7; index++) {
      map.set('key', index)
      await provider.durable()
    }
    await settle()
    const { rows, snapshots, head } = await disk.open().read(ledger)
    expect([rows.length, snapshots.length, head?.last, head?.count]).toEqual([rows.length, 1, 7, rows.length])
    expect(rows.length).toBeLessThan(5)
    expect((await attached(await open(disk))).map.toJSON()).toEqual({ key: 6 })
  })

  it('[SAVE5] a snapshot that reads back wrong is dropped and the rows stay', async () => {
    const disk = createMemoryDisk()
    const shelf = disk.open()
    const lying = {
      ...shelf,
      snapshotAt: async () => ({ document: ledger, sequence: 5, bytes: Uint8Array.of(1, 2, 3, 4, 5) }),
    }
    const { map, provider } = await attached(await open(disk, { shelf: lying, compactAfter: 5 }))
    for (let index = 0; index < 5; index++) {
      map.set('key', index)
      await provider.durable()
    }
    await settle()
    const { rows, snapshots } = await disk.open().read(ledger)
    expect([rows.length, snapshots.length]).toEqual([5, 0])
  })
})

describe('what waits for the relay', () => {
  it('[SAVE6] subjects wait from the edit on, over a restart, until the relay acknowledged that very edit', async () => {
    const disk = createMemoryDisk()
    const first = await attached(await open(disk))
    first.doc.transact(() => first.map.set('one', 1), local('household/h1'))
    const mark = first.provider.markSent()
    first.doc.transact(() => first.map.set('two', 2), local('person/p1', 'household/h1'))
    await first.provider.durable()
    first.provider.acknowledged(mark)
    expect([...first.provider.waiting()]).toEqual(['person/p1', 'household/h1'])
    await settle()
    const vault = await open(disk)
    const { provider, map } = await attached(vault)
    expect([...provider.waiting()]).toEqual(['person/p1', 'household/h1'])
    expect(await vault.unsent()).toMatchObject([{ document: ledger, subjects: ['person/p1', 'household/h1'] }])
    provider.acknowledged(provider.markSent())
    await settle()
    expect([await vault.unsent(), map.toJSON()]).toEqual([[], { one: 1, two: 2 }])
  })

  it('[SAVE6] an edit acknowledged while it is being written does not wait after a restart', async () => {
    const disk = createMemoryDisk()
    const { doc, map, provider } = await attached(await open(disk))
    doc.transact(() => map.set('one', 1), local('household/h1'))
    provider.acknowledged(provider.markSent())
    await provider.durable()
    await settle()
    expect((await disk.open().read(ledger)).outbox).toEqual([])
  })

  it('[SAVE7] what others wrote does not wait for the relay', async () => {
    const disk = createMemoryDisk()
    const { doc, provider } = await attached(await open(disk))
    const other = new Doc()
    other.on('update', (update: Uint8Array) =>
      import('yjs').then(({ applyUpdate }) => applyUpdate(doc, update, 'relay')),
    )
    other.getMap('entries').set('theirs', 1)
    await settle()
    await provider.durable()
    expect([provider.unsent(), (await disk.open().read(ledger)).outbox]).toEqual([0, []])
  })
})

describe('tabs', () => {
  const openTab = async (
    profile: ReturnType<typeof createFakeProfile>,
    disk: MemoryDisk,
    name: string,
    clock = createManualClock(),
  ) => {
    const tab = profile.openTab()
    const vault = await open(disk, {
      locks: tab.locks,
      channel: tab.channel(),
      createId: ids(name),
      setTimer: clock.setTimer,
    })
    return { tab, vault, clock, ...(await attached(vault)) }
  }

  it('[TAB1] two tabs without a network see each other’s edits at once, and one of them writes', async () => {
    const profile = createFakeProfile()
    const disk = createMemoryDisk()
    const one = await openTab(profile, disk, 'a')
    const two = await openTab(profile, disk, 'b')
    two.doc.transact(() => two.map.set('two', 2), local('household/h2'))
    one.doc.transact(() => one.map.set('one', 1), local('household/h1'))
    await two.provider.durable()
    await one.provider.durable()
    await settle()
    expect([one.map.toJSON(), two.map.toJSON()]).toEqual([
      { one: 1, two: 2 },
      { one: 1, two: 2 },
    ])
    expect([[...one.provider.waiting()].sort(), [...two.provider.waiting()].sort()]).toEqual([
      ['household/h1', 'household/h2'],
      ['household/h1', 'household/h2'],
    ])
    two.provider.acknowledged(two.provider.markSent())
    await settle()
    expect([one.provider.unsent(), two.provider.unsent(), (await disk.open().read(ledger)).outbox]).toEqual([0, 0, []])
  })

  it('[TAB2] nothing handed to a writing tab that dies is lost: the next tab writes it', async () => {
    const profile = createFakeProfile()
    const disk = createMemoryDisk()
    const one = await openTab(profile, disk, 'a')
    const two = await openTab(profile, disk, 'b')
    await settle()
    disk.gate = () => new Promise(() => undefined)
    two.map.set('two', 2)
    await settle()
    expect(two.provider.status()).toEqual({ state: 'behind', pending: 1 })
    disk.gate = async () => undefined
    one.tab.crash()
    await two.provider.durable()
    expect((await attached(await open(disk))).map.toJSON()).toEqual({ two: 2 })
  })

  it('[TAB2] a full disk under the writing tab is seen in every tab, and forgotten in every tab once it writes again', async () => {
    const profile = createFakeProfile()
    const disk = createMemoryDisk()
    const one = await openTab(profile, disk, 'a')
    const two = await openTab(profile, disk, 'b')
    await settle()
    disk.gate = () => Promise.reject(new ShelfFailure('quota'))
    two.map.set('two', 2)
    await expect(two.provider.durable()).rejects.toMatchObject({ reason: 'quota' })
    expect([one.provider.status(), two.provider.status()]).toEqual([
      { state: 'failed', reason: 'quota', pending: 1 },
      { state: 'failed', reason: 'quota', pending: 1 },
    ])
    disk.gate = async () => undefined
    one.clock.advance(5_000)
    await settle()
    expect([one.provider.status(), two.provider.status()]).toEqual([{ state: 'current' }, { state: 'current' }])
  })

  it('[TAB3] a tab that gets no answer writes for itself in the end', async () => {
    const profile = createFakeProfile()
    const disk = createMemoryDisk()
    const frozen = profile.openTab()
    void frozen.locks.request('tongge/vault/test', () => new Promise(() => undefined))
    const two = await openTab(profile, disk, 'b')
    two.map.set('two', 2)
    const durable = two.provider.durable()
    for (let round = 0; round < 5; round++) {
      two.clock.advance(2_000)
      await settle()
    }
    await durable
    expect((await attached(await open(disk))).map.toJSON()).toEqual({ two: 2 })
  })

  it('[TAB4] a tab that takes over folds nothing away that the other tab had written', async () => {
    const profile = createFakeProfile()
    const disk = createMemoryDisk()
    const one = await openTab(profile, disk, 'a')
    const two = await openTab(profile, disk, 'b')
    const other = new Doc()
    other.getMap('entries').set('theirs', 1)
    const { applyUpdate, encodeStateAsUpdate } = await import('yjs')
    applyUpdate(one.doc, encodeStateAsUpdate(other), 'relay')
    await one.provider.durable()
    await one.vault.close()
    await settle()
    for (let index = 0; index < 210; index++) {
      two.map.set('own', index)
      await two.provider.durable()
    }
    two.clock.advance(1)
    await settle()
    expect((await disk.open().read(ledger)).snapshots).toHaveLength(1)
    expect((await attached(await open(disk))).map.toJSON()).toMatchObject({ theirs: 1, own: 209 })
  })

  it('[TAB5] two replicas never lease one slot, and a slot is used again once it is free', async () => {
    const profile = createFakeProfile()
    const disk = createMemoryDisk()
    const lease = async (tab = profile.openTab()) => ({
      tab,
      lease: await leaseSlot({ locks: tab.locks, vault: await open(disk), documents: [], createId: ids('seed-') }),
    })
    const [one, two, three] = await Promise.all([lease(), lease(), lease()])
    const slots = [one, two, three].map(({ lease }) => lease.slot)
    expect(new Set(slots).size).toBe(3)
    two.tab.crash()
    await settle()
    expect((await lease()).lease.slot).toBe(two.lease.slot)
  })

  /** One session: opens the store, leases, and is killed; or ends in order. */
  const session = async (
    disk: MemoryDisk,
    { edit = false, inStep = false, end = false, name = ledger, followed = '' } = {},
  ): Promise<string> => {
    const vault = await open(disk)
    const { map, provider } = await attached(vault, name)
    const tab = createFakeProfile().openTab()
    const keeper = createSlotKeeper({ locks: tab.locks, vault, documents: [name] })
    await keeper.lease()
    let status: ProviderStatus = { state: 'starting' }
    let tell: ((status: ProviderStatus) => void) | undefined
    keeper.follow(followed || name, provider, {
      status: () => status,
      onStatus: (listener) => {
        tell = listener
        return () => undefined
      },
    })
    if (edit) {
      map.set('edited', keeper.slot())
      await provider.durable().catch(() => undefined)
    }
    if (inStep) {
      status = { state: 'current' }
      tell?.(status)
    }
    await settle()
    if (end) {
      await provider.close()
      await keeper.close()
    }
    return keeper.slot()
  }
  const dead = (disk: MemoryDisk): void => {
    disk.gate = () => Promise.reject(new ShelfFailure('unknown'))
  }
  const sound = (disk: MemoryDisk): void => {
    disk.gate = async () => undefined
  }

  it('[TAB7] a store that lost something gives its later sessions other slots, and forgets the loss and the slots at once', async () => {
    const disk = createMemoryDisk()
    const first = await session(disk, { edit: true, end: true })
    expect(await session(disk, { end: true })).toBe(first)
    disk.damage(ledger, 1)
    dead(disk)
    expect(await session(disk, { end: true })).not.toBe(first)
    sound(disk)
    const second = await session(disk, { end: true })
    expect(second).not.toBe(first)
    expect(await session(disk, { end: true })).toBe(second)
    await session(disk, { edit: true, end: true })
    disk.damage(ledger, 2)
    // Killed before it leases: the next one finds nothing amiss.
    await attached(await open(disk))
    await settle()
    expect(await session(disk, { end: true })).not.toBe(second)
  })

  it('[TAB8] after a disk that refused even the settings, no later session has the slot whose edits may be missing', async () => {
    const disk = createMemoryDisk()
    const first = await session(disk, { edit: true, end: true })
    const vault = await open(disk)
    const { map, provider } = await attached(vault)
    const lease = await leaseSlot({ locks: createFakeProfile().openTab().locks, vault, documents: [ledger] })
    expect(lease.slot).toBe(first)
    dead(disk)
    map.set('edited', 'sent to the relay, and not on this disk')
    await expect(provider.durable()).rejects.toMatchObject({ reason: 'unknown' })
    const [whileDead, again] = [await session(disk, { end: true }), await session(disk, { end: true })]
    sound(disk)
    expect(new Set([first, whileDead, again, await session(disk)]).size).toBe(4)
  })

  it('[TAB8] sessions that are killed go round between few slots as long as each catches up with the relay', async () => {
    const disk = createMemoryDisk()
    const slots: string[] = []
    for (let count = 0; count < 10; count++) slots.push(await session(disk, { edit: true, inStep: true }))
    expect(new Set(slots).size).toBe(2)
  })

  it('[TAB8] a slot rests in the documents of the broken run alone, until what the relay has of them is here and on disk', async () => {
    const disk = createMemoryDisk()
    const other = 'grid/990101000001002/ledger'
    const first = await session(disk, { edit: true })
    expect(await session(disk, { name: other, end: true })).toBe(first)
    const second = await session(disk, { end: true })
    expect(second).not.toBe(first)
    disk.gate = ({ settings }) => (settings ? Promise.resolve() : Promise.reject(new ShelfFailure('quota')))
    expect(await session(disk, { edit: true, inStep: true })).toBe(second)
    sound(disk)
    expect([first, second]).not.toContain(await session(disk, { inStep: true }))
    expect(await session(disk)).toBe(first)
  })

  it('[TAB8] a slot rests in whatever generation of its documents is worked in, until that one has caught up', async () => {
    const disk = createMemoryDisk()
    const newer = `${ledger}/g480000`
    const first = await session(disk, { edit: true })
    const others = [
      await session(disk, { name: newer, end: true }),
      // What is fetched beside the one worked in, or sent from an older one, says nothing of it.
      await session(disk, { followed: newer, inStep: true, end: true }),
      await session(disk, { name: newer, followed: ledger, inStep: true, end: true }),
      await session(disk, { name: newer, inStep: true, end: true }),
    ]
    expect(others).not.toContain(first)
    expect(await session(disk, { name: newer, end: true })).toBe(first)
    expect(await session(disk, { end: true })).toBe(first)
  })

  it('[TAB8] without locks, or where nobody can be told who writes, each session has a slot of its own', async () => {
    const vault = await open(createMemoryDisk())
    const lease = async (): Promise<string> => (await leaseSlot({ locks: undefined, vault, documents: [ledger] })).slot
    expect(await lease()).not.toBe(await lease())
  })

  it('[TAB6] without locks two tabs that write at once still keep every edit', async () => {
    const disk = createMemoryDisk()
    const one = await attached(await open(disk, { createId: ids('a') }))
    const two = await attached(await open(disk, { createId: ids('b') }))
    for (let index = 0; index < 20; index++) {
      one.map.set(`one${index}`, index)
      two.map.set(`two${index}`, index)
      if (index % 3 === 0) await Promise.all([one.provider.durable(), two.provider.durable()])
    }
    await Promise.all([one.provider.durable(), two.provider.durable()])
    expect(Object.keys((await attached(await open(disk))).map.toJSON())).toHaveLength(40)
  })
})
