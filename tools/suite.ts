/** Runs one vitest project; its JSON report is what is counted, so that a suite that cannot start counts as failed. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bin, root, run } from './shell.ts'

export interface Tally {
  readonly passed: number
  readonly failed: number
  /** Tests that failed at first and passed at another try. */
  readonly retried: readonly string[]
}

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

export async function suite(project: string, env: Readonly<Record<string, string>> = {}): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'tongge-report-'))
  const file = join(folder, 'report.json')
  const code = await run(
    bin('vitest'),
    ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    { env, cwd: root },
  )
  try {
    return tally(JSON.parse(readFileSync(file, 'utf8')) as Report, code)
  } catch {
    return { passed: 0, failed: 1, retried: [] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export function tally({ numPassedTests, numFailedTests, testResults }: Report, code: number): Tally {
  const all = testResults.flatMap(({ assertionResults }) => assertionResults)
  // A passed test keeps what its first try said.
  const retried = all.filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0)
  return {
    passed: numPassedTests,
    failed: numFailedTests === 0 && code !== 0 ? 1 : numFailedTests,
    retried: retried.map(({ fullName }) => fullName),
  }
}
