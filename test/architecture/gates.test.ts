import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { refusals } from '../../tools/asked.ts'
import { tally } from '../../tools/suite.ts'

const root = join(import.meta.dirname, '..', '..')

describe('the gates', () => {
  it('[GATE1] a gate that does not exist is refused with the list of those that do', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/task.ts', 'test', 'nosuch'], {
      cwd: root,
      encoding: 'utf8',
    })
    expect(status).toBe(2)
    expect(stderr).toContain('format, types, lint, unit, system, crash, build, browser')
    expect(stdout).not.toContain('passed')
  })

  it('[GATE1] a number of seeds or kills that is none is refused by its name', () => {
    const gates = ['unit', 'system']
    for (const [name, text] of [
      ['TONGGE_SEEDS', 'abc'],
      ['TONGGE_SEEDS', '0'],
      ['TONGGE_KILLS', ''],
      ['TONGGE_KILLS', '1e3'],
      ['TONGGE_SEED', '-1'],
    ] as const)
      expect(refusals(['unit'], gates, { [name]: text })).toEqual([expect.stringContaining(`${name} is "${text}"`)])
    expect(refusals([], gates, { TONGGE_SEEDS: '100000', TONGGE_KILLS: '2000', TONGGE_SEED: '0' })).toEqual([])
  })

  it('[GATE2] a test that passed only when tried again is named', () => {
    const result = (fullName: string, status: string, failureMessages: readonly string[]) => ({
      fullName,
      status,
      failureMessages,
    })
    const report = {
      numPassedTests: 2,
      numFailedTests: 1,
      testResults: [
        {
          assertionResults: [
            result('fine', 'passed', []),
            result('second try', 'passed', ['no']),
            result('broken', 'failed', ['no', 'no']),
          ],
        },
      ],
    }
    expect(tally(report, 1)).toEqual({ passed: 2, failed: 1, retried: ['second try'] })
  })
})
