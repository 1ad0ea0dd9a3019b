import { describe, expect, it } from 'vitest'
import type { Command } from '../commands.ts'
import type { TrashedEntry } from '../records.ts'
import type { Actor, Snapshot } from '../snapshot.ts'
import {
  account,
  actorOf,
  birth,
  contextOf,
  entryOf,
  folded,
  grid,
  helper,
  hour,
  id,
  leader,
  member,
  now,
  office,
  smallGrid,
  snapshotOf,
  stepOf,
  wayToVerified,
} from '../testing/fixture.ts'
import type { Step, Ticket } from '../tickets/types.ts'
import { plan } from './plan.ts'
import { ticketNumber } from './tickets.ts'

const { no: _, ...report } = birth
const reportWith = (more: object, description = '门口的路灯'): Command => ({
  do: 'reportTicket',
  birth: { ...report, ...more },
  description,
})
const plainReport = (): Extract<Command, { do: 'reportTicket' }> => ({
  do: 'reportTicket',
  birth: report,
  description: '',
})
const entries = smallGrid()
const withTicket = (...steps: readonly Step[]): Snapshot => {
  const ticket = folded(...steps)
  const others: readonly Ticket[] = [
    { ...folded(...wayToVerified.slice(0, 2)), id: id('t2') },
    { ...ticket, id: id('t3'), state: 'closed' },
  ]
  return snapshotOf(entries, { tickets: new Map([ticket, ...others].map((one) => [one.id, one])) })
}
const run = (command: Command, actor: Actor = member, on: Snapshot = snapshotOf(entries)) =>
  plan(on, command, contextOf(actor))

