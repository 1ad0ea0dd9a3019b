/** The project's commands. Runs on the pinned Node; `run.mjs` sees to that. */
import { admin, bench, dev, start } from './serve.ts'
import { check, test } from './gates.ts'
import { install } from './install.ts'

const tasks: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  start,
  dev,
  test,
  check,
  admin,
  bench,
}

const [name = 'start', ...args] = process.argv.slice(2)
const task = tasks[name]
if (!task) {
  console.error(`No command "${name}". There are: ${Object.keys(tasks).join(', ')}.`)
  process.exitCode = 2
} else {
  process.exitCode = (await install()) ? await task(args) : 1
}
