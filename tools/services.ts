/** Finds the PostgreSQL and the Redis or Valkey that tests start for themselves; on Debian as root they are installed when missing. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './shell.ts'

/** The folder that holds `initdb` and `postgres`. */
export function findPostgres(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  return [
    ...given('TONGGE_POSTGRES'),
    ...versions.map((version) => join(debian, version, 'bin')),
    ...pathFolders(),
    '/opt/homebrew/bin',
  ].find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

/** The program of a Redis or Valkey server. */
export function findRedis(): string | undefined {
  const folders = [...pathFolders(), '/usr/bin', '/opt/homebrew/bin']
  return [
    ...given('TONGGE_REDIS'),
    ...['redis-server', 'valkey-server'].flatMap((name) => folders.map((folder) => join(folder, name))),
  ].find((program) => existsSync(program))
}

/** What the tests need to know of both; tells the person what to install where one is missing and cannot be installed. */
export async function ensureServices(): Promise<Readonly<Record<string, string>>> {
  const missing = (): string[] => [...(findPostgres() ? [] : ['postgresql']), ...(findRedis() ? [] : ['redis-server'])]
  if (missing().length > 0 && existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    console.log(`Installing ${missing().join(' and ')} with apt …`)
    const quiet = { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' } }
    if ((await run('apt-get', ['update'], quiet)) === 0)
      await run('apt-get', ['install', '-y', '--no-install-recommends', ...missing()], quiet)
  }
  if (missing().length > 0)
    console.error(
      `Tests of the shared log need ${missing().join(' and ')}. Install them (Debian: apt-get install postgresql redis-server), or set TONGGE_POSTGRES to the folder of initdb and TONGGE_REDIS to the path of redis-server or valkey-server.`,
    )
  const [postgres, redis] = [findPostgres(), findRedis()]
  return { ...(postgres && { TONGGE_POSTGRES: postgres }), ...(redis && { TONGGE_REDIS: redis }) }
}

function given(name: string): readonly string[] {
  const value = process.env[name]
  return value ? [value] : []
}

function pathFolders(): readonly string[] {
  return (process.env['PATH'] ?? '').split(':').filter(Boolean)
}
