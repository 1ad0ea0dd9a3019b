import type { RecordId } from '@tongge/model'
import { expect, test } from 'vitest'
import { folded, reported, stepOf } from '../test-tickets.ts'
import { stepLines } from './step-lines.ts'

const accept = stepOf('a1', 'accept', 'submitted', 'registered', 'member01', 'gridMember', 1)
const secondAccept = stepOf('a2', 'accept', 'submitted', 'registered', 'member02', 'gridMember', 2)
const reject = stepOf('r1', 'reject', 'submitted', 'rejected', 'leader01', 'gridLeader', 3, { note: '不属实' })
const settle = (verdict: 'applies' | 'discarded') =>
  stepOf('z1', 'settle', 'registered', 'registered', 'leader01', 'gridLeader', 4, {
    settles: 'r1' as RecordId,
    verdict,
  })

test('[TKA20] two who accepted both stand in the timeline, the earlier as 首问人 and the other as helper', () => {
  const lines = stepLines(folded('t', reported(), accept, secondAccept))
  expect(lines.map(({ step, part }) => [step.id, part])).toEqual([
    ['a2', 'coAssignees'],
    ['a1', 'firstContact'],
    ['s0', undefined],
  ])
})

test('[TKA21] a conflicting step stands in its place and tells the state that it met', () => {
  const [line] = stepLines(folded('t', reported(), accept, reject))
  expect(line).toMatchObject({ mark: 'conflicting', stateThen: 'registered' })
  expect(line?.step.from).toBe('submitted')
})

test.each([
  ['applies', 'adopted'],
  ['discarded', 'declined'],
] as const)('[TKA21] once a leader has settled it (%s) the step says how', (verdict, mark) => {
  const lines = stepLines(folded('t', reported(), accept, reject, settle(verdict)))
  expect(lines.map(({ step, mark, settles }) => [step.id, mark, settles?.id])).toEqual([
    ['z1', undefined, 'r1'],
    ['r1', mark, undefined],
    ['a1', undefined, undefined],
    ['s0', undefined, undefined],
  ])
})
