/** Documents that begin anew under people who go on writing in the old ones: the real relay, the real worker. */
import { applyEdits, createProjection, type Writer } from '@tongge/crdt'
import type { AccountId, GridCode, RecordId, Value } from '@tongge/model'
import { closeReasons } from '@tongge/protocol'
import { TaskFailure } from '../../sync-server/src/worker-queue.ts'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createFolding } from '../../sync-server/src/generations/folding.ts'
import type { Folding, UpdateLog } from '../../sync-server/src/ports.ts'
import { createMemoryUpdateLog } from '../../sync-server/src/sync.ts'
import { createFrameClient, createStockClient, isStep2, untilDocs, untilSynced, type FrameClient } from './clients.ts'
import { startRelay, type Relay } from './relay.ts'

const grid = '990101001001001' as GridCode
const name = `grid/${grid}/ledger`
const person = 'p1' as RecordId
const quick = { renewBytes: 0, quietMs: 0, aliveMs: 20 }
const calm = { ...quick, renewBytes: Infinity }
const clients: FrameClient[] = []

afterEach(() => clients.splice(0).forEach((client) => client[Symbol.dispose]()))

interface Hand {
  readonly ledger: Y.Doc
  readonly client: FrameClient
  set(field: string, value: Value): void
  fields(): Readonly<Record<string, unknown>> | undefined
  /** Everything sent so far is acknowledged. */
  acknowledged(): Promise<unknown>
}

/** Somebody with one document open, in sync with the relay. */
async function handAt(relay: Relay, document: string, slot: string, ledger = new Y.Doc()): Promise<Hand> {
  const client = await createFrameClient(relay.url, { account: slot, docs: new Map([[1, ledger]]) })
  clients.push(client)
  let time = 1_800_000_000_000
  let sent = 0
  const writer: Writer = { slot, account: slot as AccountId, device: slot, now: () => (time += 1000) }
  const documents = { ledger, sensitive: undefined, work: new Map(), notes: new Map() }
  client.open(1, document, ledger)
  await client.untilFrame(isStep2)
  sent++
  client.step2(1, Y.encodeStateAsUpdate(ledger))
  ledger.on('update', (update, origin) => {
    if (origin === client.socket) return
    sent++
    client.update(1, update)
  })
  return {
    ledger,
    client,
    set: (field, value) =>
      void applyEdits(documents, [{ op: 'set', kind: 'person', id: person, field, value }], writer),
    fields: () => fieldsIn(ledger),
    acknowledged: () => client.untilFrame((frame) => frame.type === 'acknowledged' && frame.count >= sent),
  }
}

/** A log with a ledger in which two took turns to change the same people. */
async function usedLog(): Promise<UpdateLog> {
  const log = createMemoryUpdateLog()
  const ledgers = [new Y.Doc(), new Y.Doc()] as const
  const people = Array.from({ length: 20 }, (_, index) => `p${index + 1}` as RecordId)
  let time = 1_700_000_000_000
  for (let round = 0; round < 6; round++) {
    const ledger = ledgers[round % 2 === 0 ? 0 : 1]
    const documents = { ledger, sensitive: undefined, work: new Map(), notes: new Map() }
    const slot = `w${round % 2}`
    const writer: Writer = { slot, account: slot as AccountId, device: slot, now: () => (time += 1000) }
    for (const id of people) {
      const one = { kind: 'person', id } as const
      if (round === 0) applyEdits(documents, [{ op: 'create', ...one, fields: { name: '王某', phone: '1' } }], writer)
      for (const field of ['remark', 'workplace', 'occupation'])
        applyEdits(documents, [{ op: 'set', ...one, field, value: `第${round}次` }], writer)
    }
    for (const other of ledgers) Y.applyUpdate(other, Y.encodeStateAsUpdate(ledger))
  }
  await log.append([{ document: name, update: Y.encodeStateAsUpdate(ledgers[0]), account: 'w' }])
  return log
}

