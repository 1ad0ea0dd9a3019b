import { allowedSteps, type AccountId, type Role } from '@tongge/model'
import { expect, test } from 'vitest'
import { folded, reported, stepOf } from '../test-tickets.ts'
import { splitSteps } from './main-steps.ts'

const accept = stepOf('a1', 'accept', 'submitted', 'registered', 'member01', 'gridMember', 1)
const dispatch = stepOf('a2', 'dispatch', 'registered', 'assigned', 'leader01', 'gridLeader', 2, {
  assignee: 'member01' as AccountId,
})
const conflict = stepOf('r1', 'reject', 'submitted', 'rejected', 'leader01', 'gridLeader', 3, { note: '不属实' })

test('[TKA23] the main step is the one that moves the ticket on for this person', () => {
  const main = (
    account: string,
    role: Role,
    ...steps: Parameters<typeof folded> extends [string, ...infer S] ? S : never
  ) => {
    const ticket = folded('t', ...steps)
    return splitSteps(ticket, allowedSteps(ticket, { account: account as AccountId, roles: [role] })).main?.action
  }
  expect(main('member01', 'gridMember', reported())).toBe('accept')
  expect(main('leader01', 'gridLeader', reported(), accept)).toBe('dispatch')
  expect(main('member01', 'gridMember', reported(), accept)).toBe('start')
  expect(main('member01', 'gridMember', reported(), accept, dispatch)).toBe('start')
  expect(main('leader01', 'gridLeader', reported(), accept, dispatch)).toBeUndefined()
})

test('[TKA23] settling is no button: it stands beside the step it settles', () => {
  const ticket = folded('t', reported(), accept, conflict)
  const { others } = splitSteps(
    ticket,
    allowedSteps(ticket, { account: 'leader01' as AccountId, roles: ['gridLeader'] }),
  )
  expect(others.map(({ action }) => action)).not.toContain('settle')
})
