/** One seed's story: devices edit while network, disks and relay misbehave; then all is well again and everything must be there. */
import { settleAll, unpackedCount } from './watched-zlib.ts'
import { createRandomSource } from '../support/random-source.ts'
import { createNetwork } from '../support/test-network.ts'
import { createTestRelay, type TestRelay } from '../support/test-relay.ts'
import { createAccount } from './account.ts'
import { createChecks } from './checks.ts'
import { createDevice, type Device } from './device.ts'
import { relayFlaws, type Flaw } from './flaws.ts'
import { followGenerations } from './generations.ts'
import { actAtRandom, chosen } from './habits.ts'
import { personBasics } from './shapes.ts'
import { personOn } from './people.ts'
import type { Tab, World } from './tab.ts'
import { tallyOf, type Tally } from './tally.ts'
import { createTroubles } from './troubles.ts'

export interface SimulationOptions {
  readonly seed: number
  /** Planted, to be found. */
  readonly flaw?: Flaw
  /** As stories were told when the older pinned seeds were found: fewer devices, and lines as orderly as a WebSocket. */
  readonly isFormer?: boolean
}

export interface Outcome {
  readonly problems: readonly string[]
  /** How much of everything there was. */
  readonly tally: Tally
}

/** The most devices there are, and the fewest that come to the first one at the beginning. */
const crowds = { former: { most: 6, atFirst: 1 }, present: { most: 8, atFirst: 2 } } as const

export async function simulate({ seed, flaw, isFormer = false }: SimulationOptions): Promise<Outcome> {
  const random = createRandomSource(seed)
  const crowd = crowds[isFormer ? 'former' : 'present']
  const disorder = { lateFrames: 0, swapped: 0, twice: 0 }
  // Dice of its own, so that a story is the same with and without.
  const network = createNetwork(isFormer ? undefined : { random: createRandomSource(~seed), tally: disorder })
  const account = createAccount()
  const relay: TestRelay = createTestRelay({
    network,
    random,
    flaw: relayFlaws.find((one) => one === flaw),
    whoIs: personOn,
    onRefused: (reason) => account.problems.push(`refused: ${reason}`),
    onStored: (stored) => follow(stored),
  })
  const follow = followGenerations(account, relay.content)
  const checks = createChecks(account, relay)
  const unpackedBefore = unpackedCount()
  let clientId = 0
  const world: World = {
    network,
    random,
    account,
    flaw,
    hasTurned: false,
    newest: relay.newest,
    nextClientId: () => (seed % 1000) * 1000 + ++clientId,
  }

  relay.start()
  const devices: Device[] = []
  const tabs = (): readonly Tab[] => devices.flatMap((device) => device.tabs)
  const open = async (device: Device): Promise<void> => {
    const { documents } = await device.openTab()
    await checks.restarted(device.name, documents)
  }
  const join = async (): Promise<void> => {
    if (devices.length >= crowd.most) return
    const device = createDevice(`d${devices.length}`, world)
    devices.push(device)
    await open(device)
  }
  const turnQuarter = (): void => {
    world.hasTurned = true
  }
  /** Sometimes one person does several things before anybody hears of it. */
  const edit = (): void => {
    const { hand } = random.pick(tabs())
    do actAtRandom(hand, account, random)
    while (random.chance(0.5))
  }
  const troubles = createTroubles({ random, network, relay, devices, open, account })
  const heal = async (): Promise<void> => {
    if (await troubles.heal()) return
    const states = tabs().map((tab) => [tab.link.status(), ...tab.providers().map((provider) => provider.status())])
    account.problems.push(`does not come to rest: ${JSON.stringify(states)}`)
  }

  // The first device enters what there is; the others begin by fetching it.
  await join()
  const [first] = tabs()
  first?.hand.create('household')
  first?.hand.create('household')
  first?.hand.create('person', { ...personBasics, remark: '常住，与户籍一致。'.repeat(55) })
  first?.hand.create('person', personBasics)
  first?.hand.report()
  first?.hand.note()
  await heal()
  if (random.chance(0.5)) turnQuarter()
  for (let left = crowd.atFirst + random.below(3); left > 0; left--) await join()
  for (const device of devices) if (random.chance(0.2)) await open(device)
  await heal()

  const acts = [[46, edit], ...troubles.acts, [1, join], [2, turnQuarter]] as const satisfies typeof troubles.acts
  for (let left = 40 + random.below(40); left > 0; left--) {
    await chosen(acts, random)()
    await settleAll()
    await troubles.goOver()
    await checks.synced()
  }
  checks.onTheWay(tabs())
  await heal()
  await checks.synced()
  const page = await checks.atTheEnd(tabs())

  for (const device of devices) device.hurry()
  for (const tab of tabs()) await tab.close()
  await relay.close()
  return {
    problems: account.problems,
    tally: tallyOf(account, page, {
      ...troubles.tally,
      ...disorder,
      devices: devices.length,
      unpacked: unpackedCount() - unpackedBefore,
    }),
  }
}