async function begun(log: UpdateLog, generation: string): Promise<void> {
  while (!(await log.documents()).includes(generation)) await new Promise((resolve) => setTimeout(resolve, 20))
}

function fieldsIn(ledger: Y.Doc): Readonly<Record<string, unknown>> | undefined {
  const documents = { ledger, sensitive: undefined, work: new Map(), notes: new Map() }
  return createProjection(documents, grid, { foldTicket: () => undefined })
    .snapshot()
    .entries.get(person)?.fields
}

/** Resolves once it is committed. */
async function stands(log: UpdateLog, document: string, field: string, value: Value): Promise<void> {
  for (;;) {
    const { snapshot, tail } = await log.read(document)
    const ledger = new Y.Doc()
    for (const update of [...(snapshot ? [snapshot] : []), ...tail]) Y.applyUpdate(ledger, update)
    if (fieldsIn(ledger)?.[field] === value) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('[GEN1] a document that has grown begins anew once it is quiet: everybody is sent to the next generation, which says the same', async () => {
  const log = await usedLog()
  await using relay = await startRelay({ log, folding: createFolding(), limits: quick })
  const hand = await handAt(relay, name, 'a')
  const closed = await hand.client.untilFrame((frame) => frame.type === 'closed')
  expect(closed).toMatchObject({ code: closeReasons.superseded.code })
  const next = await handAt(relay, `${name}/g2`, 'b')
  expect(next.fields()).toMatchObject({ name: '王某', phone: '1', remark: '第5次' })
  expect(next.fields()).toEqual(hand.fields())
  const bytes = (doc: Y.Doc): number => Y.encodeStateAsUpdate(doc).length
  expect(bytes(next.ledger)).toBeLessThan(bytes(hand.ledger) * 0.6)
})

test('[GEN1] a document in which a generation would save little goes on as it is', async () => {
  const log = createMemoryUpdateLog()
  const fresh = new Y.Doc()
  fresh.getMap('blobs').set('p1', '{}')
  await log.append([{ document: name, update: Y.encodeStateAsUpdate(fresh), account: 'w' }])
  await using relay = await startRelay({ log, folding: createFolding(), limits: quick })
  const hand = await handAt(relay, name, 'a')
  await beats(hand, 5)
  expect(hand.client.frames.some(({ type }) => type === 'closed')).toBe(false)
  expect(await log.documents()).toEqual([name])
})

test('[GEN2] what is written offline in an older generation reaches the newest before it is acknowledged, and nothing that was written there is lost', async () => {
  const log = await usedLog()
  const offline = new Y.Doc()
  const stored = await log.read(name)
  for (const update of stored.tail) Y.applyUpdate(offline, update)
  {
    await using first = await startRelay({ log: keptOpen(log), folding: createFolding(), limits: quick })
    await handAt(first, name, 'a')
    await begun(log, `${name}/g2`)
  }
  await using relay = await startRelay({ log, folding: createFolding(), limits: calm })
  const now = await handAt(relay, `${name}/g2`, 'b')
  now.set('phone', '22')
  await now.acknowledged()
  const late = await handAt(relay, name, 'c', offline)
  late.set('phone', '33')
  late.set('remark', '迟到')
  await late.acknowledged()
  // Before the acknowledgement: nothing is waited for here.
  expect(now.fields()).toMatchObject({ remark: '迟到' })
  const conflicts = createProjection(
    { ledger: now.ledger, sensitive: undefined, work: new Map(), notes: new Map() },
    grid,
    { foldTicket: () => undefined },
  )
    .snapshot()
    .entries.get(person)?.conflicts
  expect(conflicts?.map(({ field, rivals }) => [field, rivals.map(({ value }) => String(value)).toSorted()])).toEqual([
    ['phone', ['22', '33']],
  ])
  expect(conflicts?.[0]?.rivals.map(({ stamp }) => stamp.by).toSorted()).toEqual(['b', 'c'])
})

test('[GEN2] what a stock client writes in an older generation reaches the newest as well', async () => {
  const log = await usedLog()
  await using relay = await startRelay({ log, folding: createFolding(), limits: quick })
  using stock = createStockClient(relay.url, name)
  await untilSynced(stock)
  await begun(log, `${name}/g2`)
  const now = await handAt(relay, `${name}/g2`, 'b')
  stock.doc.getMap('s').set(`${person}/ph/z`, ['44', 1_900_000_000_000])
  await untilDocs([now.ledger], () => now.fields()?.['phone'] === '44')
})

test('[GEN2] what came to an older generation is stored with what it adds to the newest, or not at all', async () => {
  const log = await usedLog()
  {
    await using first = await startRelay({ log: keptOpen(log), folding: createFolding(), limits: quick })
    await handAt(first, name, 'a')
    await begun(log, `${name}/g2`)
  }
  const appended: string[][] = []
  let isFull = true
  const watched: UpdateLog = {
    ...log,
    append: (rows) => {
      if (isFull) return Promise.reject(new Error('disk full'))
      appended.push(rows.map(({ document }) => document))
      return log.append(rows)
    },
  }
  await using relay = await startRelay({ log: watched, folding: createFolding(), limits: calm })
  const refused = await handAt(relay, name, 'c')
  refused.set('phone', '33')
  await refused.client.untilFrame((frame) => frame.type === 'closed' && frame.code === closeReasons.storage.code)
  isFull = false
  const late = await handAt(relay, name, 'c', refused.ledger)
  await late.acknowledged()
  expect(appended.map((documents) => documents.toSorted())).toEqual([[name, `${name}/g2`]])
})

test('[GEN2] through two generations nothing is lost', async () => {
  const log = await usedLog()
  const offline = new Y.Doc()
  for (const update of (await log.read(name)).tail) Y.applyUpdate(offline, update)
  for (const generation of [2, 3]) {
    const from = generation === 2 ? name : `${name}/g2`
    {
      await using relay = await startRelay({ log: keptOpen(log), folding: createFolding(), limits: calm })
      const hand = await handAt(relay, from, `x${generation}`)
      hand.set('phone', String(generation))
      await hand.acknowledged()
    }
    await using relay = await startRelay({
      log: keptOpen(log),
      folding: createFolding(),
      limits: { ...quick, renewShare: Infinity },
    })
    await handAt(relay, from, `y${generation}`)
    await begun(log, `${name}/g${generation}`)
  }
  await using relay = await startRelay({ log, folding: createFolding(), limits: calm })
  const between = await handAt(relay, `${name}/g2`, 'b')
  const now = await handAt(relay, `${name}/g3`, 'd')
  const late = await handAt(relay, name, 'c', offline)
  late.set('remark', '迟到两代')
  await late.acknowledged()
  expect(now.fields()).toMatchObject({ remark: '迟到两代', phone: '3' })
  await between.client.untilFrame((frame) => frame.type === 'closed')
  const again = await handAt(relay, `${name}/g2`, 'b', between.ledger)
  expect(again.fields()).toMatchObject({ remark: '迟到两代' })
})

test('[GEN1] what is written while a generation is made is in it, though nobody had been in the document', async () => {
  const log = await usedLog()
  const { folding, asked, gate } = slowFolding()
  await using relay = await startRelay({ log, folding, limits: { ...quick, idleMs: 0 } })
  const gone = await handAt(relay, name, 'a')
  gone.client.send({ type: 'close', channel: 1 })
  await asked
  await beats(gone, 3)
  const hand = await handAt(relay, name, 'b')
  hand.set('remark', '其间')
  await beats(hand, 3)
  gate()
  await begun(log, `${name}/g2`)
  await stands(log, `${name}/g2`, 'remark', '其间')
})

test('[GEN1] a generation whose making had to wait is made of what was written meanwhile as well', async () => {
  const log = await usedLog()
  {
    await using first = await startRelay({ log: keptOpen(log), folding: createFolding(), limits: quick })
    await handAt(first, name, 'a')
    await begun(log, `${name}/g2`)
  }
  const { folding, asked, gate } = slowFolding()
  const limits = { ...quick, renewShare: Infinity, idleMs: 0 }
  await using relay = await startRelay({ log, folding, limits })
  const late = await handAt(relay, name, 'c')
  late.set('phone', '33')
  await asked
  await beats(late, 3)
  const now = await handAt(relay, `${name}/g2`, 'b')
  now.set('remark', '其间')
  await now.acknowledged()
  gate()
  await beats(now, 50)
  const isBegun = (await log.documents()).includes(`${name}/g3`)
  await stands(log, isBegun ? `${name}/g3` : `${name}/g2`, 'remark', '其间')
})

test('[GEN1] a document whose next generation could not be made for now is looked at again; one of which none can be made is left alone', async () => {
  const log = await usedLog()
  const folding = createFolding()
  const problems = [new Error('the worker ended'), new TaskFailure('cannot be folded')]
  let asked = 0
  const failing: Folding = {
    ...folding,
    begin: (updates, limit) => {
      const problem = problems[asked++]
      return problem ? Promise.reject(problem) : folding.begin(updates, limit)
    },
  }
  await using relay = await startRelay({ log, folding: failing, limits: { ...quick, renewShare: Infinity } })
  const hand = await handAt(relay, name, 'a')
  await beats(hand, 10)
  expect(asked).toBe(2)
  for (const field of ['remark', 'workplace']) hand.set(field, '长'.repeat(20_000))
  await begun(log, `${name}/g2`)
})

test('[GEN2] what comes late is stored though the newest generation was let go of while it was carried over', async () => {
  const log = await usedLog()
  {
    await using first = await startRelay({ log: keptOpen(log), folding: createFolding(), limits: quick })
    await handAt(first, name, 'a')
    await begun(log, `${name}/g2`)
  }
  const { folding, asked, gate } = slowFolding()
  await using relay = await startRelay({ log, folding, limits: { ...calm, idleMs: 0 } })
  const late = await handAt(relay, name, 'c')
  late.set('remark', '迟到')
  await asked
  await beats(late, 3)
  gate()
  await late.acknowledged()
  await stands(log, `${name}/g2`, 'remark', '迟到')
})

test('[GEN2] what adds nothing to the newest generation is stored, and shown to nobody there', async () => {
  const log = await usedLog()
  {
    await using first = await startRelay({ log: keptOpen(log), folding: createFolding(), limits: quick })
    await handAt(first, name, 'a')
    await begun(log, `${name}/g2`)
  }
  await using relay = await startRelay({ log, folding: createFolding(), limits: calm })
  const now = await handAt(relay, `${name}/g2`, 'b')
  await now.acknowledged()
  const shown = now.client.frames.filter(({ type }) => type === 'data').length
  const late = await handAt(relay, name, 'c')
  late.ledger.getMap('s').set('no slot', 1)
  await late.acknowledged()
  await beats(now, 2)
  expect(now.client.frames.filter(({ type }) => type === 'data')).toHaveLength(shown)
})

test('[GEN8] what cannot be carried over is refused to its sender alone with the reason, nothing of it is stored, and the others go on in the older generation', async () => {
  const log = await begunAnew()
  const { folding, asked, gate } = slowFolding()
  await using relay = await startRelay({ log, folding, limits: calm })
  const now = await handAt(relay, `${name}/g2`, 'b')
  const first = await handAt(relay, name, 'c')
  const honest = await handAt(relay, name, 'd')
  const hostile = await handAt(relay, name, 'e')
  const echo = await handAt(relay, name, 'f')
  await Promise.all([first, honest, hostile, echo].map((hand) => hand.acknowledged()))
  first.set('phone', '33')
  await asked
  // All of it waits for the first, and is stored together.
  hostile.client.update(1, unstorable('e'))
  echo.client.update(1, unstorable('e'))
  honest.set('remark', '老实')
  await beats(honest, 2)
  gate()
  await Promise.all([first.acknowledged(), honest.acknowledged()])
  for (const { client } of [hostile, echo]) {
    const closed = await client.untilFrame(({ type }) => type === 'closed')
    expect(closed).toMatchObject({ code: closeReasons.refused.code, reason: 'update cannot be carried over' })
    expect(client.frames.filter(({ type }) => type === 'acknowledged')).toHaveLength(1)
  }
  expect(now.fields()).toMatchObject({ phone: '33', remark: '老实' })
  honest.set('occupation', '木匠')
  await honest.acknowledged()
  expect(now.fields()).toMatchObject({ occupation: '木匠' })
  for (const { client } of [first, honest, now]) expect(client.frames.some(({ type }) => type === 'closed')).toBe(false)
  const { tail } = await log.read(name)
  expect(tail.some((row) => Buffer.from(row).includes('constructor'))).toBe(false)
})

test('[GEN8] while nothing can be carried over, as its worker dies, the sender is asked to come back, and what it sent is stored then', async () => {
  const log = await begunAnew()
  const folding = createFolding()
  let isDying = true
  const mortal: Folding = {
    ...folding,
    carry: (generations, late) =>
      isDying ? Promise.reject(new Error('the worker ended')) : folding.carry(generations, late),
  }
  await using relay = await startRelay({ log, folding: mortal, limits: calm })
  const reader = await handAt(relay, name, 'b')
  const late = await handAt(relay, name, 'c')
  late.set('phone', '33')
  const closed = await late.client.untilFrame(({ type }) => type === 'closed')
  expect(closed).toMatchObject({ code: closeReasons.storage.code })
  isDying = false
  const again = await handAt(relay, name, 'c', late.ledger)
  await again.acknowledged()
  await untilDocs([reader.ledger], () => reader.fields()?.['phone'] === '33')
  expect(reader.client.frames.some(({ type }) => type === 'closed')).toBe(false)
})

test('[GEN3] nobody but the relay begins a generation', async () => {
  await using relay = await startRelay({ log: await usedLog(), folding: createFolding(), limits: calm })
  const client = await createFrameClient(relay.url)
  clients.push(client)
  client.open(1, `${name}/g2`)
  const closed = await client.untilFrame((frame) => frame.type === 'closed')
  expect(closed).toMatchObject({ code: closeReasons.unknownDocument.code })
})

/** A log with a ledger that has begun anew. */
async function begunAnew(): Promise<UpdateLog> {
  const log = await usedLog()
  await using first = await startRelay({ log: keptOpen(log), folding: createFolding(), limits: quick })
  await handAt(first, name, 'a')
  await begun(log, `${name}/g2`)
  return log
}

/** An edit that every Yjs document takes in and none writes again: what its value says of its kind is no kind. */
function unstorable(slot: string): Uint8Array {
  const doc = new Y.Doc()
  doc.getMap('s').set(`${person}/ph/${slot}`, { constructoX: 1 })
  const bytes = Buffer.from(Y.encodeStateAsUpdate(doc))
  bytes.write('constructor', bytes.indexOf('constructoX'))
  return bytes
}

/** Begins and carries nothing before the gate is open. */
function slowFolding(): { readonly folding: Folding; readonly asked: Promise<void>; readonly gate: () => void } {
  const opened = Promise.withResolvers<void>()
  const asked = Promise.withResolvers<void>()
  const folding = createFolding()
  const wait = (): Promise<void> => {
    asked.resolve()
    return opened.promise
  }
  return {
    folding: {
      ...folding,
      begin: (updates, limit) => wait().then(() => folding.begin(updates, limit)),
      carry: (generations, late) => wait().then(() => folding.carry(generations, late)),
    },
    asked: asked.promise,
    gate: opened.resolve,
  }
}

/** The relay has looked after its documents this often. */
async function beats({ client }: Hand, count: number): Promise<void> {
  for (let beat = 0; beat < count; beat++) {
    const before = client.frames.length
    await client.untilFrame((frame) => frame.type === 'alive' && client.frames.indexOf(frame) >= before)
  }
}

/** The log outlives the relay over it. */
function keptOpen(log: UpdateLog): UpdateLog {
  return { ...log, close: async () => undefined }
}
