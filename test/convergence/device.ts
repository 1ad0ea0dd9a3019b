/** One browser profile: a disk, and the tabs over it. */
import { createMemoryDisk, ShelfFailure, type MemoryDisk } from '@tongge/sync'
import { createFakeProfile } from '../support/fake-tabs.ts'
import { lyingDisk } from './flaws.ts'
import type { DocumentName } from './account.ts'
import { openTab, type Tab, type World } from './tab.ts'

export interface Device {
  readonly name: string
  readonly tabs: Tab[]
  readonly disk: MemoryDisk
  openTab(): Promise<Tab>
  /** Lets waiting writes through; `fault` refuses them as a full disk does. */
  flush(fault: boolean): void
  /** A dead disk can be read, and refuses every write, settings too. */
  setDead(dead: boolean): void
  hurry(): void
}

export function createDevice(name: string, world: World): Device {
  const disk = createMemoryDisk()
  const profile = createFakeProfile()
  const waiting: { readonly pass: () => void; readonly refuse: (error: Error) => void }[] = []
  let isHurried = false
  let isDead = false
  let opened = 0
  // Settings and removals pass at once or not at all: no tab comes up while they wait.
  disk.gate = ({ settings, removeDocuments }) => {
    if (isDead) return Promise.reject(new ShelfFailure('unknown'))
    return isHurried || settings || removeDocuments
      ? Promise.resolve()
      : new Promise((pass, refuse) => waiting.push({ pass, refuse }))
  }
  const flush = (fault: boolean): void => {
    for (const { pass, refuse } of waiting.splice(0)) {
      if (fault) refuse(new ShelfFailure('quota'))
      else pass()
    }
  }
  const tabs: Tab[] = []
  const granted = new Map<DocumentName, string>()
  return {
    name,
    tabs,
    disk,
    openTab: async () => {
      const own = world.flaw === 'lying-disk' ? lyingDisk(disk) : disk
      const tab = await openTab({
        name: `${name}-${++opened}`,
        device: name,
        world,
        disk: own,
        profile,
        granted,
        elsewhere:
          tabs.length === 0 ? undefined : tabs.flatMap((tab) => [...tab.documents.values()].map(({ guid }) => guid)),
        onGone: () => tabs.splice(tabs.indexOf(tab), 1),
      })
      tabs.push(tab)
      return tab
    },
    flush,
    setDead: (dead) => {
      isDead = dead
      if (dead) flush(true)
    },
    hurry: () => {
      isHurried = true
      isDead = false
      flush(false)
    },
  }
}
