/** Two relays over one PostgreSQL and one Redis, all real processes, killed at random under writers; then everything promised is looked for. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import * as Y from 'yjs'
import { createNewest, openPostgresUpdateLog } from '../../sync-server/src/sync.ts'
import type { UpdateLog } from '../../sync-server/src/ports.ts'
import { createFrameClient, isStep2 } from '../relay/clients.ts'
import { createDice, type Dice } from '../relay/history.ts'
import { startPostgres, type PostgresServer } from '../support/postgres-server.ts'
import { startRedis, type RedisServer } from '../support/redis-server.ts'
import { startWriter, type Writer } from './writer.ts'

export const victims = ['relay', 'redis', 'connections', 'postgres'] as const
export type Victim = (typeof victims)[number]

export interface ClusterReport {
  /** Edits that were acknowledged. */
  acknowledged: number
  readonly kills: Record<Victim, number>
  generations: number
  /** Edits that were acknowledged, or that another device saw, and are not in the log; and acknowledged ones without a receipt. */
  readonly lost: string[]
  /** Whatever else should not be. */
  readonly problems: string[]
}

const meeting = 'meeting/m1'
const ledger = 'grid/990101001001001/ledger'
const script = fileURLToPath(new URL('relay-process.ts', import.meta.url))
/** Every ten kills are of these, in some order. */
const deck: readonly Victim[] = [
  ...Array<Victim>(4).fill('relay'),
  ...Array<Victim>(3).fill('connections'),
  ...Array<Victim>(2).fill('redis'),
  'postgres',
]

interface RelayProcess {
  readonly port: () => number | undefined
  /** Kills it and starts another in its place, not waited for. */
  kill(): void
  stop(): Promise<void>
}

