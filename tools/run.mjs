// Starts a project command on the Node and pnpm the project is pinned to, whatever the machine has.
// Plain JavaScript that an older Node (>= 20.19) can read; it must not import anything that is not built in.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NODE = '24.21.0'
const PNPM = '12.21.0'
const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [command = 'start', ...rest] = process.argv.slice(2)

const major = Number(process.versions.node.split('.')[0])
const fits = major >= 24 && process.env.TONGGE_TOOLCHAIN === 'ready'
const script = ['tools/task.ts', command, ...rest]

/** Quotes one word for the shell that npx starts. */
const quote = (word) => (process.platform === 'win32' ? JSON.stringify(word) : `'${word.replaceAll("'", "'\\''")}'`)

const run = (program, args, env) =>
  spawnSync(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env }, shell: process.platform === 'win32' })

const result = fits
  ? run(process.execPath, script, {})
  : run('npx', ['-y', '-p', `node@${NODE}`, '-p', `pnpm@${PNPM}`, '-c', ['node', ...script.map(quote)].join(' ')], {
      TONGGE_TOOLCHAIN: 'ready',
    })

if (result.error) {
  console.error(`Cannot start npx: ${result.error.message}. Install npm 10 or newer, then try again.`)
}
process.exitCode = result.status ?? 1
