/** The administrator's command line as a process. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readPassword } from './read-password.ts'
import { runAdmin } from './run-admin.ts'

process.exitCode = await runAdmin(process.argv.slice(2), {
  env: process.env,
  root: join(dirname(fileURLToPath(import.meta.url)), '../../..'),
  readPassword,
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  now: Date.now,
})
