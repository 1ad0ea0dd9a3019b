/** One browser profile: a disk, and tabs that each run the real vault, link and crdt code over it. */
import { applyEdits, createProjection, type GridDocuments, type Projection } from '@tongge/crdt'
import type { AccountId, GridCode, Quarter, RecordId } from '@tongge/model'
import {
  createMemoryDisk,
  createRelayLink,
  leaseSlot,
  openVault,
  ShelfFailure,
  type MemoryDisk,
  type RelayLink,
  type RelayProvider,
  type Vault,
  type VaultProvider,
} from '@tongge/sync'
import { Doc } from 'yjs'
import { createFakeProfile, type FakeProfile } from '../support/fake-tabs.ts'
import { createManualClock, type ManualClock } from '../support/fake-timers.ts'
import type { RandomSource } from '../support/random-source.ts'
import type { Network } from '../support/test-network.ts'

export const grid = '990101001001001' as GridCode
export const quarter = '2026q4' as Quarter
export const ledgerName = `grid/${grid}/ledger`
export const workName = `grid/${grid}/work/${quarter}`
export const fields = ['name', 'phone'] as const
export type FieldName = (typeof fields)[number]

/** One edit as the test itself keeps account of it. */
export interface Written {
  readonly value: string
  readonly field: FieldName
  readonly person: RecordId
  readonly device: string
  /** Values of the same field that the author's document held. */
  readonly seen: ReadonlySet<string>
}

/** What the lights said. */
export interface Account {
  readonly written: Map<string, Written>
  /** By device: edits that this device called saved. */
  readonly saved: Map<string, Set<string>>
  readonly synced: Set<string>
}

export interface Tab {
  readonly clock: ManualClock
  readonly documents: { readonly ledger: Doc; readonly work: Doc }
  readonly projection: Projection
  readonly link: RelayLink
  edit(person: RecordId, field: FieldName, value: string, account: Account): void
  providers(): readonly (VaultProvider | RelayProvider)[]
  /** As by kill -9. */
  crash(): void
  close(): Promise<void>
}

export interface Device {
  readonly name: string
  readonly tabs: Tab[]
  readonly disk: MemoryDisk
  openTab(): Promise<Tab>
  /** Lets waiting writes through; `fault` refuses them as a full disk does. */
  flush(fault: boolean): void
  hurry(): void
}

export interface World {
  readonly network: Network
  readonly random: RandomSource
  nextClientId(): number
}

export function createDevice(name: string, world: World, isLying = false): Device {
  const disk = createMemoryDisk()
  const profile = createFakeProfile()
  const waiting: { readonly pass: () => void; readonly refuse: (error: Error) => void }[] = []
  let isHurried = false
  let opened = 0
  disk.gate = () => (isHurried ? Promise.resolve() : new Promise((pass, refuse) => waiting.push({ pass, refuse })))
  const tabs: Tab[] = []
  return {
    name,
    tabs,
    disk,
    openTab: async () => {
      const tab = await openTab(`${name}-${++opened}`, name, world, isLying ? lyingDisk(disk) : disk, profile, () =>
        tabs.splice(tabs.indexOf(tab), 1),
      )
      tabs.push(tab)
      return tab
    },
    flush: (fault) => {
      for (const { pass, refuse } of waiting.splice(0)) {
        if (fault) refuse(new ShelfFailure('quota'))
        else pass()
      }
    },
    hurry: () => {
      isHurried = true
      for (const { pass } of waiting.splice(0)) pass()
    },
  }
}

