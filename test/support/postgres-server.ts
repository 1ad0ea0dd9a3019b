/** A PostgreSQL of the test's own: a new cluster in a temporary folder, reached by a socket in it and by no network. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { findPostgres } from '../../tools/services.ts'

export interface PostgresServer {
  readonly url: string
  /** Of the socket, for what stands in between. */
  readonly socket: string
  /** One statement as the owner of everything. */
  run(statement: string): Promise<readonly Record<string, unknown>[]>
  /** As by kill -9 of all its processes. */
  kill(): Promise<void>
  /** After `kill`: resolves once it answers. */
  start(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const port = 5432

export async function startPostgres(): Promise<PostgresServer> {
  const programs = findPostgres()
  if (!programs)
    throw new Error(
      'this test needs PostgreSQL: apt-get install postgresql, or TONGGE_POSTGRES as its folder of programs',
    )
  const folder = await mkdtemp(join(tmpdir(), 'tongge-pg-'))
  // It does not run as root.
  const owner = process.getuid?.() === 0 ? userOf('postgres') : undefined
  if (owner) chownSync(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'tongge', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...owner, stdio: 'ignore', cwd: folder },
  )
  const url = `postgresql://tongge@/postgres?host=${folder}&port=${port}`
  let server: ChildProcess | undefined

  const run = async (statement: string): Promise<readonly Record<string, unknown>[]> => {
    const client = new Client({ connectionString: url })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(statement)).rows
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  const start = async (): Promise<void> => {
    server = spawn(
      join(programs, 'postgres'),
      ['-D', data, '-k', folder, '-p', String(port), '-c', 'listen_addresses=', '-c', 'restart_after_crash=off'],
      { ...owner, stdio: 'ignore', cwd: folder },
    )
    for (let left = 400; ; left--) {
      try {
        await run('SELECT 1')
        return
      } catch (error) {
        if (left === 0 || server.exitCode !== null) throw error
        await delay(25)
      }
    }
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return
    const gone = once(server, 'exit')
    server.kill(signal)
    await gone
  }

  await start()
  return {
    url,
    socket: join(folder, `.s.PGSQL.${port}`),
    run,
    // Immediate shutdown: every process exits at once and nothing is written any more, so that the next start recovers.
    kill: () => end('SIGQUIT'),
    start,
    async [Symbol.asyncDispose]() {
      await end('SIGQUIT')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function userOf(name: string): { readonly uid: number; readonly gid: number } {
  const id = (option: string): number => Number(execFileSync('id', [option, name], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}
