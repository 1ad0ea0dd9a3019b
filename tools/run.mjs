// Starts a project command on the Node and pnpm the project is pinned to, whatever the machine has.
// Plain JavaScript that an older Node (>= 20.19) can read; it must not import anything that is not built in.
import { spawn, spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NODE = '24.21.0'
const PNPM = '12.21.0'
const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** npx only fetches the two and says where they are: it would not pass signals on to a program it started. */
function toolchain() {
  if (process.env.TONGGE_TOOLCHAIN === 'ready') return { node: process.execPath, path: process.env.PATH }
  const options = {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  }
  const found = spawnSync(
    'npx',
    ['-y', '-p', `node@${NODE}`, '-p', `pnpm@${PNPM}`, '-c', 'node tools/where.mjs'],
    options,
  )
  if (found.status === 0) return JSON.parse(found.stdout.trim().split('\n').at(-1))
  console.error(found.stderr ?? '')
  console.error(
    `Could not get Node ${NODE} and pnpm ${PNPM} through npx. Is npm 10 or newer installed and its registry reachable?`,
  )
  process.exit(1)
}

const { node, path } = toolchain()
const child = spawn(node, ['tools/task.ts', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: path, TONGGE_TOOLCHAIN: 'ready' },
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
// A shell between npm and this program does not pass signals on: when it is gone, so is the one who asked.
const parent = process.ppid
setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 500).unref()
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal ? 130 : 1)
})
