/** One lane of kills: start the relay, check that everything promised before is there, write under it, kill it, again. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import * as Y from 'yjs'
import { verifyAudit } from '../../sync-server/src/audit/verify-audit.ts'
import { createFrameClient, isStep2, type FrameClient } from '../relay/clients.ts'
import { createDice, type Dice } from '../relay/history.ts'

export interface KillReport {
  kills: number
  /** Edits that were acknowledged. */
  acknowledged: number
  /** Of these, edits that came to an older generation. */
  late: number
  /** Edits that were acknowledged, or that another client saw, and are gone; and stores that cannot be opened or read any more. */
  readonly lost: string[]
  /** Stored updates without their audit entry, and the other way round. */
  readonly audit: string[]
  /** How often each way of dying came about. */
  readonly deaths: Record<string, number>
}

const ledger = 'grid/990101001001001/ledger'
const meeting = 'meeting/m1'
const documents = [meeting, ledger] as const
export const failpoints = [
  'before-commit',
  'after-commit',
  'before-ack',
  'after-ack',
  'before-show',
  'after-show',
  'before-compact',
  'after-compact',
  'before-read',
] as const
const writersPerDocument = 2
/** A store is used for so many kills before the next begins empty. */
const killsPerStore = 20
const script = fileURLToPath(new URL('relay-process.ts', import.meta.url))

export async function runKills(
  seed: number,
  kills: number,
  env: Readonly<Record<string, string>> = {},
): Promise<KillReport> {
  const dice = createDice(seed)
  const report: KillReport = { kills: 0, acknowledged: 0, late: 0, lost: [], audit: [], deaths: {} }
  while (report.kills < kills) {
    const folder = await mkdtemp(join(tmpdir(), 'tongge-crash-'))
    const promised = new Map(documents.map((name) => [name as string, new Set<string>()]))
    for (let kill = 0; kill < killsPerStore && report.kills < kills; kill++)
      await killOnce(join(folder, 'log.db'), dice, promised, report, env)
    const { child, port, newest } = await startRelay(join(folder, 'log.db'), env)
    if (port === undefined) report.lost.push('a store that does not open after its last kill')
    else if (!(await verify(port, newest, promised, report)))
      report.lost.push('a store that is not read to its end after its last kill')
    await stop(child)
    report.audit.push(...auditProblems(join(folder, 'log.db')))
    await rm(folder, { recursive: true })
  }
  return report
}

async function killOnce(
  file: string,
  dice: Dice,
  promised: Map<string, Set<string>>,
  report: KillReport,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const point = dice(2) === 0 ? failpoints[dice(failpoints.length)] : undefined
  const times = point?.includes('compact') ? 1 : 1 + dice(point === 'before-read' ? 2 : 30)
  const renewing = dice(6) === 0 ? { TONGGE_RENEW: 'yes' } : {}
  const failing = point ? { TONGGE_FAILPOINT: `${point}:${times}` } : {}
  const { child, port, newest } = await startRelay(file, { ...env, ...renewing, ...failing })
  let death: string = point ?? 'random'
  const gone = once(child, 'exit')
  // No failpoint lies before the ready line.
  if (port === undefined) {
    report.lost.push('a store that does not open after a kill')
    death = 'no start'
  } else {
    const isWhole = await verify(port, newest, promised, report)
    // A failpoint may cut a reading off, and so may a generation that begins; nothing else may.
    if (!isWhole && !point && !('TONGGE_RENEW' in renewing))
      report.lost.push('a store that is not read to its end after a kill')
    const stopWriting = await write(port, newest, dice, promised, report)
    // A failpoint that is not reached in time becomes a kill at a random moment.
    await Promise.race([gone, delay(point ? patience(point) : dice('TONGGE_RENEW' in renewing ? 200 : 60))])
    if (isAlive(child)) {
      death = 'random'
      child.kill('SIGKILL')
    }
    await gone
    await stopWriting()
  }
  report.kills++
  report.deaths[death] = (report.deaths[death] ?? 0) + 1
}

function auditProblems(file: string): readonly string[] {
  const database = new Database(file, { readonly: true })
  try {
    return verifyAudit(database)?.problems ?? ['there is no audit log']
  } finally {
    database.close()
  }
}

/** How long a failpoint is waited for, in milliseconds. A compaction begins with a worker that has to start. */
function patience(point: (typeof failpoints)[number]): number {
  return point.includes('compact') ? 5_000 : 600
}