describe('reporting', () => {
  it('[PLAN23] a report becomes the first step, with a number that needs nobody', () => {
    expect(run(reportWith({ title: ' 路灯不亮 ', impactScope: '' }))).toEqual({
      ok: true,
      value: [
        {
          op: 'step',
          description: '门口的路灯',
          step: {
            id: 'new2',
            ticket: 'new1',
            action: 'submit',
            from: 'draft',
            to: 'submitted',
            actor: 'member',
            role: 'gridMember',
            device: 'member的手机',
            at: now,
            birth: { ...birth, no: ticketNumber(grid, now, id('new1')) },
          },
        },
      ],
    })
  })
  it.each([
    ['title', { title: ' ' }, 'required'],
    ['place', { place: '' }, 'required'],
    ['title', { title: 'x'.repeat(61) }, 'tooLong'],
    ['category', { category: 'x.y' }, 'notInList'],
    ['source', { source: 'x' }, 'notInList'],
    ['severity', { severity: 'x' }, 'notInList'],
    ['level', { level: 'x' }, 'notInList'],
    ['visibility', { visibility: 'x' }, 'notInList'],
    ['risk', { risk: 'X' }, 'notInList'],
    ['occurredAt', { occurredAt: now + hour }, 'futureDate'],
    ['occurredAt', { occurredAt: Number.NaN }, 'badDate'],
    ['peopleInvolved', { peopleInvolved: -1 }, 'outOfRange'],
    ['point', { point: [200, 0] }, 'outOfRange'],
    ['building', { building: 'r101' }, 'unknownReference'],
    ['household', { household: 'h9' }, 'unknownReference'],
  ] as const)('[PLAN23] a report with a wrong %s %j is refused: %s', (field, more, problem) => {
    expect(run(reportWith(more))).toMatchObject({
      ok: false,
      failure: { reason: 'invalid', problems: [{ field, problem }] },
    })
  })
  it('[PLAN30] who reported it becomes a record of its own under the id of the ticket, and never stands in a step', () => {
    const reporter = { name: ' 张三 ', phone: '138 0000 0001' }
    const answer = run({ ...plainReport(), reporter })
    expect(answer).toMatchObject({
      ok: true,
      value: [
        { op: 'create', kind: 'reporter', id: 'new1', fields: { name: '张三', phone: '13800000001' } },
        { op: 'step', step: { ticket: 'new1' } },
      ],
    })
    expect(run({ ...plainReport(), reporter: { name: ' ', phone: '' } })).toMatchObject({ value: [{ op: 'step' }] })
    const smuggled = run(reportWith({ reporterName: '张三', reporterPhone: '13800000001' }))
    expect(JSON.stringify(smuggled)).not.toMatch(/张三|13800000001/)
  })
  it('[PLAN30] only who may write in the sensitive document names a reporter; the others report without', () => {
    const reporter = { name: '张三' }
    for (const role of ['partTimeMember', 'community', 'street', 'police'] as const) {
      expect(run({ ...plainReport(), reporter }, actorOf('x', role)).ok).toBe(false)
      expect(run({ ...plainReport(), reporter: { name: '' } }, actorOf('x', role)).ok).toBe(role !== 'police')
      expect(
        run(
          { do: 'nameReporter', ticket: id('t1'), fields: reporter },
          actorOf('x', role),
          withTicket(...wayToVerified),
        ),
      ).toEqual({
        ok: false,
        failure: { reason: 'notAllowed', what: 'sensitive' },
      })
    }
  })
  it.each([
    [{ phone: '1' }, 'reporter/phone', 'badPhone'],
    [{ name: 'x'.repeat(41) }, 'reporter/name', 'tooLong'],
    [{ idNo: '1' }, 'reporter/idNo', 'unknownField'],
  ])('[PLAN30] a reporter %j is refused beside %s', (reporter, field, problem) => {
    expect(run({ ...plainReport(), reporter })).toMatchObject({ failure: { problems: [{ field, problem }] } })
  })
  it('[PLAN30] a reporter is named later too: the record begins empty, so that the words of two who do it unseen both stand', () => {
    const name = (fields: object, on = withTicket(...wayToVerified)) =>
      run({ do: 'nameReporter', ticket: id('t1'), fields: { ...fields } }, member, on)
    expect(name({ name: '张三', phone: '' })).toEqual({
      ok: true,
      value: [
        { op: 'create', kind: 'reporter', id: 't1', fields: {} },
        { op: 'set', kind: 'reporter', id: 't1', field: 'name', value: '张三' },
      ],
    })
    expect(name({ phone: '12' })).toMatchObject({ failure: { problems: [{ field: 'phone', problem: 'badPhone' }] } })
    expect(run({ do: 'nameReporter', ticket: id('t9'), fields: { name: '张三' } })).toMatchObject({
      failure: { reason: 'notFound' },
    })
    const named = {
      ...withTicket(...wayToVerified),
      entries: new Map([[id('t1'), entryOf('reporter', 't1', { name: '张三' })]]),
    }
    expect(name({ name: '张三', phone: '13800000001' }, named)).toEqual({
      ok: true,
      value: [{ op: 'set', kind: 'reporter', id: 't1', field: 'phone', value: '13800000001' }],
    })
    expect(run({ do: 'addRecord', kind: 'reporter', fields: { name: '张三' } })).toMatchObject({ ok: false })
  })
  it('[PLAN23] a number is read out without doubt, and the numbers of a day differ', () => {
    const ids = Array.from({ length: 2000 }, (_, index) => id(`t-${index.toString(36)}_Oo`))
    const numbers = ids.map((id) => ticketNumber(grid, now, id))
    expect(numbers.filter((no) => !/^008-20261120-[2-9A-HJKMNP-Z]{5}$/.test(no))).toEqual([])
    expect(new Set(numbers).size).toBe(ids.length)
  })

  it('[PLAN23] a description has its limit, a clock a little ahead is forgiven, and a helper reports by note instead', () => {
    expect(run(reportWith({}, 'x'.repeat(5001)))).toMatchObject({
      failure: { problems: [{ field: 'description', problem: 'tooLong' }] },
    })
    expect(run(reportWith({ occurredAt: now + 60_000 })).ok).toBe(true)
    expect(run(reportWith({}), helper)).toEqual({ ok: false, failure: { reason: 'notAllowed', what: 'step:submit' } })
    expect(run(reportWith({ building: 'unknown' }), actorOf('p', 'partTimeMember')).ok).toBe(true)
  })
})

