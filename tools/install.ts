/** Brings in what the lock file names, once per lock file. */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './shell.ts'

const stamp = join(root, 'node_modules', '.tongge-installed')

export async function install(): Promise<boolean> {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex')
  if (read(stamp) === wanted) return true
  console.log('Installing dependencies …')
  const code = await run('pnpm', ['install', '--frozen-lockfile', '--prefer-offline'], { quiet: true })
  if (code !== 0) {
    console.error('Could not install the dependencies; see above. Is the npm registry reachable?')
    return false
  }
  writeFileSync(stamp, wanted)
  return true
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
