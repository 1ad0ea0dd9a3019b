import { roles, type Role } from '@tongge/model'
import { describe, expect, it } from 'vitest'
import { mayOpen } from './places.ts'

const places = ['/ledger', '/tickets', '/notes', '/meetings', '/import', '/settings']
const open = (role: Role): string => places.filter((path) => mayOpen([role], path)).join(' ')

describe('places', () => {
  it.each([
    ['resident', '/meetings'],
    ['buildingLeader', '/notes /meetings'],
    ['volunteer', '/notes /meetings'],
    ['property', '/meetings'],
    ['partTimeMember', '/tickets /notes /meetings'],
    ['gridMember', '/ledger /tickets /notes /meetings /import'],
    ['gridLeader', '/ledger /tickets /notes /meetings /import'],
    ['police', '/ledger /tickets /meetings'],
    ['citizenSupervisor', '/meetings'],
    ['community', '/ledger /tickets /notes /meetings /import /settings'],
    ['street', '/tickets /meetings /settings'],
    ['department', '/tickets /meetings'],
    ['admin', ''],
    ['auditor', '/meetings'],
  ] as const)('[ROLE1] %s has the places: %s', (role, expected) => {
    expect(open(role)).toBe(expected)
  })

  it('[HAND3] what was handed to the leaders of a grid is a page for leaders alone', () => {
    expect(roles.filter((role) => mayOpen([role], '/handovers'))).toEqual(['gridLeader'])
  })

  it('[ROLE2] a page below a place is closed with it, an address that only begins alike is not, and 今日 and 我的 are everybody’s', () => {
    expect([
      mayOpen(['volunteer'], '/ledger/household/h1'),
      mayOpen(['volunteer'], '/ledgers'),
      mayOpen([], '/ledger'),
      mayOpen(['gridMember'], '/ledger/household/h1'),
    ]).toEqual([false, true, false, true])
    for (const role of roles)
      for (const path of ['/', '/me', '/sync-state', '/storage'])
        expect(mayOpen([role], path), `${role} ${path}`).toBe(true)
  })
})