describe('taking steps', () => {
  const take = (action: Extract<Command, { do: 'takeStep' }>['action'], more: object = {}): Command => ({
    do: 'takeStep',
    ticket: id('t1'),
    action,
    ...more,
  })
  const submitted = wayToVerified.slice(0, 1)
  const registered = wayToVerified.slice(0, 2)
  const started = wayToVerified.slice(0, 4)
  it('[PLAN24] a step names the state its author saw and the one it leads to', () => {
    expect(run(take('accept'), member, withTicket(...submitted))).toEqual({
      ok: true,
      value: [
        {
          op: 'step',
          step: {
            id: 'new1',
            ticket: 't1',
            action: 'accept',
            from: 'submitted',
            to: 'registered',
            actor: 'member',
            role: 'gridMember',
            device: 'member的手机',
            at: now,
          },
        },
      ],
    })
  })
  it('[PLAN24] a closing step names what its author had seen', () => {
    expect(run(take('close', { note: '已告知' }), leader, withTicket(...wayToVerified))).toMatchObject({
      ok: true,
      value: [{ step: { to: 'closed', seen: ['s0', 's1', 's2', 's3', 's4', 's5'], note: '已告知' } }],
    })
  })
  it('[PLAN24] the role that has the right is the one named', () => {
    expect(run(take('accept'), actorOf('m', 'volunteer', 'gridMember'), withTicket(...submitted))).toMatchObject({
      ok: true,
      value: [{ step: { role: 'gridMember' } }],
    })
  })
  it.each([
    [
      'an unknown ticket',
      { do: 'takeStep', ticket: id('t9'), action: 'accept' },
      member,
      submitted,
      { reason: 'notFound', id: 't9' },
    ],
    [
      'a step the state does not allow',
      take('accept'),
      member,
      registered,
      { reason: 'wrongState', detail: 'registered' },
    ],
    [
      'a step of a leader by a member',
      take('dispatch', { assignee: account('m') }),
      member,
      registered,
      { reason: 'notAllowed', what: 'step:dispatch' },
    ],
    [
      'a step of another’s ticket',
      take('start'),
      actorOf('x', 'gridMember'),
      wayToVerified.slice(0, 3),
      { reason: 'notAllowed', what: 'step:start' },
    ],
    [
      'verifying one’s own work',
      take('verify'),
      actorOf('member', 'gridLeader'),
      wayToVerified.slice(0, 5),
      { reason: 'notAllowed', what: 'step:verify' },
    ],
    ['a step by a helper', take('accept'), helper, submitted, { reason: 'notAllowed', what: 'step:accept' }],
    [
      'a dispatch to nobody',
      take('dispatch'),
      leader,
      registered,
      { reason: 'invalid', problems: [{ field: 'assignee', problem: 'required' }] },
    ],
    [
      'a dispatch to a blank',
      take('dispatch', { assignee: account(' ') }),
      leader,
      registered,
      { reason: 'invalid', problems: [{ field: 'assignee', problem: 'required' }] },
    ],
    [
      'finishing without a word',
      take('finish', { note: ' ' }),
      member,
      started,
      { reason: 'invalid', problems: [{ field: 'note', problem: 'required' }] },
    ],
    [
      'a due time that is past',
      take('requestExtension', { note: '等配件', dueAt: now - 1 }),
      member,
      started,
      { reason: 'invalid', problems: [{ field: 'dueAt', problem: 'outOfRange' }] },
    ],
    [
      'escalating to the same level',
      take('escalate', { note: '超出能力', level: 'grid' }),
      member,
      started,
      { reason: 'invalid', problems: [{ field: 'level', problem: 'outOfRange', detail: 'grid' }] },
    ],
    [
      'a rating of six',
      take('callback', { score: 6 }),
      member,
      wayToVerified,
      { reason: 'invalid', problems: [{ field: 'score', problem: 'outOfRange', detail: '1–5' }] },
    ],
    [
      'merging into itself',
      take('merge', { parent: id('t1') }),
      leader,
      registered,
      { reason: 'invalid', problems: [{ field: 'parent', problem: 'unknownReference' }] },
    ],
    [
      'merging into a closed ticket',
      take('merge', { parent: id('t3') }),
      leader,
      registered,
      { reason: 'invalid', problems: [{ field: 'parent', problem: 'unknownReference' }] },
    ],
    [
      'a note too long',
      take('comment', { note: 'x'.repeat(2001) }),
      member,
      registered,
      { reason: 'invalid', problems: [{ field: 'note', problem: 'tooLong', detail: '2000' }] },
    ],
    [
      'too much evidence',
      take('evidence', { evidence: Array.from({ length: 21 }, String) }),
      member,
      registered,
      { reason: 'invalid', problems: [{ field: 'evidence', problem: 'tooLong', detail: '20' }] },
    ],
  ] as const)('[PLAN24] %s is refused', (_title, command, actor, steps, failure) => {
    expect(run(command, actor, withTicket(...steps))).toEqual({ ok: false, failure })
  })
  it('[PLAN24] merging into another open ticket is possible', () => {
    expect(run(take('merge', { parent: id('t2') }), leader, withTicket(...registered)).ok).toBe(true)
  })
  it('[PLAN25] a leader settles a conflicting step once', () => {
    const late = stepOf('late', 'reject', 'submitted', office, 1.5)
    const on = withTicket(...registered, late, stepOf('again', 'submit', 'draft', office, 2))
    const settle = (step: string, verdict: 'applies' | 'discarded', ticket = 't1'): Command => ({
      do: 'settleStep',
      ticket: id(ticket),
      step: id(step),
      verdict,
    })
    expect(run(settle('late', 'applies'), leader, on)).toMatchObject({
      ok: true,
      value: [
        {
          op: 'step',
          step: {
            action: 'settle',
            settles: 'late',
            verdict: 'applies',
            from: 'registered',
            to: 'registered',
            role: 'gridLeader',
          },
        },
      ],
    })
    expect(run(settle('late', 'applies'), member, on)).toEqual({
      ok: false,
      failure: { reason: 'notAllowed', what: 'step:settle' },
    })
    expect(run(settle('late', 'applies', 't9'), leader, on)).toEqual({
      ok: false,
      failure: { reason: 'notFound', id: 't9' },
    })
    expect(run(settle('none', 'applies'), leader, on)).toEqual({
      ok: false,
      failure: { reason: 'notFound', id: 'none' },
    })
    expect(run(settle('s1', 'applies'), leader, on)).toEqual({
      ok: false,
      failure: { reason: 'wrongState', detail: 'noConflict' },
    })
    expect(run(settle('again', 'applies'), leader, on)).toEqual({
      ok: false,
      failure: { reason: 'wrongState', detail: 'cannotApply' },
    })
  })
})

