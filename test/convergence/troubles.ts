/** What happens to network, disks, tabs and relay while people work; and how all is well again. */
import type { RandomSource } from '../support/random-source.ts'
import type { Network } from '../support/test-network.ts'
import type { TestRelay } from '../support/test-relay.ts'
import { damageOf, documentNames, type Account } from './account.ts'
import type { Device } from './device.ts'
import { fullNames } from './grid-documents.ts'
import type { Tab } from './tab.ts'
import { settleAll } from './watched-zlib.ts'

export interface Troubles {
  readonly tally: { crashes: number; kills: number; cuts: number; switches: number }
  /** With how often each happens. */
  readonly acts: readonly (readonly [weight: number, act: () => void | Promise<void>])[]
  /** Everything works, and everybody goes on until nothing is left to do. Answers whether that point came. */
  heal(): Promise<boolean>
  /** Opens anew whatever tab wants it. */
  goOver(): Promise<void>
}

export interface TroublesOptions {
  readonly random: RandomSource
  readonly network: Network
  readonly relay: TestRelay
  readonly devices: readonly Device[]
  /** Opens one more tab. */
  readonly open: (device: Device) => Promise<void>
  readonly account: Account
}

export function createTroubles(options: TroublesOptions): Troubles {
  const { random, network, relay, devices, open } = options
  const offline = new Set<string>()
  const dead = new Set<Device>()
  const tally = { crashes: 0, kills: 0, cuts: 0, switches: 0 }
  const tabs = (): Tab[] => devices.flatMap((device) => device.tabs)

  const moveFrames = (): void => {
    const late = network.late().filter(({ device }) => !offline.has(device))
    if (late.length > 0) random.pick(late).deliver(1 + random.below(4))
    const moving = network.connections().filter(({ device }) => !offline.has(device))
    if (moving.length === 0) return
    for (let left = 1 + random.below(4); left > 0; left--)
      random.pick(moving).deliver(random.chance(0.5) ? 'up' : 'down', 1 + random.below(4))
  }
  /** For a moment nothing stands in the way of those who are connected. */
  const calm = async (): Promise<void> => {
    for (let round = 0; round < 3; round++) {
      for (const device of devices) device.flush(false)
      await settleAll()
      const moving = network.connections().filter(({ device }) => !offline.has(device))
      for (const connection of moving) connection.deliver('up', Infinity)
      await settleAll()
      relay.commit()
      await settleAll()
      for (const connection of moving) connection.deliver('down', Infinity)
    }
  }
  const cut = (): void => {
    const connections = network.connections()
    if (connections.length === 0) return
    tally.cuts++
    random.pick(connections).cut({ device: random.chance(0.7), relay: random.chance(0.7) })
  }
  const partition = (): void => {
    const { name } = random.pick(devices)
    if (!offline.delete(name)) offline.add(name)
  }
  const restartTab = async (): Promise<void> => {
    const device = random.pick(devices)
    tally.crashes++
    random.pick(device.tabs).crash()
    await settleAll()
    await open(device)
  }
  const turnRelay = (): void => {
    if (!relay.running) return relay.start()
    tally.kills++
    relay.kill()
  }
  const passTime = (): void => {
    for (const tab of tabs()) if (random.chance(0.6)) tab.clock.advance(random.pick([100, 1_000, 6_000, 40_000]))
  }
  /** What the relay has comes back from there; what it lacks rests in the outbox as well. */
  const damage = async (): Promise<void> => {
    const { name, disk } = random.pick(devices)
    const document = fullNames[random.pick(documentNames)]
    const { rows } = await disk.open().read(document)
    if (rows.length === 0) return
    options.account.damaged.add(damageOf(name, document))
    disk.damage(document, random.pick(rows).sequence)
  }
  const leave = async (device: Device, tab: Tab): Promise<void> => {
    void tab.close()
    for (let round = 0; round < 100 && device.tabs.includes(tab); round++) {
      device.flush(false)
      for (const { clock } of device.tabs) clock.advance(500)
      await settleAll()
    }
    if (device.tabs.includes(tab)) options.account.problems.push(`a tab of ${device.name} does not close`)
  }
  const leaveAndReturn = async (): Promise<void> => {
    const device = random.pick(devices)
    await leave(device, random.pick(device.tabs))
    await open(device)
  }
  const goOver = async (): Promise<void> => {
    for (const device of devices) {
      const all = [...device.tabs]
      if (!all.every((tab) => tab.isOutdated())) continue
      tally.switches += all.length
      for (const tab of all) await leave(device, tab)
      for (let left = all.length; left > 0; left--) await open(device)
    }
  }
  const turnDisk = (): void => {
    const device = random.pick(devices)
    if (!dead.delete(device)) dead.add(device)
    device.setDead(dead.has(device))
  }
  const turnLink = (): void => {
    const { link } = random.pick(tabs())
    if (link.status().state === 'stopped') link.connect()
    else link.disconnect()
  }

  const isUpToDate = ({ documents }: Tab): boolean =>
    [...documents].every(([name, { guid }]) => guid === relay.newest(fullNames[name]))
  const heal = async (): Promise<boolean> => {
    offline.clear()
    for (const device of dead) device.setDead(false)
    dead.clear()
    if (!relay.running) relay.start()
    for (const tab of tabs()) tab.link.connect()
    for (let round = 0; round < 200; round++) {
      relay.commit()
      for (const device of devices) device.flush(false)
      await settleAll()
      let moved = 0
      for (const connection of network.connections())
        moved += connection.deliver('up', Infinity) + connection.deliver('down', Infinity)
      for (const late of network.late()) moved += late.deliver(Infinity)
      await goOver()
      if (moved > 0) continue
      // Nobody told these devices that their line is cut: they notice by its silence.
      const deaf = network.connections().flatMap((connection) => (connection.isCut() ? connection.device : []))
      for (const { name, tabs } of devices) if (deaf.includes(name)) for (const { clock } of tabs) clock.advance(40_000)
      if (deaf.length > 0) continue
      const all = tabs()
      if (
        all.every((tab) => tab.providers().every((provider) => provider.status().state === 'current')) &&
        all.every(isUpToDate)
      )
        return true
      if (round % 4 === 3) for (const tab of all) tab.clock.advance(8_000)
    }
    return false
  }

  return {
    tally,
    heal,
    goOver,
    acts: [
      [20, moveFrames],
      [5, calm],
      [14, () => random.pick(devices).flush(random.chance(0.05))],
      [8, relay.commit],
      [4, cut],
      [4, partition],
      [4, restartTab],
      [4, turnRelay],
      [6, passTime],
      [1, damage],
      [2, leaveAndReturn],
      [3, relay.renew],
      [2, turnLink],
      [1, turnDisk],
    ],
  }
}
