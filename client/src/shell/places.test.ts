import { mayStep, mayWrite, roles, type Role } from '@tongge/model'
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

  it('[ROLE11] a page that only writes is closed to who may only read its place', () => {
    const writing = ['/ledger/add/household', '/ledger/edit/h1', '/ledger/merge/h1', '/tickets/new']
    const told = roles.map((role) => [role, writing.filter((path) => mayOpen([role], path)).length])
    expect(Object.fromEntries(told)).toMatchObject({ police: 0, gridMember: 4, community: 4, department: 0 })
    for (const role of roles) {
      expect(mayOpen([role], '/tickets/new'), role).toBe(mayStep([role], 'submit'))
      expect(mayOpen([role], '/ledger/edit/h1'), role).toBe(mayWrite([role], 'ledger', 'household/phone', 'set'))
    }
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
