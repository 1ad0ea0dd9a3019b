import { describe, expect, it } from 'vitest'
import { roles } from '../policy/roles.ts'
import {
  account,
  actorOf,
  birth,
  folded,
  hour,
  id,
  leader,
  member,
  now,
  office,
  stepOf,
  wayToVerified,
} from '../testing/fixture.ts'
import { allowedSteps, stepDenial } from './allowed-steps.ts'
import { mayTake, openStates, publicState, stepRoles, transitions } from './machine.ts'
import { findSimilarTickets, suggestCategory } from './suggest.ts'
import type { Step, Ticket, TicketState } from './types.ts'

const outsider = actorOf('outsider', 'gridMember')
const closing = stepOf('s6', 'callback', 'verified', member, 6)
const started = wayToVerified.slice(0, 4)

/** One way into each state. */
const waysByState: Readonly<Record<Exclude<TicketState, 'draft'>, readonly Step[]>> = {
  submitted: wayToVerified.slice(0, 1),
  registered: wayToVerified.slice(0, 2),
  assigned: wayToVerified.slice(0, 3),
  inProgress: started,
  resolved: wayToVerified.slice(0, 5),
  verified: wayToVerified,
  closed: [...wayToVerified, closing],
  returned: [...started, stepOf('x', 'return', 'inProgress', member, 4)],
  extensionPending: [...started, stepOf('x', 'requestExtension', 'inProgress', member, 4)],
  suspended: [...started, stepOf('x', 'suspend', 'inProgress', member, 4)],
  escalated: [...started, stepOf('x', 'escalate', 'inProgress', member, 4)],
  merged: [...wayToVerified.slice(0, 1), stepOf('x', 'merge', 'submitted', leader, 1)],
  rejected: [...wayToVerified.slice(0, 1), stepOf('x', 'reject', 'submitted', leader, 1)],
}

const namesOf = (ticket: Ticket, actor: Parameters<typeof allowedSteps>[1]): readonly string[] =>
  [...new Set(allowedSteps(ticket, actor).map(({ action }) => action))]
    .filter((action) => action !== 'comment' && action !== 'evidence')
    .toSorted()

/** By state: what the leader, the member in charge (who also reported and accepted), and a member without a part may do. */
const expected: Readonly<
  Record<Exclude<TicketState, 'draft'>, readonly [leader: string, inCharge: string, outsider: string]>
> = {
  submitted: ['accept merge reject', 'accept', 'accept'],
  registered: ['dispatch escalate merge', 'escalate start', ''],
  assigned: ['dispatch escalate merge return', 'escalate return start', ''],
  inProgress: ['escalate finish merge return suspend', 'escalate finish requestExtension return suspend', ''],
  resolved: ['reopen verify', 'reopen', ''],
  verified: ['callback close reopen', 'callback reopen', ''],
  closed: ['reopen', 'reopen', ''],
  returned: ['dispatch escalate', 'escalate', ''],
  extensionPending: ['approveExtension refuseExtension', '', ''],
  suspended: ['resume', 'resume', ''],
  escalated: ['dispatch takeBack', 'takeBack', ''],
  merged: ['reopen', 'reopen', ''],
  rejected: ['reopen', 'reopen', ''],
}