/** Everything promised is there, for a client that comes with nothing. False when it could not be read to its end. */
async function verify(
  port: number,
  newest: string,
  promised: Map<string, Set<string>>,
  report: KillReport,
): Promise<boolean> {
  const docs = documents.map(() => new Y.Doc())
  const client = await connect(port, new Map(docs.map((doc, index) => [index + 1, doc])))
  if (!client) return false
  const isWhole = await readAll(client, docs, newest)
  client.socket.terminate()
  if (!isWhole) return false
  for (const [index, name] of documents.entries()) {
    const there = docs[index]?.getMap('edits')
    const receipts = docs[index]?.getMap('receipts')
    for (const edit of promised.get(name) ?? []) {
      if (there?.has(edit) && (name !== meeting || receipts?.has(edit))) continue
      report.lost.push(`${name} ${edit}`)
      promised.get(name)?.delete(edit)
    }
  }
  return true
}

/** Writers on every document. Returns what stops them and collects what they were promised. */
async function write(
  port: number,
  newest: string,
  dice: Dice,
  promised: Map<string, Set<string>>,
  report: KillReport,
): Promise<() => Promise<void>> {
  const clients: FrameClient[] = []
  for (const name of documents) {
    const kept = promised.get(name) ?? new Set<string>()
    for (let writer = 0; writer < writersPerDocument; writer++) {
      const doc = new Y.Doc()
      const client = await connect(port, new Map([[1, doc]]))
      if (!client) continue
      clients.push(client)
      // One of the ledger's writers never hears of a new generation.
      const open = name === ledger && writer > 0 ? newest : name
      const isLate = name === ledger && open !== newest
      const sent: string[] = []
      let counted = 0
      const run = `${report.kills}-${writer}-${dice(1e6)}`
      doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin !== client.socket) client.update(1, update)
      })
      // What another client saw is as good as promised.
      doc.getMap('edits').observe((event, transaction) => {
        if (transaction.origin === client.socket) for (const key of event.keysChanged) kept.add(key)
      })
      const writeOne = (): void => {
        if (client.socket.readyState !== client.socket.OPEN) return
        const edit = `${run}-${sent.length}`
        sent.push(edit)
        doc.getMap('edits').set(edit, 'x'.repeat(dice(80)))
      }
      client.socket.on('message', () => {
        const frame = client.frames.at(-1)
        if (frame?.type !== 'acknowledged') return
        for (; counted < frame.count; counted++) {
          kept.add(sent[counted] ?? '')
          report.acknowledged++
          if (isLate) report.late++
        }
        writeOne()
        if (sent.length < 400) writeOne()
      })
      client.open(1, open, doc)
      void client.untilFrame(isStep2).then(() => {
        for (let edits = 1 + dice(4); edits > 0; edits--) writeOne()
      })
    }
  }
  return async () => {
    await Promise.all(clients.map((client) => client.closed))
  }
}

async function readAll(client: FrameClient, docs: readonly Y.Doc[], newest: string): Promise<boolean> {
  for (const [index, doc] of docs.entries())
    client.open(index + 1, documents[index] === ledger ? newest : (documents[index] ?? ''), doc)
  const all = Promise.all(
    docs.map((_, index) =>
      client.untilFrame((frame) => isStep2(frame) && 'channel' in frame && frame.channel === index + 1),
    ),
  )
  const cut = Promise.race([client.closed, client.untilFrame((frame) => frame.type === 'closed')])
  return Promise.race([all.then(() => true), cut.then(() => false)])
}

/** Undefined when the relay died meanwhile. */
async function connect(port: number, docs: ReadonlyMap<number, Y.Doc>): Promise<FrameClient | undefined> {
  try {
    return await createFrameClient(`ws://127.0.0.1:${port}/sync`, { docs })
  } catch {
    return undefined
  }
}

async function startRelay(
  file: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly child: ChildProcess; readonly port: number | undefined; readonly newest: string }> {
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, ...env, TONGGE_LOG: file, TONGGE_LEDGER: ledger, TONGGE_MEETING: meeting },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ready = once(child.stdout, 'data').then(([data]) => /ready (\d+) (\S+)/.exec(String(data)))
  const told = await Promise.race([ready, once(child, 'exit').then(() => undefined)])
  return { child, port: told ? Number(told[1]) : undefined, newest: told?.[2] ?? ledger }
}

async function stop(child: ChildProcess): Promise<void> {
  if (!isAlive(child)) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}
