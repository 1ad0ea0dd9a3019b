/** The relay as a process: environment to configuration, start, signals. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { parseConfig } from './config.ts'
import { startRelay } from './relay.ts'
import { StartError } from './stores.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const config = parseConfig(process.env, root)
if (!config.ok) {
  for (const problem of config.failure) process.stderr.write(`${problem}\n`)
  process.exit(2)
}

const logger = pino({ level: config.value.logLevel, base: null }, pino.destination({ dest: 2, sync: true }))
try {
  const relay = await startRelay(config.value, { logger })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      // Whatever hangs, the process ends within five seconds.
      setTimeout(() => process.exit(1), 4500).unref()
      void relay.close().then(() => process.exit(0))
    })
  }
  if (relay.demo) {
    process.stdout.write(`\n演示账号 demo accounts, password ${relay.demo.password}\n`)
    for (const { account, name, role } of relay.demo.accounts)
      process.stdout.write(`  ${account.padEnd(14)}${role.padEnd(20)}${name}\n`)
  }
  process.stdout.write(`\nready http://127.0.0.1:${relay.port}\n`)
} catch (error) {
  process.stderr.write(
    error instanceof StartError
      ? `${error.message}\n`
      : `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
  process.exit(1)
}
