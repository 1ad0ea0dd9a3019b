import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { UpdateLog } from '../../sync-server/src/ports.ts'
import { newKeyLine, parseKeyring } from '../../sync-server/src/seal/keyring.ts'
import { createRowSeal } from '../../sync-server/src/seal/row-seal.ts'
import { openPostgresUpdateLog, UnusableLogError } from '../../sync-server/src/sync.ts'
import { startCuttingProxy } from '../support/cutting-proxy.ts'
import { startPostgres, type PostgresServer } from '../support/postgres-server.ts'
import { createDice } from '../relay/history.ts'
import { bytes, describeSharedLog, describeUpdateLog, row } from './update-log.contract.ts'

let server: PostgresServer
let schemas = 0
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server[Symbol.asyncDispose]())

const keyring = parseKeyring(newKeyLine(), 'test')
if (!keyring.ok) throw new Error(keyring.failure.join())
const keys = keyring.value
const newSchema = (): string => `log${++schemas}`

for (const [name, seal] of [
  ['postgresql', undefined],
  ['sealed, in postgresql', createRowSeal(keys)],
] as const)
  describeUpdateLog(name, async () => {
    const schema = newSchema()
    const open = (): Promise<UpdateLog> => openPostgresUpdateLog({ url: server.url, schema, seal })
    let current = await open()
    const reopen = async (): Promise<UpdateLog> => {
      await current.close()
      current = await open()
      return current
    }
    return { log: current, reopen, dispose: () => current.close() }
  })

describeSharedLog('postgresql', () => openPostgresUpdateLog({ url: server.url, schema: newSchema() }))

interface Opened extends AsyncDisposable {
  readonly log: UpdateLog
  readonly schema: string
}

async function open(url = server.url, schema = newSchema()): Promise<Opened> {
  const log = await openPostgresUpdateLog({ url, schema })
  return { log, schema, [Symbol.asyncDispose]: () => log.close() }
}

const valuesOf = async (log: UpdateLog, document: string): Promise<readonly number[]> =>
  (await log.read(document)).tail.map((update) => update[0] ?? 0)

test('[LOG9] [LOG11] a changed row and one that was moved are left out and named, and no other is harmed (postgresql)', async () => {
  await using opened = await open()
  const { log, schema } = opened
  for (let value = 1; value <= 6; value++) await log.append([row(value % 2 ? 'a' : 'b', value)])
  await server.run(`UPDATE ${schema}.change SET bytes = set_byte(bytes, 100, 77) WHERE sequence = 1`)
  await server.run(`UPDATE ${schema}.change SET document = 'a' WHERE sequence = 2`)
  await server.run(`UPDATE ${schema}.change SET account = 'eve' WHERE sequence = 4`)
  expect(await log.read('a')).toMatchObject({ damaged: 2, through: 5 })
  expect(await valuesOf(log, 'a')).toEqual([3, 5])
  expect(await valuesOf(log, 'b')).toEqual([6])
  const problem = 'checksum does not match'
  expect(await log.verify()).toEqual([
    { document: 'a', sequence: 1, problem },
    { document: 'a', sequence: 2, problem },
    { document: 'b', sequence: 4, problem },
  ])
})

test('[LOG10] a damaged snapshot is left out and named (postgresql)', async () => {
  await using opened = await open()
  const { log, schema } = opened
  const [, second = 0] = await log.append([row('a', 1), row('a', 2), row('a', 3)])
  await log.compact('a', bytes(12), second)
  await server.run(`UPDATE ${schema}.snapshot SET bytes = set_byte(bytes, 0, 13)`)
  expect(await log.read('a')).toMatchObject({ snapshot: undefined, damaged: 1, through: 3 })
  expect(await log.verify()).toEqual([{ document: 'a', sequence: 2, problem: 'snapshot: checksum does not match' }])
})

test('[LOG14] a database that refuses a row stores nothing of the commit, and the log goes on (postgresql)', async () => {
  await using opened = await open()
  const { log, schema } = opened
  await log.append([row('a', 1)])
  await server.run(`ALTER TABLE ${schema}.change ADD CONSTRAINT full_disk CHECK (get_byte(bytes, 0) <> 66)`)
  const answers = await Promise.allSettled([log.append([row('a', 2), row('b', 3)]), log.append([row('a', 66)])])
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await log.documents()).toEqual(['a'])
  expect(await log.append([row('b', 4)])).toEqual([2])
  expect(await valuesOf(log, 'a')).toEqual([1])
  expect(await log.verify()).toEqual([])
})

