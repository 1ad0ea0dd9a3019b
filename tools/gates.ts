/** Every gate of the project, in the order in which a failure is cheapest to find. The last line printed is `N passed, N failed`. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from './browser.ts'
import { build } from './build.ts'
import { bin, root, run } from './shell.ts'

interface Count {
  readonly name: string
  readonly passed: number
  readonly failed: number
  readonly seconds: number
}

type Gate = () => Promise<{ readonly passed: number; readonly failed: number }>

const one = (code: number | boolean): { passed: number; failed: number } =>
  code === 0 || code === true ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }

const fast: readonly (readonly [string, Gate])[] = [
  ['format', async () => one(await run(bin('oxfmt'), ['--check'], { quiet: true }))],
  ['types', async () => one(await run(bin('tsc'), ['-b', '--pretty', 'false']))],
  ['lint', async () => one(await run(bin('oxlint'), [], { quiet: true }))],
  ['unit', () => suite('unit')],
]

const slow: readonly (readonly [string, Gate])[] = [
  ['system', () => suite('system')],
  ['crash', () => suite('crash')],
  ['build', async () => one(await build())],
  ['browser', browser],
]

/** The gates that need no browser and no minutes: what to run before a commit. */
export function check(): Promise<number> {
  return report(fast)
}

/** Everything. `npm test -- unit browser` runs only the named gates. */
export function test(args: readonly string[]): Promise<number> {
  const all = [...fast, ...slow]
  return report(args.length === 0 ? all : all.filter(([name]) => args.includes(name)))
}

async function report(gates: readonly (readonly [string, Gate])[]): Promise<number> {
  const counts: Count[] = []
  for (const [name, gate] of gates) {
    console.log(`\n── ${name} ──`)
    const begun = performance.now()
    const result = await gate()
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

/** One vitest project; its JSON report is what is counted, so that a suite that cannot start counts as failed. */
async function suite(project: string, env: Readonly<Record<string, string>> = {}): ReturnType<Gate> {
  const folder = mkdtempSync(join(tmpdir(), 'tongge-report-'))
  const file = join(folder, 'report.json')
  const code = await run(
    bin('vitest'),
    ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    { env, cwd: root },
  )
  try {
    const seen = JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numFailedTests: number }
    const failed = seen.numFailedTests
    return { passed: seen.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed }
  } catch {
    return one(false)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
