import { createCalendar, type Step } from '@tongge/model'
import { expect, test } from 'vitest'
import { birth, folded, hour, now, reported, stepOf } from '../test-tickets.ts'
import { clocksOf } from './clocks.ts'

const accept = stepOf('a1', 'accept', 'submitted', 'registered', 'member01', 'gridMember', 1)
const start = stepOf('a2', 'start', 'registered', 'inProgress', 'member01', 'gridMember', 5)
const suspend = stepOf('a3', 'suspend', 'inProgress', 'suspended', 'member01', 'gridMember', 6, { note: '等停水' })

test('[TKA22] a term is running, overdue, done, or done late', () => {
  const states = (at: number, ...steps: Parameters<typeof folded> extends [string, ...infer S] ? S : never) =>
    clocksOf(folded('t', ...steps), at).map(({ what, state }) => `${what} ${state}`)
  expect(states(now + hour, reported())).toEqual(['onSite running', 'resolve running'])
  expect(states(now + 4 * hour, reported())).toEqual(['onSite overdue', 'resolve running'])
  expect(states(now + 6 * hour, reported(), accept, start)).toEqual(['respond done', 'onSite late', 'resolve running'])
})

test('[TKA22] no term is overdue while the ticket is suspended or has ended', () => {
  const late = now + 400 * hour
  expect(clocksOf(folded('t', reported(), accept, start, suspend), late).map(({ state }) => state)).not.toContain(
    'overdue',
  )
  const reject = stepOf('r1', 'reject', 'submitted', 'rejected', 'leader01', 'gridLeader', 1, { note: '不属实' })
  expect(clocksOf(folded('t', reported(), reject), late).map(({ state }) => state)).toEqual(['stopped', 'stopped'])
})

test('[TKA22] an emergency is answered by its report', () => {
  expect(clocksOf(folded('t', reported({ category: 'emergency.fire' })), now)[0]).toMatchObject({
    what: 'respond',
    state: 'done',
  })
})

test('[TKA26] a running term beyond the published holidays says so, one that a leader granted or that was met does not', () => {
  const year = createCalendar().lastKnownYear
  const after = (Date.parse(`${year}-12-28T02:00:00Z`) - now) / hour
  const late = (...[id, action, from, to, actor, role, hours, more]: Parameters<typeof stepOf>): Step =>
    stepOf(id, action, from, to, actor, role, after + hours, more)
  const submit = late('s0', 'submit', 'draft', 'submitted', 'member01', 'gridMember', 0, {
    birth: { ...birth, category: 'service.housing' },
  })
  const taken = late('a1', 'accept', 'submitted', 'registered', 'member01', 'gridMember', 1)
  const begun = late('a2', 'start', 'registered', 'inProgress', 'member01', 'gridMember', 2)
  const dueAt = Date.parse(`${year + 1}-02-01T02:00:00Z`)
  const asked = late('a3', 'requestExtension', 'inProgress', 'extensionPending', 'member01', 'gridMember', 3, {
    dueAt,
    note: '等部门',
  })
  const granted = late('a4', 'approveExtension', 'extensionPending', 'inProgress', 'leader01', 'gridLeader', 4, {
    dueAt,
  })
  const estimates = (...steps: readonly Step[]) =>
    clocksOf(folded('t', ...steps), now + (after + 5) * hour).flatMap(({ what, isEstimate }) =>
      isEstimate ? [what] : [],
    )
  expect(estimates(submit)).toEqual(['resolve'])
  expect(estimates(submit, taken, begun)).toEqual(['resolve'])
  expect(estimates(submit, taken, begun, asked, granted)).toEqual([])
  expect(estimates(reported())).toEqual([])
})