/** `patienceMs`: how long devices, and documents at both relays, may take to come to rest after the last kill. */
export async function runCluster(
  seed: number,
  kills: number,
  {
    patienceMs = 60_000,
    env = {},
  }: { readonly patienceMs?: number; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<ClusterReport> {
  const dice = createDice(seed)
  // Of its own, so that a seed means the same kills however things go.
  const killing = createDice(seed + 1000)
  const cards: Victim[] = []
  const report: ClusterReport = {
    acknowledged: 0,
    kills: { relay: 0, redis: 0, connections: 0, postgres: 0 },
    generations: 0,
    lost: [],
    problems: [],
  }
  await using postgres = await startPostgres()
  await using redis = await startRedis()
  const log = await openPostgresUpdateLog({ url: postgres.url })
  const relays = [0, 1].map(() => runRelay(dice, { ...env, ...addressesOf(postgres, redis) }))
  const promised = new Map([
    [meeting, new Set<string>()],
    [ledger, new Set<string>()],
  ])
  const newest = async (document: string): Promise<string> => createNewest(await log.documents()).of(document)
  const resting = { now: false }
  const writers = [meeting, meeting, ledger, ledger, ledger].map((document, index) =>
    startWriter({
      name: `w${index}`,
      document,
      dice: createDice(seed + index),
      port: () => relays[dice(2)]?.port(),
      // One never hears of a new generation.
      isResting: () => resting.now,
      newest: index === 4 ? async (name) => name : newest,
      promised(edit, how) {
        promised.get(document)?.add(edit)
        if (how === 'acknowledged') report.acknowledged++
      },
      problem: (what) => void report.problems.push(what),
    }),
  )
  try {
    for (let kill = 0; kill < kills; kill++) {
      await delay(100 + killing(400))
      // A document begins anew in a quiet moment.
      resting.now = killing(3) === 0
      if (resting.now) await delay(400)
      resting.now = false
      if (cards.length === 0) cards.push(...deck)
      const [victim = 'relay'] = cards.splice(killing(cards.length), 1)
      report.kills[victim]++
      await strike(victim, { dice: killing, relays, postgres, redis })
    }
    const inTime = await Promise.race([
      Promise.all(writers.map((writer) => writer.finish())).then(() => true),
      delay(patienceMs, false, { ref: false }),
    ])
    if (!inTime) report.problems.push('not every edit was acknowledged in the end')
    await check(log, newest, promised, relays, writers, report, patienceMs)
  } finally {
    for (const writer of writers) writer.stop()
    await Promise.all(relays.map((relay) => relay.stop()))
    await log.close()
  }
  return report
}

function addressesOf(postgres: PostgresServer, redis: RedisServer): Readonly<Record<string, string>> {
  return {
    TONGGE_POSTGRES_URL: postgres.url,
    TONGGE_REDIS_URL: redis.url,
    TONGGE_MEETING: meeting,
    TONGGE_LEDGER: ledger,
  }
}

async function strike(
  victim: Victim,
  {
    dice,
    relays,
    postgres,
    redis,
  }: {
    readonly dice: Dice
    readonly relays: readonly RelayProcess[]
    readonly postgres: PostgresServer
    readonly redis: RedisServer
  },
): Promise<void> {
  if (victim === 'relay') return relays[dice(2)]?.kill()
  if (victim === 'connections') {
    // Some of them, or all.
    await postgres.run(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tongge' AND pid % ${1 + dice(2)} = 0`,
    )
    return
  }
  const service = victim === 'redis' ? redis : postgres
  await service.kill()
  await delay(dice(300))
  await service.start()
}

function runRelay(dice: Dice, env: Readonly<Record<string, string>>): RelayProcess {
  let child: ChildProcess | undefined
  let port: number | undefined
  const state = { isOver: false }

  const run = async (): Promise<void> => {
    while (!state.isOver) {
      const renewing = dice(2) === 0 ? { TONGGE_RENEW: 'yes' } : {}
      const started = spawn(process.execPath, [script], {
        env: { ...process.env, ...env, ...renewing },
        stdio: ['ignore', 'pipe', env['TONGGE_LOUD'] ? 'inherit' : 'ignore'],
      })
      child = started
      started.stdout?.once('data', (data) => {
        if (child === started) port = Number(/ready (\d+)/.exec(String(data))?.[1])
      })
      await once(started, 'exit')
      port = undefined
    }
  }
  const running = run()
  return {
    port: () => port,
    kill: () => void child?.kill('SIGKILL'),
    async stop() {
      state.isOver = true
      child?.kill('SIGKILL')
      await running
    },
  }
}

/** What is promised is in the newest generation, the meeting's with a receipt, and log, relays and devices say the same. */
async function check(
  log: UpdateLog,
  newest: (document: string) => Promise<string>,
  promised: ReadonlyMap<string, ReadonlySet<string>>,
  relays: readonly RelayProcess[],
  writers: readonly Writer[],
  report: ClusterReport,
  patienceMs: number,
): Promise<void> {
  report.generations = (await log.documents()).filter((document) => document.startsWith(ledger)).length
  for (const [document, edits] of promised) {
    const name = await newest(document)
    const stored = await readLog(log, name)
    const receipts = stored.getMap('receipts')
    for (const edit of edits) {
      const isThere = stored.getMap('edits').has(edit) && (document !== meeting || receipts.has(edit))
      if (!isThere) report.lost.push(`${name} ${edit}`)
    }
    const expected = hashOf(stored)
    const devices = writers.filter((writer) => writer.document === name)
    const isEqual = async (): Promise<boolean> => {
      const atRelays = await Promise.all(relays.map((relay) => readRelay(relay.port(), name)))
      return [...atRelays.map((doc) => doc && hashOf(doc)), ...devices.map(({ doc }) => hashOf(doc))].every(
        (hash) => hash === expected,
      )
    }
    const deadline = performance.now() + patienceMs
    while (!(await isEqual()) && performance.now() < deadline) await delay(100)
    if (!(await isEqual())) report.problems.push(`${name} is not the same everywhere`)
  }
  for (const { document, sequence, problem } of await log.verify())
    report.problems.push(`row ${sequence} of ${document}: ${problem}`)
}

async function readLog(log: UpdateLog, document: string): Promise<Y.Doc> {
  const { snapshot, tail } = await log.read(document)
  const doc = new Y.Doc()
  for (const update of [...(snapshot ? [snapshot] : []), ...tail]) Y.applyUpdate(doc, update)
  return doc
}

async function readRelay(port: number | undefined, document: string): Promise<Y.Doc | undefined> {
  if (port === undefined) return undefined
  const doc = new Y.Doc()
  const client = await createFrameClient(`ws://127.0.0.1:${port}/sync`, { docs: new Map([[1, doc]]) }).catch(
    () => undefined,
  )
  if (!client) return undefined
  client.open(1, document, doc)
  const cut = Promise.race([client.closed, client.untilFrame((frame) => frame.type === 'closed')])
  const isWhole = await Promise.race([client.untilFrame(isStep2).then(() => true), cut.then(() => false)])
  client.socket.terminate()
  return isWhole ? doc : undefined
}

/** Of all values, and of every clock. */
function hashOf(doc: Y.Doc): string {
  const sorted = (entries: Iterable<readonly [number | string, unknown]>): unknown =>
    [...entries].toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))
  return JSON.stringify([
    sorted(doc.getMap('edits').entries()),
    sorted(doc.getMap('receipts').entries()),
    sorted(Y.decodeStateVector(Y.encodeStateVector(doc))),
  ])
}
