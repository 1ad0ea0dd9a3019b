/** One browser profile: a disk, and the tabs over it. */
import { createMemoryDisk, ShelfFailure, type MemoryDisk } from '@tongge/sync'
import { createFakeProfile } from '../support/fake-tabs.ts'
import { lyingDisk } from './flaws.ts'
import { openTab, type Tab, type World } from './tab.ts'

export interface Device {
  readonly name: string
  readonly tabs: Tab[]
  readonly disk: MemoryDisk
  openTab(): Promise<Tab>
  /** Lets waiting writes through; `fault` refuses them as a full disk does. */
  flush(fault: boolean): void
  hurry(): void
}

export function createDevice(name: string, world: World): Device {
  const disk = createMemoryDisk()
  const profile = createFakeProfile()
  const waiting: { readonly pass: () => void; readonly refuse: (error: Error) => void }[] = []
  let isHurried = false
  let opened = 0
  // Settings pass at once: no tab comes up without them.
  disk.gate = ({ settings }) =>
    isHurried || settings ? Promise.resolve() : new Promise((pass, refuse) => waiting.push({ pass, refuse }))
  const tabs: Tab[] = []
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
        onGone: () => tabs.splice(tabs.indexOf(tab), 1),
      })
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