describe('notes', () => {
  const note = (more: object = {}): Command => ({
    do: 'addNote',
    fields: { building: 'b1', noteType: 'knock', door: '101', outcome: 'noAnswer', curtain: 'closed', ...more },
  })
  it('[PLAN26] a helper notes for a building of theirs, without knowing the ledger', () => {
    expect(plan(snapshotOf([]), note(), contextOf(helper))).toEqual({
      ok: true,
      value: [
        {
          op: 'create',
          kind: 'note',
          id: 'new1',
          fields: {
            building: 'b1',
            noteType: 'knock',
            door: '101',
            outcome: 'noAnswer',
            curtain: 'closed',
            author: 'helper',
            notedAt: now,
          },
        },
      ],
    })
  })
  it('[PLAN26] the author is whoever acts, and adding a record of that kind is the same', () => {
    expect(
      run(
        {
          do: 'addRecord',
          kind: 'note',
          fields: { building: 'b1', noteType: 'note', text: '楼道灯坏了', author: 'somebody' },
        },
        helper,
      ),
    ).toMatchObject({ ok: true, value: [{ fields: { author: 'helper' } }] })
  })
  it.each([
    ['another building', note({ building: 'b2' }), helper, { reason: 'notAllowed', what: 'note' }],
    ['an office', note(), office, { reason: 'notAllowed', what: 'note' }],
    [
      'no building',
      note({ building: undefined }),
      helper,
      { reason: 'invalid', problems: [{ field: 'building', problem: 'required' }] },
    ],
    [
      'an unknown building',
      note({ building: 'b9' }),
      member,
      { reason: 'invalid', problems: [{ field: 'building', problem: 'unknownReference' }] },
    ],
    [
      'nothing said',
      note({ outcome: undefined, curtain: undefined }),
      helper,
      { reason: 'invalid', problems: [{ field: 'outcome', problem: 'required' }] },
    ],
    [
      'a time to come',
      note({ notedAt: now + 24 * hour }),
      helper,
      { reason: 'invalid', problems: [{ field: 'notedAt', problem: 'futureDate' }] },
    ],
  ] as const)('[PLAN26] a note is refused for %s', (_title, command, actor, failure) => {
    expect(run(command, actor)).toEqual({ ok: false, failure })
  })
  it('[PLAN27] only one’s own note is changed, deleted or brought back, and it stays with its building and author', () => {
    const own = entryOf(
      'note',
      'n1',
      { building: 'b1', noteType: 'note', text: '旧' },
      { created: { at: now, by: helper.account, device: 'x' } },
    )
    const on = snapshotOf([...entries, own])
    const edit = (fields: object): Command => ({ do: 'editRecord', id: id('n1'), fields: { ...fields } })
    expect(run(edit({ text: '新' }), helper, on)).toMatchObject({ ok: true, value: [{ field: 'text', value: '新' }] })
    expect(run({ do: 'deleteRecord', id: id('n1') }, helper, on).ok).toBe(true)
    expect(run(edit({ text: '新' }), leader, on)).toEqual({
      ok: false,
      failure: { reason: 'notAllowed', what: 'note' },
    })
    expect(run({ do: 'deleteRecord', id: id('n1') }, leader, on)).toEqual({
      ok: false,
      failure: { reason: 'notAllowed', what: 'note' },
    })
    const fields = { building: 'b1', author: helper.account, text: '旧' }
    const trashed: TrashedEntry = { id: id('n1'), kind: 'note', fields, deletion: own.created }
    const bin = { ...snapshotOf(entries), trash: new Map([[trashed.id, trashed]]) }
    expect(run({ do: 'restoreRecord', id: id('n1') }, helper, bin).ok).toBe(true)
    expect(run({ do: 'restoreRecord', id: id('n1') }, leader, bin)).toEqual({
      ok: false,
      failure: { reason: 'notAllowed', what: 'note' },
    })
    expect(run(edit({ author: 'x' }), helper, on)).toMatchObject({
      ok: false,
      failure: { problems: [{ field: 'author', problem: 'outOfRange' }] },
    })
  })
})
