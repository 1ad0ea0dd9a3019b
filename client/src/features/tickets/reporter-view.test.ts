import type { Entry, Role } from '@tongge/model'
import { expect, test } from 'vitest'
import { mayNameReporter, reporterOf } from './reporter-view.ts'
import { folded, reported } from './test-tickets.ts'

const ticket = folded('t', reported())
const entry = { id: ticket.id, kind: 'reporter', fields: { name: '张三', phone: '13800000001' } } as unknown as Entry
const sees = (role: Role): boolean => reporterOf(ticket, entry, [role]) !== undefined

test('[TKA24] who reported it is shown to those to whom the sensitive document is open, and to nobody else', () => {
  const roles = ['gridMember', 'gridLeader', 'police', 'community'] as const
  expect(roles.filter((role) => sees(role))).toEqual(roles)
  for (const role of ['partTimeMember', 'street', 'department', 'volunteer'] as const) expect(sees(role)).toBe(false)
})

test('[TKA24] what an earlier version wrote into the ticket is shown to the same people, until it is written down anew', () => {
  const old = { ...ticket, birth: { ...ticket.birth, reporterName: '李四', reporterPhone: '13900000002' } }
  expect(reporterOf(old, undefined, ['gridLeader'])).toEqual({ name: '李四', phone: '13900000002' })
  expect(reporterOf(old, entry, ['gridLeader'])).toEqual({ name: '张三', phone: '13800000001' })
  for (const role of ['partTimeMember', 'street', 'department'] as const)
    expect(reporterOf(old, undefined, [role])).toBeUndefined()
  expect(reporterOf(ticket, undefined, ['gridMember'])).toBeUndefined()
})

test('[TKA24] only grid members and leaders write it down', () => {
  const all = ['gridMember', 'gridLeader', 'police', 'community', 'partTimeMember', 'street', 'department'] as const
  expect(all.filter((role) => mayNameReporter([role]))).toEqual(['gridMember', 'gridLeader'])
})
