/** One tab: the real vault, link and crdt code over its device's disk, put together as the app does. */
import { createProjection, type Writer } from '@tongge/crdt'
import { foldTicket, type PlanContext, type RecordId } from '@tongge/model'
import {
  createRelayLink,
  createSlotKeeper,
  openVault,
  type MemoryDisk,
  type RelayLink,
  type RelayProvider,
  type VaultProvider,
} from '@tongge/sync'
import type { FakeProfile } from '../support/fake-tabs.ts'
import { createManualClock, type ManualClock } from '../support/fake-timers.ts'
import type { RandomSource } from '../support/random-source.ts'
import type { Network } from '../support/test-network.ts'
import type { Account, DocumentName, Documents } from './account.ts'
import { droppingSocket, forgettingRuns, type Flaw } from './flaws.ts'
import { building, grid, gridDocuments } from './grid-documents.ts'
import { createHand, type Hand } from './hand.ts'
import { actualPage, calendar } from './page.ts'
import { personOn } from './people.ts'
import { openTabDocuments } from './tab-documents.ts'
import { watchedInflate } from './watched-zlib.ts'

const start = Date.parse('2026-11-20T10:00:00+08:00')

export interface Tab {
  readonly clock: ManualClock
  readonly documents: Documents
  readonly link: RelayLink
  readonly hand: Hand
  /** What it shows. */
  page(): readonly string[]
  providers(): readonly (VaultProvider | RelayProvider)[]
  /** A newer generation is all here: the tab wants to be opened anew. */
  isOutdated(): boolean
  /** As by kill -9. */
  crash(): void
  close(): Promise<void>
}

export interface World {
  readonly network: Network
  readonly random: RandomSource
  readonly account: Account
  readonly flaw: Flaw | undefined
  /** The new quarter has begun: whoever opens a tab from now on has its work document too. */
  hasTurned: boolean
  /** The newest generation of a document; undefined when nobody answers. */
  readonly newest: (document: string) => string | undefined
  nextClientId(): number
}

export interface TabOptions {
  readonly name: string
  readonly device: string
  readonly world: World
  readonly disk: MemoryDisk
  readonly profile: FakeProfile
  /** By document: the newest generation that this device has heard of. */
  readonly granted: Map<DocumentName, string>
  /** What other tabs of the device work in; undefined where none is open. */
  readonly elsewhere: readonly string[] | undefined
  readonly onGone: () => void
}

export async function openTab(options: TabOptions): Promise<Tab> {
  const { name, device, world, disk, profile, granted, elsewhere, onGone } = options
  const { network, random, account, flaw } = world
  const clock = createManualClock()
  const browserTab = profile.openTab()
  const shelf = disk.open()
  let isAlive = true
  let ask = (): void => undefined
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
    onSuperseded: () => ask(),
  })
  const { documents, keeper } = await openTabDocuments({
    world,
    vault,
    link,
    createKeeper: (names) =>
      createSlotKeeper({
        locks: browserTab.locks,
        vault: flaw === 'unnoted-run' ? forgettingRuns(vault) : vault,
        documents: names,
        createId,
      }),
    setTimer,
    granted,
    elsewhere,
  })
  const { shown, vaults } = documents
  ask = documents.ask
  const projection = createProjection(gridDocuments(shown), grid, {
    foldTicket: (steps, receipts) => foldTicket(steps, calendar, receipts),
  })
  link.connect()

  const skew = random.pick([0, 0, -40_000, 40_000])
  const person = personOn(device)
  const writer: Writer = {
    slot: flaw === 'shared-slot' ? 'shared' : keeper.slot(),
    account: person.account,
    device,
    now: () => start + skew + account.next() * 1_000,
  }
  const context = (letter: 'n' | 't'): PlanContext => ({
    actor: {
      account: writer.account,
      roles: person.roles,
      device,
      grid,
      buildings: [building],
    },
    now: writer.now(),
    newId: () => `${letter}${account.next()}` as RecordId,
  })
  const hand = createHand({
    device,
    documents: shown,
    vaults,
    projection,
    writer,
    context,
    account,
    building,
    isHasty: flaw === 'hasty-undo',
    isAlive: () => isAlive,
  })

  const end = (): void => {
    isAlive = false
    projection.dispose()
    documents.dispose()
    onGone()
  }
  return {
    clock,
    documents: shown,
    link,
    hand,
    page: () => actualPage(projection, writer),
    providers: documents.providers,
    isOutdated: documents.isOutdated,
    crash: () => {
      isAlive = false
      link.disconnect()
      browserTab.crash()
      shelf.close()
      void link.close()
      end()
    },
    close: async () => {
      await Promise.all([documents.close(), link.close()])
      await keeper.close()
      await vault.close()
      browserTab.crash()
      end()
    },
  }
}