async function openTab(
  name: string,
  device: string,
  world: World,
  disk: MemoryDisk,
  profile: FakeProfile,
  onGone: () => void,
): Promise<Tab> {
  const { network, random } = world
  const clock = createManualClock()
  const browserTab = profile.openTab()
  const shelf = disk.open()
  let isAlive = true
  let ids = 0
  const setTimer: ManualClock['setTimer'] = (callback, milliseconds) =>
    clock.setTimer(() => isAlive && callback(), milliseconds)
  const createId = (): string => `${name}i${++ids}`
  const vault: Vault = await openVault({
    name: device,
    shelf,
    locks: browserTab.locks,
    channel: browserTab.channel(),
    now: clock.now,
    setTimer,
    createId,
    compactAfter: 6,
  })
  const { slot } = await leaseSlot({ locks: browserTab.locks, vault: seeded(vault, device), createId })
  const link = createRelayLink({
    url: 'ws://relay/sync',
    createSocket: network.createSocket(device),
    random: random.next,
    now: clock.now,
    setTimer,
  })
  const documents = { ledger: docOf(world), work: docOf(world) }
  const inCrdt: GridDocuments = {
    ledger: documents.ledger,
    sensitive: undefined,
    work: new Map([[quarter, documents.work]]),
    notes: new Map(),
  }
  const projection = createProjection(inCrdt, grid, { foldTicket: () => undefined })
  const attach = (document: string, doc: Doc): [VaultProvider, RelayProvider] => {
    const local = vault.attach(document, doc)
    return [local, link.attach(document, doc, local)]
  }
  const [ledgerHere, ledgerThere] = attach(ledgerName, documents.ledger)
  const [workHere, workThere] = attach(workName, documents.work)
  await Promise.all([ledgerHere.ready, workHere.ready])
  link.connect()

  const edit: Tab['edit'] = (person, field, value, account) => {
    const { ledger } = documents
    const marks = ledger.getMap<string>('marks')
    const seen = new Set([...marks.keys()].filter((mark) => marks.get(mark) === `${person}/${field}`))
    account.written.set(value, { value, field, person, device, seen })
    // The mark shares the edit's transaction: both are there, or neither.
    ledger.transact(
      () => {
        applyEdits(inCrdt, [{ op: 'set', kind: 'person', id: person, field, value }], {
          slot,
          account: device as AccountId,
          device,
          now: () => 1_800_000_000_000 + account.written.size,
        })
        marks.set(value, `${person}/${field}`)
      },
      { local: true, subjects: [`edit/${value}`] },
    )
    const saved = account.saved.get(device) ?? new Set()
    account.saved.set(device, saved)
    ledgerHere.durable().then(
      () => {
        if (isAlive) saved.add(value)
      },
      () => undefined,
    )
    const undo = ledgerHere.onWaiting((subjects) => {
      if (subjects.has(`edit/${value}`) || !isAlive) return
      undo()
      account.synced.add(value)
    })
  }

  const end = (): void => {
    isAlive = false
    projection.dispose()
    for (const doc of Object.values(documents)) doc.destroy()
    onGone()
  }
  return {
    clock,
    documents,
    projection,
    link,
    edit,
    providers: () => [ledgerHere, ledgerThere, workHere, workThere],
    crash: () => {
      isAlive = false
      link.disconnect()
      browserTab.crash()
      shelf.close()
      void link.close()
      end()
    },
    close: async () => {
      await Promise.all([link.close(), vault.close()])
      browserTab.crash()
      end()
    },
  }
}

/** The seed is known from the start, so that leasing does not wait for a disk that the test holds back. */
function seeded(vault: Vault, seed: string): Pick<Vault, 'get' | 'set'> {
  return { get: async () => seed, set: (key, value) => vault.set(key, value) }
}

function docOf(world: World): Doc {
  const doc = new Doc()
  doc.clientID = world.nextClientId()
  return doc
}

/** Calls every third write complete and forgets it. */
function lyingDisk(disk: MemoryDisk): MemoryDisk {
  let writes = 0
  return {
    ...disk,
    open: () => {
      const shelf = disk.open()
      return {
        ...shelf,
        write: (changes, durability) =>
          changes.rows && ++writes % 3 === 0 ? Promise.resolve() : shelf.write(changes, durability),
      }
    },
  }
}
