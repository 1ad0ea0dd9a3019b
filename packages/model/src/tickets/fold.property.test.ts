import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { account, actorOf, calendar, id, leader, member, office, stepOf, wayToVerified } from '../testing/fixture.ts'
import { foldTicket } from './fold.ts'
import { transitions } from './machine.ts'
import type { Step, TicketState } from './types.ts'

const actors = [
  member,
  leader,
  office,
  actorOf('other', 'gridMember'),
  actorOf('police', 'police'),
  actorOf('vol', 'volunteer'),
]
const actions = [...new Set(transitions.map((row) => row.action))]
const states = [...new Set(transitions.flatMap((row) => row.from))]

/** Steps that mostly fit the state a plausible author would see, and some that do not. */
const someStep = fc.record({
  action: fc.constantFrom(...actions),
  from: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(...states) }),
  actor: fc.constantFrom(...actors),
  /** Hours after the step before it; a negative one was taken without having seen it. */
  lead: fc.constantFrom(1, 1, 1, 0, -3),
  skew: fc.constantFrom(0, 0, -50, 50),
  target: fc.nat(20),
  verdict: fc.constantFrom('applies' as const, 'discarded' as const),
  assignee: fc.constantFrom(...actors),
  sees: fc.boolean(),
})

function stepsFrom(raw: readonly (typeof someStep extends fc.Arbitrary<infer T> ? T : never)[]): readonly Step[] {
  // Half of the runs begin where closing and reopening are near.
  const steps: Step[] = wayToVerified.slice(0, raw.length % 2 === 0 ? 1 : 6)
  const begun = steps.length
  for (const [index, { action, from, actor, lead, skew, target, verdict, assignee, sees }] of raw.entries()) {
    const state: TicketState = from ?? foldTicket(steps, calendar)?.state ?? 'draft'
    const fitting = from === null ? transitions.filter((row) => row.from.includes(state)) : []
    const step = stepOf(
      `r${index}`,
      fitting.length > 0 ? (fitting[target % fitting.length]?.action ?? action) : action,
      state,
      actor,
      begun + index + lead,
      { evidence: ['photo'] },
    )
    steps.push({
      ...step,
      at: step.at + skew * 3_600_000,
      assignee: account(assignee.account),
      settles: steps[target % steps.length]?.id ?? id('none'),
      verdict,
      ...(sees ? { seen: steps.map((seen) => seen.id) } : {}),
    })
  }
  return steps
}

const runs = { seed: 20261120, numRuns: 1500 }

describe('the fold under any delivery', () => {
  it('[TICK11] any order and repetition of steps folds to the same ticket', () => {
    fc.assert(
      fc.property(
        fc
          .array(someStep, { maxLength: 14 })
          .map(stepsFrom)
          .chain((steps) =>
            fc.tuple(
              fc.constant(steps),
              fc.shuffledSubarray([...steps], { minLength: steps.length }),
              fc.subarray([...steps]),
            ),
          ),
        ([steps, shuffled, repeated]) => {
          expect(foldTicket([...shuffled, ...repeated.map((step) => ({ ...step }))], calendar)).toEqual(
            foldTicket(steps, calendar),
          )
        },
      ),
      runs,
    )
  })
  it('[TICK11] every step is in the ticket once: kept or refused, and conflicting ones are among the kept', () => {
    fc.assert(
      fc.property(fc.array(someStep, { maxLength: 14 }).map(stepsFrom), (steps) => {
        const ticket = foldTicket(steps, calendar)
        const all = [...(ticket?.steps ?? []), ...(ticket?.refused ?? [])].map((step) => step.id)
        expect(all.toSorted()).toEqual(steps.map((step) => step.id).toSorted())
        for (const step of ticket?.conflicting ?? []) expect(ticket?.steps).toContain(step)
      }),
      runs,
    )
  })
  it('[TICK11] two copies of one step that differ fold alike in either order', () => {
    const first = stepOf('s0', 'submit', 'draft', member, 0)
    const one = stepOf('s1', 'accept', 'submitted', member, 1)
    const two = stepOf('s1', 'accept', 'submitted', leader, 1)
    expect(foldTicket([first, one, two], calendar)).toEqual(foldTicket([two, one, first], calendar))
  })
  it('[TICK5] a ticket with evidence its closing author had not seen is open', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (closeClock, evidenceClock) => {
        const way = [
          stepOf('s0', 'submit', 'draft', member, 0),
          stepOf('s1', 'accept', 'submitted', member, 0.1),
          stepOf('s2', 'start', 'registered', member, 0.2),
          stepOf('s3', 'finish', 'inProgress', member, 0.3),
          stepOf('s4', 'verify', 'resolved', leader, 0.4),
        ]
        const close = stepOf('c', 'close', 'verified', leader, closeClock, { seen: way.map((step) => step.id) })
        const ticket = foldTicket([...way, close, stepOf('e', 'evidence', 'verified', member, evidenceClock)], calendar)
        expect(ticket?.state).toBe('verified')
        expect(ticket?.conflicting.map((step) => step.id)).toEqual(['c'])
      }),
      runs,
    )
  })
})
