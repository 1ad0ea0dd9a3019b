import type { AccountId, Role } from '@tongge/model'
import { expect, test } from 'vitest'
import { maySeeReporter } from './reporter-view.ts'
import { folded, reported, stepOf } from './test-tickets.ts'

const ticket = folded('t', reported(), stepOf('a1', 'accept', 'submitted', 'registered', 'member02', 'gridMember', 1))
const sees = (account: string, role: Role) => maySeeReporter(ticket, { account: account as AccountId, roles: [role] })

test('[TKA24] leaders and the office always see who reported; members only on tickets they took in or handle', () => {
  expect([sees('leader01', 'gridLeader'), sees('community01', 'community')]).toEqual([true, true])
  expect([sees('member02', 'gridMember'), sees('member03', 'gridMember')]).toEqual([true, false])
})

test('[TKA24] an invited department never sees who reported', () => {
  expect(sees('member02', 'department')).toBe(false)
})
