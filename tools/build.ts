/** Builds the app when its sources changed since the last build. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bin, root, run } from './shell.ts'

const sources = [
  'tools/trusted-templates.ts',
  'client/src',
  'client/public',
  'client/index.html',
  'client/vite.config.ts',
  'client/package.json',
  'packages',
  'pnpm-lock.yaml',
]
const stamp = join(root, 'client', 'dist', '.sources')

export async function build(): Promise<boolean> {
  const wanted = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true
  console.log('Building the app …')
  const code = await run(bin('vite', join(root, 'client')), ['build', '--logLevel', 'warn'], {
    cwd: join(root, 'client'),
    quiet: true,
  })
  if (code !== 0) return false
  writeFileSync(stamp, wanted)
  return true
}

function fingerprint(): string {
  const hash = createHash('sha256')
  const visit = (path: string): void => {
    if (!existsSync(path)) return
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort())
        if (name !== 'node_modules' && name !== 'dist') visit(join(path, name))
    } else {
      hash.update(path.slice(root.length)).update('\0').update(readFileSync(path))
    }
  }
  for (const source of sources) visit(join(root, source))
  return hash.digest('hex')
}