describe('the state machine', () => {
  it.each(Object.keys(waysByState) as (keyof typeof waysByState)[])(
    '[TICK12] in %s exactly the steps of the table are offered',
    (state) => {
      const ticket = folded(...waysByState[state])
      expect(ticket.state).toBe(state)
      const [forLeader, inCharge, forOutsider] = expected[state]
      // A ticket turned down before being accepted has no first contact; its reporter is the member.
      const wanted = (text: string): readonly string[] =>
        state === 'registered' && text === forLeader
          ? [...text.split(' '), 'reject'].toSorted()
          : text.split(' ').filter(Boolean)
      expect(namesOf(ticket, leader)).toEqual(wanted(forLeader))
      expect(namesOf(ticket, member)).toEqual(inCharge.split(' ').filter(Boolean))
      expect(namesOf(ticket, outsider)).toEqual(forOutsider.split(' ').filter(Boolean))
    },
  )
  it.each(roles.filter((role) => !stepRoles.some((known) => known === role)))(
    '[TICK12] a %s takes no step at all',
    (role) => {
      for (const way of Object.values(waysByState))
        expect(allowedSteps(folded(...way), actorOf('member', role))).toEqual([])
    },
  )
  it('[TICK12] every step of the table, taken by somebody it allows, folds to the state it names', () => {
    for (const [state, way] of Object.entries(waysByState)) {
      const ticket = folded(...way)
      for (const actor of [leader, office, member]) {
        for (const { action, to, role } of allowedSteps(ticket, actor)) {
          const step = stepOf('next', action, state as TicketState, { ...actor, roles: [role] }, 50, {
            level: 'street',
            seen: ticket.steps.map((step) => step.id),
          })
          const after = folded(...way, step)
          expect([state, action, after.state, after.conflicting, after.refused]).toEqual([state, action, to, [], []])
        }
      }
    }
  })
  it('[TICK12] a denial says whether it is the state, the role, the part in the ticket or one’s own work', () => {
    const resolved = folded(...wayToVerified.slice(0, 5))
    expect(stepDenial(resolved, leader, 'accept')).toBe('state')
    expect(stepDenial(resolved, outsider, 'verify')).toBe('role')
    expect(stepDenial(resolved, outsider, 'reopen')).toBe('party')
    expect(stepDenial(resolved, actorOf('member', 'gridLeader'), 'verify')).toBe('own')
  })
  it('[TICK12] settling is offered to leaders while steps conflict', () => {
    const ticket = folded(...wayToVerified, stepOf('late', 'reject', 'submitted', office, 9))
    expect(namesOf(ticket, leader)).toContain('settle')
    expect(namesOf(ticket, member)).not.toContain('settle')
  })
  it('[TICK12] what has come to the street is escalated no further', () => {
    const up = stepOf('up', 'escalate', 'inProgress', leader, 4, { level: 'street' })
    const ticket = folded(...started, up, stepOf('again', 'dispatch', 'escalated', office, 5))
    expect([ticket.level, ticket.state]).toEqual(['street', 'assigned'])
    for (const actor of [leader, office, member]) expect(namesOf(ticket, actor)).not.toContain('escalate')
  })
  it('[TICK12] an invited helper may handle but not decide', () => {
    const police = actorOf('police', 'police')
    const ticket = folded(
      ...wayToVerified.slice(0, 2),
      stepOf('d', 'dispatch', 'registered', leader, 2, { coAssignees: [police.account] }),
    )
    expect(namesOf(ticket, police)).toEqual(['escalate', 'return', 'start'])
  })
  it('[TICK12] each row leads somewhere, is for somebody, and no two rows contradict', () => {
    const pairs = transitions.flatMap((row) => row.from.map((from) => `${row.action}/${from}`))
    expect(new Set(pairs).size).toBe(pairs.length)
    for (const row of transitions) expect(row.roles.length + (row.parties?.length ?? 0)).toBeGreaterThan(0)
  })
  it('[TICK12] the one who finished may not verify, in whatever role', () => {
    const row = transitions.find(({ action }) => action === 'verify')
    const parties = { coAssignees: [], reportedBy: account('a'), finisher: account('a') }
    expect(row && mayTake(row, 'community', account('a'), parties)).toBe('own')
    expect(row && mayTake(row, 'community', account('b'), parties)).toBeUndefined()
  })
  it('[TICK13] the public sees three states', () => {
    const states = Object.keys(waysByState) as TicketState[]
    expect(states.filter((state) => publicState(state) === 'waiting')).toEqual(['submitted', 'registered'])
    expect(states.filter((state) => publicState(state) === 'done')).toEqual(['closed', 'merged', 'rejected'])
    expect(openStates.every((state) => publicState(state) !== 'done')).toBe(true)
  })
})

describe('hints', () => {
  it.each([
    ['三单元路灯不亮了', 'facility.repair'],
    ['楼道堆放杂物，电动车飞线充电', 'safety.fire'],
    ['楼上装修太吵', 'dispute.noise'],
    ['夫妻吵架', 'dispute.family'],
    ['着火了', 'emergency.fire'],
    ['有人困在电梯里', 'emergency.lift'],
    ['帮忙办老年证', 'service.agent'],
  ])('[TICK14] %s suggests %s first', (text, code) => {
    expect(suggestCategory(text)[0]).toBe(code)
  })
  it('[TICK14] words that mean nothing suggest nothing, and never more than three are suggested', () => {
    expect(suggestCategory('你好')).toEqual([])
    expect(suggestCategory('路灯 漏水 垃圾 停车 噪音 狗 消防').length).toBe(3)
  })
  it('[TICK15] an open ticket of the same kind at the same place within a week may be the same', () => {
    const ticket = (name: string, more: object): Ticket => ({
      ...folded(...wayToVerified),
      id: id(name),
      birth: { ...birth, ...more },
    })
    const tickets = [
      ticket('same', {}),
      ticket('otherKind', { category: 'safety.fire' }),
      ticket('otherPlace', { building: id('b9'), place: '别处' }),
      ticket('old', { occurredAt: now - 8 * 24 * hour }),
      ticket('samePlace', { building: undefined, place: '１号楼 门前', occurredAt: now - 2 * hour }),
      { ...ticket('done', {}), state: 'closed' as const },
    ]
    expect(findSimilarTickets(tickets, birth).map((found) => found.id)).toEqual(['same', 'samePlace'])
  })
})
