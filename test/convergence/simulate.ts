/** One seed's story: devices edit while network, disks and relay misbehave; then all is well again and everything must be there. */
import { settleAll, unpackedCount } from './watched-zlib.ts'
import { canonicalContent, hasPending } from '@tongge/crdt'
import { createRandomSource } from '../support/random-source.ts'
import { createNetwork } from '../support/test-network.ts'
import { createTestRelay } from '../support/test-relay.ts'
import { createAccount, documentNames, holds, knows, type Documents, type Trace } from './account.ts'
import { createDevice, type Device } from './device.ts'
import type { Flaw } from './flaws.ts'
import { actAtRandom, chosen } from './habits.ts'
import { expectedPage, type ExpectedPage } from './page.ts'
import { fullNames, type Tab } from './tab.ts'
import { createTroubles } from './troubles.ts'

export interface SimulationOptions {
  readonly seed: number
  /** Planted, to be found. */
  readonly flaw?: Flaw
}

export interface Outcome {
  readonly problems: readonly string[]
  /** How much of everything there was. */
  readonly tally: Readonly<Record<Counted, number>>
}

export const counted = [
  'writes',
  'conflicts',
  'contested',
  'steps',
  'texts',
  'crashes',
  'kills',
  'cuts',
  'unpacked',
] as const
export type Counted = (typeof counted)[number]

export async function simulate({ seed, flaw }: SimulationOptions): Promise<Outcome> {
  const random = createRandomSource(seed)
  const network = createNetwork()
  const account = createAccount()
  const relay = createTestRelay(
    network,
    random,
    flaw === 'ack-before-commit' || flaw === 'dropped-row' ? flaw : undefined,
  )
  const problems: string[] = []
  const unpackedBefore = unpackedCount()
  let clientId = 0
  const world = { network, random, account, flaw, nextClientId: () => (seed % 1000) * 1000 + ++clientId }

  relay.start()
  const devices: Device[] = []
  const tabs = (): Tab[] => devices.flatMap((device) => device.tabs)
  const open = async (device: Device): Promise<void> => {
    const { documents } = await device.openTab()
    for (const trace of account.saved.get(device.name) ?? [])
      // What builds on a damaged row is there, and waits for the relay to bring that row again.
      if (!holds(documents, trace) && !account.synced.has(trace) && !hasPending(documents[trace.document]))
        problems.push(`${device.name} called ${trace.label} saved, and does not have it after a restart`)
  }
  const join = async (): Promise<void> => {
    if (devices.length > 5) return
    const device = createDevice(`d${devices.length}`, world)
    devices.push(device)
    await open(device)
  }
  const expectedIn = (documents: Documents): ExpectedPage =>
    expectedPage(account.writes.filter(({ trace }) => holds(documents, trace)))
  const checked = new Set<Trace>()
  /** In the relay's log at this very moment. */
  const checkSynced = async (): Promise<void> => {
    for (const name of documentNames) {
      const traces = [...account.synced].filter((trace) => trace.document === name && !checked.has(trace))
      if (traces.length === 0) continue
      const doc = await relay.content(fullNames[name])
      for (const trace of traces) {
        checked.add(trace)
        if (!knows(doc, trace)) problems.push(`${trace.label} was called synced, and the relay's log does not have it`)
      }
    }
  }
  const troubles = createTroubles({
    random,
    network,
    relay,
    devices,
    open,
    problem: (text) => problems.push(text),
  })
  const heal = async (): Promise<void> => {
    if (await troubles.heal()) return
    const states = tabs().map((tab) => [tab.link.status(), ...tab.providers().map((provider) => provider.status())])
    problems.push(`does not come to rest: ${JSON.stringify(states)}`)
  }

  // The first device enters what there is; the others begin by fetching it.
  await join()
  const [first] = tabs()
  first?.hand.create('person', { remark: '常住，与户籍一致。'.repeat(60) })
  first?.hand.create('person')
  first?.hand.create('household')
  first?.hand.report()
  await heal()
  for (let left = 1 + random.below(3); left > 0; left--) await join()
  for (const device of devices) if (random.chance(0.2)) await open(device)
  await heal()

  const acts = [
    [40, () => actAtRandom(random.pick(tabs()).hand, account, random)],
    ...troubles.acts,
    [1, join],
  ] as const satisfies typeof troubles.acts
  for (let left = 40 + random.below(40); left > 0; left--) {
    await chosen(acts, random)()
    await settleAll()
    await checkSynced()
  }
  // What a tab shows follows from what has reached it, in whatever order that came.
  for (const [index, tab] of tabs().entries())
    if (!documentNames.some((name) => hasPending(tab.documents[name])))
      problems.push(...differences(expectedIn(tab.documents), tab, `tab ${index}, on the way,`))
  await heal()
  await checkSynced()

  const [ledger, sensitive, work] = await Promise.all([
    relay.content(fullNames.ledger),
    relay.content(fullNames.sensitive),
    relay.content(fullNames.work),
  ])
  const documents = { ledger, sensitive, work }
  const contents = documentNames.map((name) => canonicalContent(documents[name]))
  if (documentNames.some((name) => hasPending(documents[name]))) problems.push('the relay holds pending structs')
  const page = expectedIn(documents)
  for (const [index, tab] of tabs().entries()) {
    for (const [at, name] of documentNames.entries()) {
      if (hasPending(tab.documents[name])) problems.push(`tab ${index} holds pending structs of ${name}`)
      if (canonicalContent(tab.documents[name]) !== contents[at])
        problems.push(`${name} of tab ${index} differs from the relay's`)
    }
    problems.push(...differences(page, tab, `tab ${index}`))
  }
  for (const trace of account.synced)
    if (!holds(documents, trace)) problems.push(`${trace.label} was called synced, and it is gone`)
  for (const [device, saved] of account.saved)
    for (const trace of saved)
      if (!holds(documents, trace)) problems.push(`${device} called ${trace.label} saved, and it is gone`)

  for (const device of devices) device.hurry()
  for (const tab of tabs()) await tab.close()
  await relay.close()
  const { conflicts, contested } = page
  const { writes } = account
  return {
    problems,
    tally: {
      ...troubles.tally,
      writes: writes.length,
      conflicts,
      contested,
      steps: writes.filter(({ step }) => step).length,
      texts: writes.filter(({ field }) => field === 'diary' || field === 'description').length,
      unpacked: unpackedCount() - unpackedBefore,
    },
  }
}

function differences({ lines }: ExpectedPage, tab: Tab, who: string): readonly string[] {
  const shown = tab.page()
  return [
    ...lines.filter((line) => !shown.includes(line)).map((line) => `${who} lacks "${line}"`),
    ...shown.filter((line) => !lines.includes(line)).map((line) => `${who} shows "${line}"`),
  ]
}
