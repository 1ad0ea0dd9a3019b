import { describe, expect, it } from 'vitest'
import {
  account,
  actorOf,
  birth,
  calendar,
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
import { foldTicket } from './fold.ts'
import { timeOfStep } from './step-time.ts'

const other = actorOf('other', 'gridMember')
const ids = (steps: readonly { readonly id: string }[]): readonly string[] => steps.map((step) => step.id)

describe('the fold', () => {
  it('[TICK1] the ordinary way leads to a closed ticket with all its times', () => {
    const ticket = folded(...wayToVerified, stepOf('s6', 'callback', 'verified', member, 6, { score: 4 }))
    expect(ticket).toMatchObject({
      id: 't1',
      state: 'closed',
      firstContact: 'member',
      assignee: 'member',
      finisher: 'member',
      score: 4,
      reportedBy: 'member',
      reportedAt: now,
      level: 'grid',
      respondedAt: now + hour,
      arrivedAt: now + 3 * hour,
      resolvedAt: now + 4 * hour,
      closedAt: now + 6 * hour,
      updatedAt: now + 6 * hour,
      conflicting: [],
      refused: [],
    })
    expect(ticket.due).toEqual({ onSite: now + 3 * hour, resolve: now + 72 * hour })
  })
  it('[TICK2] without a first step there is no ticket', () => {
    expect(foldTicket([], calendar)).toBeUndefined()
    expect(foldTicket(wayToVerified.slice(1), calendar)).toBeUndefined()
  })
  it('[TICK2] a second beginning is kept as conflicting', () => {
    const ticket = folded(...wayToVerified, stepOf('again', 'submit', 'draft', other, 1.5))
    expect([ticket.state, ids(ticket.conflicting), ticket.birth]).toEqual(['verified', ['again'], birth])
  })
  it('[TICK3] a step taken on another state is kept and shown, not applied', () => {
    const ticket = folded(
      ...wayToVerified.slice(0, 4),
      stepOf('late', 'dispatch', 'registered', office, 9, { assignee: account('other') }),
    )
    expect([ticket.state, ticket.assignee, ids(ticket.conflicting)]).toEqual(['inProgress', 'member', ['late']])
    expect(ids(ticket.steps)).toContain('late')
  })
  it('[TICK4] of two who accept, the earlier is first contact and the other helps', () => {
    const ticket = folded(
      wayToVerified[0] ?? stepOf('s0', 'submit', 'draft', member, 0),
      stepOf('b', 'accept', 'submitted', other, 2),
      stepOf('a', 'accept', 'submitted', member, 1),
    )
    expect(ticket).toMatchObject({
      state: 'registered',
      firstContact: 'member',
      coAssignees: ['other'],
      conflicting: [],
    })
  })
  it('[TICK4] the helper stays when the ticket is handed on, also if the acceptance arrives later', () => {
    const ticket = folded(...wayToVerified, stepOf('b', 'accept', 'submitted', other, 2.5))
    expect(ticket).toMatchObject({ state: 'verified', coAssignees: ['other'], conflicting: [] })
    expect(folded(...wayToVerified, stepOf('same', 'accept', 'submitted', member, 2.5)).coAssignees).toEqual([])
  })
  it('[TICK4] what the later one had done already stays done when the earlier acceptance arrives, in whatever order', () => {
    const steps = [
      wayToVerified[0] ?? stepOf('s0', 'submit', 'draft', member, 0),
      stepOf('b1', 'accept', 'submitted', other, 2),
      stepOf('b2', 'start', 'registered', other, 3),
      stepOf('b3', 'finish', 'inProgress', other, 4, { note: '修好了' }),
      stepOf('l1', 'verify', 'resolved', leader, 5),
      stepOf('l2', 'close', 'verified', leader, 6, { note: '结' }),
      stepOf('a1', 'accept', 'submitted', member, 1),
    ]
    for (const ordered of [steps, steps.toReversed()])
      expect(folded(...ordered)).toMatchObject({
        state: 'closed',
        firstContact: 'member',
        coAssignees: ['other'],
        conflicting: [],
        finisher: 'other',
      })
  })
  it('[TICK4] accepting what was meanwhile turned down is a conflict', () => {
    const ticket = folded(
      ...wayToVerified.slice(0, 1),
      stepOf('r', 'reject', 'submitted', leader, 1),
      stepOf('a', 'accept', 'submitted', member, 2),
    )
    expect([ticket.state, ids(ticket.conflicting)]).toEqual(['rejected', ['a']])
  })

  describe('closing beside other news', () => {
    const seen = wayToVerified.map((step) => step.id)
    const close = stepOf('close', 'close', 'verified', leader, 6, { seen })
    it('[TICK5] evidence of somebody who had not seen the closing opens the ticket again', () => {
      const ticket = folded(
        ...wayToVerified,
        close,
        stepOf('e', 'evidence', 'verified', member, 7, { evidence: ['photo1'] }),
      )
      expect([ticket.state, ticket.closedAt, ids(ticket.conflicting)]).toEqual(['verified', undefined, ['close']])
    })
    it('[TICK5] so does evidence with an earlier clock that the closing author had not seen', () => {
      const ticket = folded(...wayToVerified, close, stepOf('e', 'evidence', 'verified', member, 5.5))
      expect([ticket.state, ids(ticket.conflicting)]).toEqual(['verified', ['close']])
      expect(
        folded(
          ...wayToVerified,
          { ...close, seen: [...seen, id('e')] },
          stepOf('e', 'evidence', 'verified', member, 5.5),
        ).state,
      ).toBe('closed')
    })
    it('[TICK5] evidence added to a ticket seen closed leaves it closed', () => {
      expect(folded(...wayToVerified, close, stepOf('e', 'evidence', 'closed', member, 7)).state).toBe('closed')
    })
    it('[TICK5] a reopening wins over a closing, whichever clock is earlier', () => {
      for (const clock of [5.5, 7]) {
        const ticket = folded(...wayToVerified, close, stepOf('re', 'reopen', 'verified', member, clock))
        expect([ticket.state, ids(ticket.conflicting), ticket.closedAt]).toEqual(['inProgress', ['close'], undefined])
      }
    })
    it('[TICK5] a reopening of the state before, unseen by the closing author, keeps the ticket open; a stranger cannot', () => {
      const resolved = wayToVerified.slice(0, -1)
      const verify = stepOf('v', 'verify', 'resolved', leader, 5)
      const known = [...resolved.map((step) => step.id), id('v')]
      const closing = stepOf('cb', 'callback', 'verified', leader, 7, { seen: known })
      for (const [by, state, waiting] of [
        [member, 'verified', ['re', 'cb']],
        [other, 'closed', ['re']],
      ] as const) {
        const reopen = stepOf('re', 'reopen', 'resolved', by, 6, { note: '没修好' })
        for (const order of [
          [...resolved, verify, reopen, closing],
          [...resolved, closing, reopen, verify],
        ]) {
          const ticket = folded(...order)
          expect([ticket.state, ids(ticket.conflicting), ticket.closedAt !== undefined]).toEqual([
            state,
            waiting,
            state === 'closed',
          ])
        }
      }
    })
    it('[TICK8] a step that a leader lets count on a closed ticket opens it: its clocks run again', () => {
      const late = stepOf('d', 'dispatch', 'registered', leader, 5.5, { assignee: 'other' as never })
      const settle = stepOf('w', 'settle', 'closed', leader, 8, { settles: id('d'), verdict: 'applies' })
      const ticket = folded(...wayToVerified, { ...close, seen: [...seen, id('d')] }, late, settle)
      expect([ticket.state, ticket.closedAt, ticket.resolvedAt, ticket.score]).toEqual([
        'assigned',
        undefined,
        undefined,
        undefined,
      ])
    })
    it('[TICK5] a rating given with the undone closing is undone with it', () => {
      const ticket = folded(
        ...wayToVerified,
        stepOf('cb', 'callback', 'verified', member, 6),
        stepOf('re', 'reopen', 'verified', leader, 7),
      )
      expect([ticket.state, ticket.score, ids(ticket.conflicting)]).toEqual(['inProgress', undefined, ['cb']])
    })
    it('[TICK5] somebody without a part in the ticket cannot undo a closing by reopening', () => {
      const ticket = folded(...wayToVerified, close, stepOf('re', 'reopen', 'verified', other, 7))
      expect([ticket.state, ids(ticket.conflicting)]).toEqual(['closed', ['re']])
    })
    it('[TICK8] a leader can let the undone closing count, and again after further evidence', () => {
      const evidence = stepOf('e', 'evidence', 'verified', member, 7)
      const settle = stepOf('w', 'settle', 'verified', leader, 8, { settles: id('close'), verdict: 'applies' })
      expect(folded(...wayToVerified, close, evidence, settle)).toMatchObject({ state: 'closed', conflicting: [] })
      const more = stepOf('e2', 'evidence', 'verified', other, 9)
      expect(folded(...wayToVerified, close, evidence, settle, more)).toMatchObject({ state: 'verified' })
      const discard = stepOf('w2', 'settle', 'verified', leader, 10, { settles: id('close'), verdict: 'discarded' })
      expect(folded(...wayToVerified, close, evidence, settle, more, discard)).toMatchObject({
        state: 'verified',
        conflicting: [],
      })
    })
  })

  it('[TICK6] a device clock is held between the last contact and the receipt, and never before the ticket began', () => {
    const accept = (at: number) => stepOf('s1', 'accept', 'submitted', member, 1, { at })
    const first = wayToVerified.slice(0, 1)
    expect(folded(...first, accept(now - 99 * hour)).respondedAt).toBe(now)
    expect(folded(...first, accept(now + 99 * hour)).respondedAt).toBe(now + hour)
    const receipts = new Map([[id('s1'), { lastContact: now + 0.5 * hour, received: now + 0.75 * hour }]])
    expect(foldTicket([...first, accept(now + 0.25 * hour)], calendar, receipts)?.respondedAt).toBe(now + 0.5 * hour)
    expect(foldTicket([...first, accept(now + hour)], calendar, receipts)?.respondedAt).toBe(now + 0.75 * hour)
  })
  it('[TICK6] an honest offline report within 10 minutes counts as on time', () => {
    const step = stepOf('s0', 'submit', 'draft', member, 0, {
      birth: { ...birth, category: 'emergency.fire', occurredAt: now - 5 * 60_000 },
    })
    const ticket = foldTicket(
      [step],
      calendar,
      new Map([[id('s0'), { lastContact: now - 6 * hour, received: now + 3 * hour }]]),
    )
    expect(ticket?.reportedAt).toBe(now)
    expect((ticket?.due.respond ?? 0) > now).toBe(true)
  })

  it('[TICK6] where the relay does not know of an earlier contact only its receipt holds a device clock', () => {
    const fast = stepOf('s1', 'accept', 'submitted', member, 1)
    const receipts = new Map([[id('s1'), { received: now + 0.75 * hour }]])
    const ticket = foldTicket([...wayToVerified.slice(0, 1), fast], calendar, receipts)
    expect(ticket?.respondedAt).toBe(now + 0.75 * hour)
  })
  it('[TICK16] a ticket names when the steps count that a receipt moved, refused ones too, and keeps what their device said', () => {
    const steps = [
      ...wayToVerified.slice(0, 1),
      stepOf('s1', 'accept', 'submitted', member, 1),
      stepOf('f1', 'dispatch', 'registered', member, 2),
      stepOf('s2', 'comment', 'registered', member, 3, { note: '在路上' }),
    ]
    const at = (after: number) => ({ received: now + after * hour })
    const receipts = new Map([
      [id('s1'), at(0.5)],
      [id('f1'), at(0.75)],
      [id('s2'), at(4)],
    ])
    const ticket = foldTicket(steps, calendar, receipts)
    expect(ticket?.accepted).toEqual({ s1: now + 0.5 * hour, f1: now + 0.75 * hour })
    expect([...(ticket?.steps ?? []), ...(ticket?.refused ?? [])].map(({ at }) => at)).toEqual([
      now,
      now + hour,
      now + 3 * hour,
      now + 2 * hour,
    ])
    expect(foldTicket(steps, calendar)).not.toHaveProperty('accepted')
    expect(
      foldTicket([stepOf('s1', 'submit', 'draft', member, 0, { birth, at: now - hour })], calendar),
    ).not.toHaveProperty('accepted')
  })
  it('[TICK16] a clock is told of when it is off by more than two minutes, and never without a receipt', () => {
    const step = (name: string, at: number) =>
      stepOf(name, 'comment', 'submitted', member, 1, { at: now + at * 60_000 })
    const names = ['constructor', '__proto__', 'fast', 'fair', 'slow', 'unknown']
    const steps = [25, 25, 2.5, 2, -2.5, 25].map((at, index) => step(names[index] ?? '', at))
    const receipts = new Map(names.slice(0, 5).map((name) => [id(name), { lastContact: now, received: now }] as const))
    const ticket = foldTicket([stepOf('s0', 'submit', 'draft', member, -1), ...steps], calendar, receipts)
    if (!ticket) throw new Error('no ticket')
    const [received, unknown] = [steps.slice(0, 5), steps.slice(5)]
    expect(received.map((one) => timeOfStep(ticket, one))).toEqual(
      [true, true, true, false, true].map((isSkewed) => ({ at: now, isSkewed })),
    )
    expect(unknown.map((one) => timeOfStep(ticket, one))).toEqual([{ at: now + 25 * 60_000, isSkewed: false }])
    const kept = JSON.parse(JSON.stringify(ticket)) as typeof ticket
    expect(steps.map((one) => timeOfStep(kept, one))).toEqual(steps.map((one) => timeOfStep(ticket, one)))
    expect(steps.map((one) => timeOfStep({}, one).isSkewed)).not.toContain(true)
  })
  it('[TICK16] what was found cannot have been found after it was reported', () => {
    const step = stepOf('s0', 'submit', 'draft', member, 0, {
      at: now + 25 * 60_000,
      clock: now + 25 * 60_000,
      birth: { ...birth, category: 'emergency.fire', occurredAt: now + 20 * 60_000 },
    })
    const ticket = foldTicket([step], calendar, new Map([[id('s0'), { received: now + 60_000 }]]))
    expect([ticket?.reportedAt, ticket?.due.respond]).toEqual([now + 60_000, now + 11 * 60_000])
  })

  it('[TICK7] a step its author had no right to take is ignored everywhere', () => {
    const forged = [
      stepOf('f1', 'dispatch', 'registered', member, 1.5),
      stepOf('f2', 'close', 'verified', actorOf('v', 'volunteer'), 6),
      stepOf('f3', 'comment', 'verified', actorOf('r', 'resident'), 6),
      stepOf('f4', 'settle', 'verified', member, 6, { settles: id('s3'), verdict: 'discarded' }),
      stepOf('f5', 'submit', 'draft', actorOf('d', 'department'), -1),
    ]
    const ticket = folded(...wayToVerified, ...forged)
    expect([ticket.state, ids(ticket.refused), ticket.conflicting]).toEqual([
      'verified',
      ['f5', 'f1', 'f2', 'f3', 'f4'],
      [],
    ])
  })
  it('[TICK7] nobody verifies their own work or grants their own extension', () => {
    const byLeader = [
      stepOf('d', 'dispatch', 'registered', leader, 2, { assignee: leader.account }),
      stepOf('st', 'start', 'assigned', leader, 3),
    ]
    const own = folded(
      ...wayToVerified.slice(0, 2),
      ...byLeader,
      stepOf('f', 'finish', 'inProgress', leader, 4),
      stepOf('v', 'verify', 'resolved', leader, 5),
    )
    expect([own.state, ids(own.refused)]).toEqual(['resolved', ['v']])
    const ask = stepOf('q', 'requestExtension', 'inProgress', leader, 4)
    const granted = folded(
      ...wayToVerified.slice(0, 2),
      ...byLeader,
      ask,
      stepOf('g', 'approveExtension', 'extensionPending', leader, 5),
    )
    expect([granted.state, ids(granted.refused)]).toEqual(['extensionPending', ['g']])
    expect(
      folded(
        ...wayToVerified.slice(0, 2),
        ...byLeader,
        ask,
        stepOf('g', 'approveExtension', 'extensionPending', office, 5),
      ),
    ).toMatchObject({ state: 'inProgress', due: { resolve: ask.dueAt } })
  })
  it('[TICK7] a step that lacks what it must carry is refused', () => {
    const bare = { ...stepOf('r', 'reject', 'submitted', leader, 1) }
    const { note: _, ...without } = bare
    expect(folded(...wayToVerified.slice(0, 1), without)).toMatchObject({ state: 'submitted', refused: [{ id: 'r' }] })
  })
  it('[TICK3] a step of one who was in charge until, unseen, the ticket was handed on is conflicting', () => {
    const moved = stepOf('d2', 'dispatch', 'assigned', leader, 2.5, { assignee: account('other') })
    const ticket = folded(...wayToVerified.slice(0, 4), moved)
    expect([ticket.state, ticket.assignee, ids(ticket.conflicting)]).toEqual(['assigned', 'other', ['s3']])
  })

  it('[TICK8] a leader lets a conflicting step count or discards it, and the first verdict decides', () => {
    const late = stepOf('late', 'reject', 'submitted', office, 1.5)
    const base = [...wayToVerified.slice(0, 2), late]
    expect(ids(folded(...base).conflicting)).toEqual(['late'])
    const applies = stepOf('w1', 'settle', 'registered', leader, 3, { settles: id('late'), verdict: 'applies' })
    const discarded = stepOf('w2', 'settle', 'registered', office, 4, { settles: id('late'), verdict: 'discarded' })
    expect(folded(...base, applies)).toMatchObject({ state: 'rejected', conflicting: [] })
    expect(folded(...base, discarded)).toMatchObject({ state: 'registered', conflicting: [] })
    const both = folded(...base, applies, discarded)
    expect([both.state, ids(both.conflicting)]).toEqual(['rejected', ['w2']])
    const undone = stepOf('w3', 'settle', 'registered', office, 5, { settles: id('w2'), verdict: 'discarded' })
    expect(folded(...base, applies, discarded, undone)).toMatchObject({ state: 'rejected', conflicting: [] })
  })
  it('[TICK9] a suspension stops the clock until the ticket goes on', () => {
    const started = wayToVerified.slice(0, 4)
    const suspend = stepOf('p', 'suspend', 'inProgress', member, 10)
    expect(folded(...started, suspend).due.resolve).toBeUndefined()
    expect(folded(...started, suspend, stepOf('r', 'resume', 'suspended', member, 20)).due.resolve).toBe(
      now + 82 * hour,
    )
  })
  it('[TICK9] an extension sets the time, and a later suspension moves it', () => {
    const steps = [
      ...wayToVerified.slice(0, 4),
      stepOf('q', 'requestExtension', 'inProgress', member, 4, { dueAt: now + 200 * hour }),
      stepOf('g', 'approveExtension', 'extensionPending', leader, 5),
      stepOf('p', 'suspend', 'inProgress', member, 10),
      stepOf('r', 'resume', 'suspended', member, 20),
    ]
    expect(folded(...steps).due.resolve).toBe(now + 210 * hour)
  })
  it('[TICK10] the action of a later version is kept and changes nothing', () => {
    const strange = { ...stepOf('x', 'comment', 'verified', member, 6), action: 'bless' as 'comment' }
    const ticket = folded(...wayToVerified, strange)
    expect([ticket.state, ids(ticket.steps).includes('x'), ticket.conflicting, ticket.refused]).toEqual([
      'verified',
      true,
      [],
      [],
    ])
  })
  it('[TICK9] escalation raises the level and invites helpers, taking back lowers it', () => {
    const up = stepOf('up', 'escalate', 'registered', member, 2, {
      level: 'community',
      coAssignees: [account('police')],
    })
    expect(folded(...wayToVerified.slice(0, 2), up)).toMatchObject({
      state: 'escalated',
      level: 'community',
      coAssignees: ['police'],
    })
    expect(folded(...wayToVerified.slice(0, 2), up, stepOf('back', 'takeBack', 'escalated', member, 3))).toMatchObject({
      state: 'registered',
      level: 'grid',
    })
  })
})
