/** A Redis or Valkey of the test's own, on a free port of this machine, that keeps nothing. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { findRedis } from '../../tools/services.ts'

export interface RedisServer {
  readonly url: string
  /** With SIGKILL. */
  kill(): Promise<void>
  /** After `kill`: resolves once it takes connections. */
  start(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export async function startRedis(): Promise<RedisServer> {
  const program = findRedis()
  if (!program)
    throw new Error(
      'this test needs Redis or Valkey: apt-get install redis-server, or TONGGE_REDIS as the path of its program',
    )
  const port = await freePort()
  let server: ChildProcess | undefined

  const start = async (): Promise<void> => {
    const started = spawn(
      program,
      ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', '/tmp'],
      { stdio: 'ignore' },
    )
    server = started
    while (!(await answers(port))) {
      if (started.exitCode !== null) throw new Error('the redis server does not start')
      await delay(10)
    }
  }
  const kill = async (): Promise<void> => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return
    const gone = once(server, 'exit')
    server.kill('SIGKILL')
    await gone
  }

  await start()
  return { url: `redis://127.0.0.1:${port}`, kill, start, [Symbol.asyncDispose]: kill }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  probe.listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
