import { describe, expect, it } from 'vitest'
import { folded, leader, member, wayToVerified } from '../testing/fixture.ts'
import {
  mayRead,
  mayReadAudit,
  mayReadReveals,
  mayReveal,
  mayStep,
  mayWrite,
  mayWriteDocument,
  scopeOf,
} from './rights.ts'
import { roles, type Role } from './roles.ts'
import { readers, writeRules, type DocumentClass } from './table.ts'

const classes = Object.keys(readers) as DocumentClass[]
const readable = (role: Role): string => classes.filter((document) => mayRead([role], document)).join(' ')
const writable = (role: Role): string => classes.filter((document) => mayWriteDocument([role], document)).join(' ')

describe('permissions', () => {
  it.each([
    ['resident', 'org board meeting proposal', 'meeting proposal'],
    ['buildingLeader', 'org board roster notes meeting proposal', 'notes meeting proposal'],
    ['volunteer', 'org board roster notes meeting proposal', 'notes meeting proposal'],
    ['property', 'org board meeting proposal', 'meeting proposal'],
    [
      'partTimeMember',
      'org board work photos roster notes meeting proposal',
      'board work photos notes meeting proposal',
    ],
    [
      'gridMember',
      'org board ledger sensitive diary work journal photos roster notes meeting proposal',
      'board ledger sensitive diary work journal photos notes meeting proposal',
    ],
    [
      'gridLeader',
      'org board ledger sensitive diary work journal photos roster notes meeting proposal',
      'board ledger sensitive diary work journal photos notes meeting proposal',
    ],
    ['police', 'org board ledger sensitive work journal photos meeting proposal', 'sensitive work photos meeting'],
    ['citizenSupervisor', 'org board meeting proposal', ''],
    [
      'community',
      'org board ledger sensitive work journal photos roster notes meeting proposal',
      'board ledger sensitive work journal photos meeting proposal',
    ],
    ['street', 'org board work photos meeting proposal', 'board work photos meeting proposal'],
    ['department', 'org board work photos meeting proposal', 'work photos'],
    ['admin', 'org board proposal', ''],
    ['auditor', 'org board meeting proposal', ''],
  ] as const)('[PERM1] %s reads exactly %s and writes exactly %s', (role, reads, writes) => {
    expect(readable(role)).toBe(reads)
    expect(writable(role)).toBe(writes)
  })
  it('[PERM1] every role has its line in the table', () => {
    expect(roles).toHaveLength(14)
  })
  it('[PERM2] helpers and outsiders never read the ledger, its sensitive part or the tickets; administrators no personal data', () => {
    for (const role of [
      'resident',
      'buildingLeader',
      'volunteer',
      'property',
      'citizenSupervisor',
      'admin',
      'auditor',
    ] as const) {
      for (const document of ['ledger', 'sensitive', 'diary', 'work', 'journal', 'photos'] as const)
        expect(mayRead([role], document) || mayWriteDocument([role], document)).toBe(false)
    }
    for (const document of ['roster', 'notes', 'meeting'] as const) expect(mayRead(['admin'], document)).toBe(false)
  })
  it('[PERM13] diaries are read and written by grid members and leaders alone', () => {
    expect(roles.filter((role) => mayRead([role], 'diary'))).toEqual(['gridMember', 'gridLeader'])
    expect(roles.filter((role) => mayWriteDocument([role], 'diary'))).toEqual(['gridMember', 'gridLeader'])
  })
  it('[PERM14] what the ledger said before is read by those who read the ledger', () => {
    expect(roles.filter((role) => mayRead([role], 'journal'))).toEqual(
      roles.filter((role) => mayRead([role], 'ledger')),
    )
  })
  it('[PERM3] a right to write is a right to read', () => {
    for (const rule of writeRules)
      for (const role of rule.roles) expect(mayRead([role], rule.document), `${role} ${rule.document}`).toBe(true)
  })
  it('[PHOTO6] whoever reads a facility reads its photos, and whoever writes one adds photos', () => {
    for (const role of roles) {
      if (mayRead([role], 'ledger')) expect(mayRead([role], 'photos'), role).toBe(true)
      if (mayWrite([role], 'ledger', 'facility/photos', 'set'))
        expect(mayWrite([role], 'photos', 'photo', 'insert'), role).toBe(true)
    }
  })
  it('[PERM4] nobody writes what the relay alone writes', () => {
    for (const document of ['org', 'roster'] as const) expect(mayWriteDocument(roles, document)).toBe(false)
  })
  it('[PERM5] rights hold for a path and an operation', () => {
    expect(mayWrite(['gridMember'], 'ledger', 'household/phone', 'set')).toBe(true)
    expect(mayWrite(['gridMember'], 'ledger', 'household', 'insert')).toBe(true)
    expect(mayWrite(['gridMember'], 'ledger', 'household/phone/x', 'set')).toBe(false)
    expect(mayWrite(['gridMember'], 'ledger', '', 'delete')).toBe(false)
    expect(mayWrite(['community'], 'ledger', 'person/name', 'set')).toBe(true)
    expect(mayWrite(['community'], 'sensitive', 'person/idNo', 'set')).toBe(false)
    expect(mayWrite(['police'], 'ledger', 'person/name', 'set')).toBe(false)
    expect(mayWrite(['gridMember'], 'diary', 'household/diary', 'insert')).toBe(true)
    expect(mayWrite(['community'], 'diary', 'household/diary', 'set')).toBe(false)
    expect(mayWrite(['volunteer'], 'notes', 'note/own', 'insert')).toBe(true)
    expect(mayWrite(['gridLeader'], 'notes', 'note/other', 'delete')).toBe(false)
    expect(mayWrite(['gridMember'], 'work', 'steps/accept', 'insert')).toBe(true)
    expect(mayWrite(['gridMember'], 'work', 'steps/dispatch', 'insert')).toBe(false)
    for (const role of roles)
      expect(
        mayWrite([role], 'work', 'steps/accept', 'delete') || mayWrite([role], 'work', 'steps/accept', 'set'),
      ).toBe(false)
    expect(mayWrite(['community'], 'journal', 'journal/own', 'insert')).toBe(true)
    expect(mayWrite(['police'], 'journal', 'journal/own', 'insert')).toBe(false)
    expect(mayWrite(['street'], 'proposal', 'reviews/street', 'set')).toBe(true)
    expect(mayWrite(['resident'], 'proposal', 'reviews/street', 'set')).toBe(false)
  })
  it('[PERM6] who has several roles may do what any of them may, and who has none nothing', () => {
    expect(mayRead(['resident', 'gridMember'], 'ledger')).toBe(true)
    expect(classes.some((document) => mayRead([], document) || mayWriteDocument([], document)) || mayReveal([])).toBe(
      false,
    )
  })
  it('[PERM7] only those who may read sensitive fields may reveal them', () => {
    expect(roles.filter((role) => mayReveal([role]))).toEqual(['gridMember', 'gridLeader', 'police', 'community'])
    for (const role of roles) expect(mayReveal([role])).toBe(mayRead([role], 'sensitive'))
  })
  it('[PERM7] of the sensitive document, police and community office write their own reveals and nothing else; nobody changes one or takes one away', () => {
    const paths = [
      'person',
      'person/idNo',
      'household/income',
      'house/ownerIdNo',
      'record/idNo',
      'reveals',
      'reveals/own',
    ]
    const operations = ['set', 'insert', 'delete'] as const
    const writable = (role: Role): string[] =>
      paths.flatMap((path) =>
        operations.filter((operation) => mayWrite([role], 'sensitive', path, operation)).map((one) => `${path} ${one}`),
      )
    for (const role of ['police', 'community'] as const) expect(writable(role)).toEqual(['reveals/own insert'])
    for (const role of roles) {
      const ofReveals = writable(role).filter((one) => one.startsWith('reveals'))
      expect([role, ofReveals]).toEqual([role, mayReveal([role]) ? ['reveals/own insert'] : []])
    }
  })
  it('[PERM11] who has looked is told to grid leaders and the community office', () => {
    expect(roles.filter((role) => mayReadReveals([role]))).toEqual(['gridLeader', 'community'])
    for (const role of roles) if (mayReadReveals([role])) expect(mayRead([role], 'sensitive')).toBe(true)
  })

  it('[PERM10] the audit log is read by auditors alone', () => {
    expect(roles.filter((role) => mayReadAudit([role]))).toEqual(['auditor'])
    expect(mayReadAudit([])).toBe(false)
  })
  it('[PERM8] a step is a matter of role, and of the ticket once there is one', () => {
    expect([
      mayStep(['gridMember'], 'dispatch'),
      mayStep(['gridLeader'], 'dispatch'),
      mayStep(['gridMember'], 'start'),
      mayStep(['volunteer'], 'submit'),
    ]).toEqual([false, true, true, false])
    const ticket = folded(...wayToVerified.slice(0, 3))
    expect(mayStep(['gridMember'], 'start', { ticket, account: member.account })).toBe(true)
    expect(mayStep(['gridMember'], 'start', { ticket, account: leader.account })).toBe(false)
    expect(mayStep(['gridLeader'], 'verify', { ticket, account: leader.account })).toBe(false)
  })
  it('[PERM9] every role has a scope', () => {
    expect(Object.fromEntries(roles.map((role) => [role, scopeOf(role)]))).toMatchObject({
      volunteer: 'building',
      gridMember: 'grid',
      community: 'community',
      street: 'street',
      department: 'invited',
      admin: 'public',
    })
  })
})