test('[LOG19] several relays append to one log: each row once, and every sequence once and in the order of commit', async () => {
  const schema = newSchema()
  const opened = await Promise.all([open(server.url, schema), open(server.url, schema), open(server.url, schema)])
  const dice = createDice(5)
  const sequences: number[] = []
  await Promise.all(
    opened.map(async ({ log }, relay) => {
      for (let turn = 0; turn < 20; turn++) {
        const rows = Array.from({ length: 1 + dice(3) }, () => row(`d${dice(3)}`, relay))
        const [mine] = await Promise.all([log.append(rows), delay(dice(3))])
        sequences.push(...mine)
      }
    }),
  )
  const all = sequences.toSorted((a, b) => a - b)
  expect(all).toEqual(all.map((_, index) => index + 1))
  const [first] = opened
  const stored = await Promise.all(['d0', 'd1', 'd2'].map(async (name) => (await first.log.read(name)).tail.length))
  expect(stored.reduce((sum, count) => sum + count, 0)).toBe(all.length)
  for (const { log } of opened) await log.close()
})

test.each(['before', 'after'] as const)(
  '[LOG20] a line that is cut %s the database has committed leads to each row being stored once, and to the right answer',
  async (when) => {
    const proxy = await startCuttingProxy(server.socket)
    await using opened = await open(server.url.replace(/host=[^&]+/, `host=${proxy.folder}`))
    const { log } = opened
    await log.append([row('a', 1)])
    proxy.cut('COMMIT', when)
    expect(await Promise.all([log.append([row('a', 2), row('b', 3)]), log.append([row('a', 4)])])).toEqual([
      [2, 3],
      [4],
    ])
    expect(proxy.cuts).toBe(1)
    expect(await log.append([row('b', 5)])).toEqual([5])
    expect([await valuesOf(log, 'a'), await valuesOf(log, 'b')]).toEqual([
      [1, 2, 4],
      [3, 5],
    ])
    await log.close()
    await proxy.close()
  },
)

test('[LOG20] connections that the database ends under appends are ordinary failures: what was answered is there once, what was refused is not', async () => {
  await using opened = await open()
  const { log } = opened
  const state = { isOver: false }
  const killing = (async () => {
    for (let kill = 0; kill < 12; kill++) {
      await delay(60 + kill)
      await server.run(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tongge' AND pid <> pg_backend_pid()`,
      )
    }
    state.isOver = true
  })()
  const promised: number[] = []
  for (let value = 0; !state.isOver; value++) {
    const answers = await Promise.allSettled([log.append([row(`d${value}`, 1)]), log.append([row(`d${value}`, 2)])])
    if (answers.every(({ status }) => status === 'fulfilled')) promised.push(value)
  }
  await killing
  expect(promised.length).toBeGreaterThan(12)
  for (const value of promised) expect(await valuesOf(log, `d${value}`)).toEqual([1, 2])
  expect(await log.documents()).toHaveLength(promised.length)
})

test('[LOG21] a database killed at any moment keeps what was answered, and the log goes on with it once it is back', async () => {
  await using opened = await open()
  const { log } = opened
  const promised = new Set<number>()
  for (let kill = 0; kill < 3; kill++) {
    const writers = Array.from({ length: 5 }, async (_, writer) => {
      for (let at = 0; at < 40; at++) {
        const value = kill * 1000 + writer * 100 + at
        await log.append([row(`d${value}`, 1)]).then(
          () => promised.add(value),
          () => delay(20),
        )
      }
    })
    await delay(15 * (kill + 1))
    await server.kill()
    await server.start()
    await Promise.all(writers)
  }
  expect(promised.size).toBeGreaterThan(100)
  const documents = new Set(await log.documents())
  expect([...promised].filter((value) => !documents.has(`d${value}`))).toEqual([])
  expect(await log.verify()).toEqual([])
})

test('[LOG13] tables of another version, a name that is none, and a database that does not sync its commits are refused with a reason', async () => {
  await using opened = await open()
  await expect(open(server.url, 'Log"; --')).rejects.toThrow(UnusableLogError)
  await server.run(`UPDATE ${opened.schema}.log_state SET version = 99`)
  await expect(open(server.url, opened.schema)).rejects.toThrow(/has log version 99; this relay reads version 1/)
  await server.run('ALTER SYSTEM SET fsync = off')
  await server.run('SELECT pg_reload_conf()')
  await expect.poll(() => open().then(() => 'opened', String)).toMatch(/fsync = off/)
  await server.run('ALTER SYSTEM RESET fsync')
  await server.run('SELECT pg_reload_conf()')
})
