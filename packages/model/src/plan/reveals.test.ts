import { describe, expect, it } from 'vitest'
import type { Command } from '../commands.ts'
import type { RevealReason } from '../reveals.ts'
import { actorOf, contextOf, id, leader, member, smallGrid, snapshotOf } from '../testing/fixture.ts'
import { plan } from './plan.ts'
import type { Plan } from './refusals.ts'

const run = (command: Partial<Extract<Command, { do: 'reveal' }>>, actor = member): Plan =>
  plan(
    snapshotOf(smallGrid()),
    { do: 'reveal', id: id('wang'), fields: ['idNo'], reason: 'verify', ...command },
    contextOf(actor),
  )

describe('looking at sensitive fields', () => {
  it('[PLAN29] a reveal names sensitive fields of one record and a reason of the list, or one in words', () => {
    expect(run({})).toEqual({
      ok: true,
      value: [{ op: 'reveal', kind: 'person', id: 'wang', fields: ['idNo'], reason: 'verify' }],
    })
    expect(run({ reason: 'other', note: ' 民政核对 ' })).toMatchObject({
      ok: true,
      value: [{ reason: 'other', note: '民政核对' }],
    })
    expect(run({ note: '多写的话' })).toMatchObject({ ok: true, value: [{ reason: 'verify' }] })
  })
  it.each([
    [{ fields: ['name'] }, 'name', 'unknownField'],
    [{ fields: [] }, 'fields', 'required'],
    [{ reason: 'curious' as RevealReason }, 'reason', 'notInList'],
    [{ reason: 'other' as const }, 'note', 'required'],
    [{ reason: 'other' as const, note: '  ' }, 'note', 'required'],
    [{ reason: 'other' as const, note: '说'.repeat(101) }, 'note', 'tooLong'],
  ])('[PLAN29] %j is refused beside %s', (command, field, problem) => {
    expect(run(command)).toMatchObject({ ok: false, failure: { reason: 'invalid', problems: [{ field, problem }] } })
  })
  it('[PLAN29] one of a record that is not there is refused', () => {
    expect(run({ id: id('nobody') })).toMatchObject({ ok: false, failure: { reason: 'notFound' } })
  })
  it('[PLAN5] only who may reveal may say so', () => {
    const may = (actor: typeof member): boolean => run({}, actor).ok
    expect([member, leader, actorOf('han', 'police'), actorOf('xu', 'community')].map(may)).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect(
      [actorOf('a', 'partTimeMember'), actorOf('b', 'street'), actorOf('c', 'department'), actorOf('d')].map(may),
    ).toEqual([false, false, false, false])
  })
})
