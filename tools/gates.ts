/** Every gate of the project, in the order in which a failure is cheapest to find. The last line printed is `N passed, N failed`. */
import { refusals } from './asked.ts'
import { ensureChromium } from './browser.ts'
import { build } from './build.ts'
import { ensureServices } from './services.ts'
import { bin, run } from './shell.ts'
import { suite, type Tally } from './suite.ts'

interface Count extends Tally {
  readonly name: string
  readonly seconds: number
}

type Gate = () => Promise<Tally>

const one = (code: number | boolean): Tally => {
  const isFine = code === 0 || code === true
  return { passed: isFine ? 1 : 0, failed: isFine ? 0 : 1, retried: [] }
}

const fast: readonly (readonly [string, Gate])[] = [
  ['format', async () => one(await run(bin('oxfmt'), ['--check'], { quiet: true }))],
  ['types', async () => one(await run(bin('tsc'), ['-b', '--pretty', 'false']))],
  ['lint', async () => one(await run(bin('oxlint'), [], { quiet: true }))],
  ['unit', () => suite('unit')],
]

const slow: readonly (readonly [string, Gate])[] = [
  ['system', async () => suite('system', await ensureServices())],
  ['crash', async () => suite('crash', await ensureServices())],
  ['build', async () => one(await build())],
  ['browser', browser],
]

/** The gates that need no browser and no minutes: what to run before a commit. */
export function check(): Promise<number> {
  return report(fast, [])
}

/** Everything. `npm test -- unit browser` runs only the named gates. */
export function test(args: readonly string[]): Promise<number> {
  return report([...fast, ...slow], args)
}

async function report(gates: readonly (readonly [string, Gate])[], asked: readonly string[]): Promise<number> {
  const names = gates.map(([name]) => name)
  const refused = refusals(asked, names, process.env)
  for (const line of refused) console.error(line)
  if (refused.length > 0) return 2
  const counts: Count[] = []
  for (const [name, gate] of gates) {
    if (asked.length > 0 && !asked.includes(name)) continue
    console.log(`\n── ${name} ──`)
    const begun = performance.now()
    const result = await gate()
    for (const name of result.retried) console.log(`passed only when tried again: ${name}`)
    counts.push({ name, ...result, seconds: (performance.now() - begun) / 1000 })
  }
  console.log('')
  for (const count of counts) {
    console.log(
      `${count.name.padEnd(8)} ${String(count.passed).padStart(6)} ok ${String(count.failed).padStart(4)} bad ${count.seconds.toFixed(1).padStart(7)} s`,
    )
  }
  const sum = (pick: (count: Count) => number): number => counts.reduce((total, count) => total + pick(count), 0)
  console.log(`${sum((count) => count.passed)} passed, ${sum((count) => count.failed)} failed`)
  return sum((count) => count.failed) === 0 ? 0 : 1
}

async function browser(): ReturnType<Gate> {
  const chromium = await ensureChromium()
  return chromium === undefined ? one(false) : suite('browser', { TONGGE_CHROMIUM: chromium })
}
