/** One tab: the real vault, link and crdt code over its device's disk, put together as the app does. */
import { createProjection, type Writer } from '@tongge/crdt'
import { foldTicket, type AccountId, type GridCode, type PlanContext, type Quarter, type RecordId } from '@tongge/model'
import {
  createRelayLink,
  leaseSlot,
  openVault,
  type MemoryDisk,
  type RelayLink,
  type RelayProvider,
  type VaultProvider,
} from '@tongge/sync'
import { Doc } from 'yjs'
import type { FakeProfile } from '../support/fake-tabs.ts'
import { createManualClock, type ManualClock } from '../support/fake-timers.ts'
import type { RandomSource } from '../support/random-source.ts'
import type { Network } from '../support/test-network.ts'
import { documentNames, type Account, type DocumentName, type Documents } from './account.ts'
import { droppingSocket, type Flaw } from './flaws.ts'
import { createHand, type Hand } from './hand.ts'
import { actualPage, calendar } from './page.ts'
import { watchedInflate } from './watched-zlib.ts'

const grid = '990101001001001' as GridCode
const quarter = '2026q4' as Quarter
/** By the name that the relay knows. */
export const fullNames: Readonly<Record<DocumentName, string>> = {
  ledger: `grid/${grid}/ledger`,
  sensitive: `grid/${grid}/sensitive`,
  work: `grid/${grid}/work/${quarter}`,
}
const start = Date.parse('2026-11-20T10:00:00+08:00')

export interface Tab {
  readonly clock: ManualClock
  readonly documents: Documents
  readonly link: RelayLink
  readonly hand: Hand
  /** What it shows. */
  page(): readonly string[]
  providers(): readonly (VaultProvider | RelayProvider)[]
  /** As by kill -9. */
  crash(): void
  close(): Promise<void>
}

export interface World {
  readonly network: Network
  readonly random: RandomSource
  readonly account: Account
  readonly flaw: Flaw | undefined
  nextClientId(): number
}

export interface TabOptions {
  readonly name: string
  readonly device: string
  readonly world: World
  readonly disk: MemoryDisk
  readonly profile: FakeProfile
  readonly onGone: () => void
}

export async function openTab({ name, device, world, disk, profile, onGone }: TabOptions): Promise<Tab> {
  const { network, random, account, flaw } = world
  const clock = createManualClock()
  const browserTab = profile.openTab()
  const shelf = disk.open()
  let isAlive = true
  let ids = 0
  const setTimer: ManualClock['setTimer'] = (callback, milliseconds) =>
    clock.setTimer(() => isAlive && callback(), milliseconds)
  const createId = (): string => `${name}i${++ids}`
  const vault = await openVault({
    name: device,
    shelf,
    locks: browserTab.locks,
    channel: browserTab.channel(),
    now: clock.now,
    setTimer,
    createId,
    compactAfter: 6,
  })
  const createSocket = network.createSocket(device)
  const link = createRelayLink({
    url: 'ws://relay/sync',
    createSocket: flaw === 'dropped-update' ? droppingSocket(createSocket) : createSocket,
    random: random.next,
    now: clock.now,
    setTimer,
    inflate: watchedInflate,
  })
  const documents = byDocument(() => docOf(world))
  const projection = createProjection(
    {
      ledger: documents.ledger,
      sensitive: documents.sensitive,
      work: new Map([[quarter, documents.work]]),
      notes: new Map(),
    },
    grid,
    { foldTicket: (steps) => foldTicket(steps, calendar) },
  )
  const vaults = byDocument((document) => vault.attach(fullNames[document], documents[document]))
  const relays = byDocument((document) => link.attach(fullNames[document], documents[document], vaults[document]))
  await Promise.all(Object.values(vaults).map(({ ready }) => ready))
  const lease = await leaseSlot({ locks: browserTab.locks, vault, createId })
  link.connect()

  const skew = random.pick([0, 0, -40_000, 40_000])
  const writer: Writer = {
    slot: flaw === 'shared-slot' ? 'shared' : lease.slot,
    account: device as AccountId,
    device,
    now: () => start + skew + account.next() * 1_000,
  }
  const context = (): PlanContext => ({
    actor: {
      account: writer.account,
      roles: [Number(device.slice(1)) % 2 === 0 ? 'gridLeader' : 'gridMember'],
      device,
      grid,
      buildings: [],
    },
    now: writer.now(),
    newId: () => `t${account.next()}` as RecordId,
  })
  const hand = createHand({
    device,
    documents,
    vaults,
    projection,
    writer,
    context,
    account,
    isAlive: () => isAlive,
  })

  const end = (): void => {
    isAlive = false
    projection.dispose()
    for (const doc of Object.values(documents)) doc.destroy()
    onGone()
  }
  return {
    clock,
    documents,
    link,
    hand,
    page: () => actualPage(projection, writer),
    providers: () => [...Object.values(vaults), ...Object.values(relays)],
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

function byDocument<T>(of: (document: DocumentName) => T): Readonly<Record<DocumentName, T>> {
  return Object.fromEntries(documentNames.map((document) => [document, of(document)])) as Record<DocumentName, T>
}

function docOf(world: World): Doc {
  // The usual id is costly randomness that nothing reads.
  const doc = new Doc({ guid: 'document' })
  doc.clientID = world.nextClientId()
  return doc
}
