/** One seed's story: devices edit while network, disks and relay misbehave; then all is well again and everything must be there. */
import { canonicalContent, hasPending } from '@tongge/crdt'
import type { RecordId } from '@tongge/model'
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs'
import { settle } from '../support/fake-timers.ts'
import { createRandomSource } from '../support/random-source.ts'
import { createDevice, fields, ledgerName, workName, type Account, type Device, type Tab } from './device.ts'
import { createNetwork } from '../support/test-network.ts'
import { createTestRelay, type RelayFlaw } from '../support/test-relay.ts'

export interface SimulationOptions {
  readonly seed: number
  /** `lying-disk` calls every third write complete and forgets it. */
  readonly flaw?: RelayFlaw | 'lying-disk'
}

export interface Outcome {
  readonly problems: readonly string[]
  readonly edits: number
  /** Fields that ended with several values. */
  readonly conflicts: number
  readonly crashes: number
  readonly kills: number
  readonly cuts: number
}

const people = ['p1', 'p2'] as RecordId[]

export async function simulate({ seed, flaw }: SimulationOptions): Promise<Outcome> {
  const random = createRandomSource(seed)
  const network = createNetwork()
  const relay = createTestRelay(network, random, flaw === 'lying-disk' ? undefined : flaw)
  let clientId = 0
  const world = { network, random, nextClientId: () => (seed % 1000) * 1000 + ++clientId }
  const account: Account = { written: new Map(), saved: new Map(), synced: new Set() }
  const problems: string[] = []
  const offline = new Set<string>()
  const tally = { crashes: 0, kills: 0, cuts: 0 }

  relay.start()
  const devices = Array.from({ length: 3 + random.below(6) }, (_, index) =>
    createDevice(`d${index}`, world, flaw === 'lying-disk'),
  )
  for (const device of devices) {
    await device.openTab()
    if (random.chance(0.2)) await device.openTab()
  }

  const tabs = (): Tab[] => devices.flatMap((device) => device.tabs)
  const open = async (device: Device): Promise<void> => {
    const tab = await device.openTab()
    const marks = tab.documents.ledger.getMap('marks')
    for (const value of account.saved.get(device.name) ?? [])
      if (!marks.has(value) && !account.synced.has(value))
        problems.push(`${device.name} called ${value} saved, and does not have it after a restart`)
  }
  const checkSynced = async (): Promise<void> => {
    const marks = (await relay.content(ledgerName)).getMap('marks')
    for (const value of account.synced)
      if (!marks.has(value)) problems.push(`${value} was called synced, and the relay's log does not have it`)
  }

  const edit = (): void => {
    const tab = random.pick(tabs())
    tab.edit(random.pick(people), random.pick(fields), `v${account.written.size + 1}`, account)
  }
  const moveFrames = (): void => {
    const moving = network.connections().filter(({ device }) => !offline.has(device))
    if (moving.length === 0) return
    for (let left = 1 + random.below(4); left > 0; left--) {
      const connection = random.pick(moving)
      connection.deliver(random.chance(0.5) ? 'up' : 'down', 1 + random.below(4))
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
    const tab = random.pick(device.tabs)
    tally.crashes++
    tab.crash()
    await settle(1)
    await open(device)
  }
  const turnRelay = async (): Promise<void> => {
    if (!relay.running) return relay.start()
    tally.kills++
    relay.kill()
    await settle(1)
    await checkSynced()
  }
  const passTime = (): void => {
    for (const tab of tabs()) if (random.chance(0.6)) tab.clock.advance(random.pick([100, 1_000, 6_000, 40_000]))
  }
  /** What the relay has comes back from there; what it lacks rests in the outbox as well. */
  const damage = async (): Promise<void> => {
    const { disk } = random.pick(devices)
    const document = random.pick([ledgerName, workName])
    const { rows } = await disk.open().read(document)
    if (rows.length > 0) disk.damage(document, random.pick(rows).sequence)
  }
  const leaveAndReturn = async (): Promise<void> => {
    const device = random.pick(devices)
    const tab = random.pick(device.tabs)
    void tab.close()
    for (let round = 0; round < 100 && device.tabs.includes(tab); round++) {
      device.flush(false)
      for (const { clock } of device.tabs) clock.advance(500)
      await settle(1)
    }
    if (device.tabs.includes(tab)) problems.push(`a tab of ${device.name} does not close`)
    await open(device)
  }
  const turnLink = (): void => {
    const { link } = random.pick(tabs())
    if (link.status().state === 'stopped') link.connect()
    else link.disconnect()
  }
  const flushDisk = (): void => random.pick(devices).flush(random.chance(0.05))

  const acts: readonly (readonly [weight: number, act: () => void | Promise<void>])[] = [
    [26, edit],
    [34, moveFrames],
    [16, flushDisk],
    [8, relay.commit],
    [4, cut],
    [2, partition],
    [4, restartTab],
    [3, turnRelay],
    [6, passTime],
    [1, damage],
    [2, leaveAndReturn],
    [2, turnLink],
  ]
  const total = acts.reduce((sum, [weight]) => sum + weight, 0)
  const choose = (): (() => void | Promise<void>) => {
    let left = random.next() * total
    return acts.find(([weight]) => (left -= weight) < 0)?.[1] ?? edit
  }

  const heal = async (): Promise<boolean> => {
    offline.clear()
    if (!relay.running) relay.start()
    relay.hurry()
    for (const device of devices) device.hurry()
    for (const tab of tabs()) tab.link.connect()
    for (let round = 0; round < 60; round++) {
      await settle(1)
      let moved = 0
      for (const connection of network.connections())
        moved += connection.deliver('up', Infinity) + connection.deliver('down', Infinity)
      if (moved > 0) continue
      const all = tabs()
      if (all.every((tab) => tab.providers().every((provider) => provider.status().state === 'current'))) return true
      if (round % 4 === 3) for (const tab of all) tab.clock.advance(8_000)
    }
    return false
  }

  for (let left = 60 + random.below(60); left > 0; left--) {
    await choose()()
    await settle(1)
  }
  await checkSynced()
  if (!(await heal()))
    problems.push(
      `does not come to rest: ${JSON.stringify(tabs().map((tab) => [tab.link.status(), ...tab.providers().map((provider) => provider.status())]))}`,
    )
  await checkSynced()

  const contents = await Promise.all([ledgerName, workName].map((name) => relay.content(name)))
  const [ledger, work] = contents.map(canonicalContent)
  if (contents.some(hasPending)) problems.push('the relay holds pending structs')
  for (const [index, tab] of tabs().entries()) {
    if (hasPending(tab.documents.ledger) || hasPending(tab.documents.work))
      problems.push(`tab ${index} holds pending structs`)
    if (canonicalContent(tab.documents.ledger) !== ledger)
      problems.push(`the ledger of tab ${index} differs from the relay's`)
    if (canonicalContent(tab.documents.work) !== work)
      problems.push(`the work document of tab ${index} differs from the relay's`)
  }
  const marks = contents[0]?.getMap('marks') ?? new Doc().getMap('marks')
  for (const [device, saved] of account.saved)
    for (const value of saved) if (!marks.has(value)) problems.push(`${device} called ${value} saved, and it is gone`)
  const conflicts = checkInbox(tabs(), account, (value) => marks.has(value), problems)
  for (const tab of tabs()) await tab.close()
  await relay.close()
  return { problems, edits: account.written.size, conflicts, ...tally }
}

/** Exactly the values that no surviving later edit had seen are there for a person to choose from. */
function checkInbox(
  tabs: readonly Tab[],
  { written }: Account,
  survived: (value: string) => boolean,
  problems: string[],
): number {
  let conflicts = 0
  const left = [...written.values()].filter(({ value }) => survived(value))
  for (const [index, { documents }] of tabs.entries()) {
    const copy = new Doc()
    applyUpdate(copy, encodeStateAsUpdate(documents.ledger))
    const slots = slotValues(copy)
    for (const person of people) {
      for (const field of fields) {
        const own = left.filter((edit) => edit.person === person && edit.field === field)
        const expected = own
          .filter(({ value }) => !own.some((later) => later.seen.has(value)))
          .map(({ value }) => value)
        const actual = own.map(({ value }) => value).filter((value) => slots.has(value))
        if (expected.length > 1) conflicts++
        if (expected.sort().join() !== actual.sort().join())
          problems.push(`tab ${index}: ${person} ${field} should show ${expected.join()}, shows ${actual.join()}`)
      }
    }
  }
  return conflicts
}

/** Every text in the overlay of fields. */
function slotValues(doc: Doc): ReadonlySet<string> {
  const texts = new Set<string>()
  for (const [name, type] of doc.share) {
    if (name === 'marks') continue
    // oxlint-disable-next-line no-underscore-dangle -- a root of undeclared type is read as it is
    for (const item of type._map.values())
      if (!item.deleted)
        for (const text of JSON.stringify(item.content.getContent()).match(/v\d+/g) ?? []) texts.add(text)
  }
  return texts
}
