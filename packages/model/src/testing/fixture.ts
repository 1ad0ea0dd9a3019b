/** A small grid, people who act in it, and steps of tickets, for tests. All persons are fictional (region 990101). */
import { idCheckCharacter } from '../checks/id-no.ts'
import type { Value } from '../field.ts'
import type { AccountId, GridCode, RecordId } from '../ids.ts'
import type { Role } from '../policy/roles.ts'
import type { Entry, Kind } from '../records.ts'
import type { Actor, PlanContext, Snapshot } from '../snapshot.ts'
import { foldTicket } from '../tickets/fold.ts'
import { createCalendar } from '../tickets/calendar.ts'
import { transitionFrom } from '../tickets/machine.ts'
import type { Step, StepAction, Ticket, TicketBirth, TicketState } from '../tickets/types.ts'
import type { Instant } from '../time.ts'

export const grid = '990101013006008' as GridCode
/** 2026-11-20 Friday 10:00 in China. */
export const now: Instant = Date.parse('2026-11-20T10:00:00+08:00')
export const hour = 3_600_000
export const calendar = createCalendar()

export const id = (text: string): RecordId => text as RecordId
export const account = (text: string): AccountId => text as AccountId

/** A number with a right check digit; an odd sequence is a man's. */
export function idNumber(birth: string, sequence: string): string {
  const digits = `990101${birth}${sequence}`
  return digits + idCheckCharacter(digits)
}

export function entryOf<K extends Kind>(
  kind: K,
  name: string,
  fields: Readonly<Record<string, Value>>,
  more: Partial<Entry> = {},
): Entry<K> {
  const stamp = { at: now - 30 * 24 * hour, by: account('li'), device: '手机' }
  return {
    id: id(name),
    kind,
    fields: { status: 'active', gridCode: grid, ...fields },
    created: stamp,
    updated: stamp,
    conflicts: [],
    ...more,
  } as Entry<K>
}

export function snapshotOf(entries: readonly Entry[], more: Partial<Snapshot> = {}): Snapshot {
  return {
    grid,
    entries: new Map(entries.map((entry) => [entry.id, entry])),
    trash: new Map(),
    tickets: new Map(),
    ...more,
  }
}

export const wangIdNo = idNumber('19850302', '001')
export const liIdNo = idNumber('19870615', '002')

/** b1 with houses 101 (h1: Wang, head, and his wife Li) and 102 (h2: Zhao, floating) and the empty 103; b2 has nothing. */
export function smallGrid(): readonly Entry[] {
  return [
    entryOf('building', 'b1', { estate: '示范小区', name: '1号楼' }),
    entryOf('building', 'b2', { estate: '示范小区', name: '2号楼' }),
    entryOf('house', 'r101', { building: 'b1', door: '101', occupancy: 'owner' }),
    entryOf('house', 'r102', { building: 'b1', door: '102', occupancy: 'rented' }),
    entryOf('house', 'r103', { building: 'b1', door: '103', occupancy: 'vacant' }),
    entryOf('household', 'h1', { house: 'r101', head: 'wang', phone: '13800000001' }),
    entryOf('household', 'h2', { house: 'r102' }),
    entryOf('person', 'wang', {
      household: 'h1',
      name: '王一',
      kinToHead: '02',
      sex: '1',
      birthDate: '1985-03-02',
      resident: '01',
      idNo: wangIdNo,
    }),
    entryOf('person', 'li', {
      household: 'h1',
      name: '李二',
      kinToHead: '12',
      sex: '2',
      birthDate: '1987-06-15',
      resident: '01',
    }),
    entryOf('person', 'zhao', {
      household: 'h2',
      name: '赵三',
      kinToHead: '99',
      sex: '1',
      birthDate: '1990-01-01',
      resident: '02',
    }),
  ]
}

export function actorOf(name: string, ...roles: readonly Role[]): Actor {
  return { account: account(name), roles, device: `${name}的手机`, grid, buildings: [] }
}

export const member = actorOf('member', 'gridMember')
export const leader = actorOf('leader', 'gridLeader')
export const office = actorOf('office', 'community')
export const helper: Actor = { ...actorOf('helper', 'volunteer'), buildings: [id('b1')] }

export function contextOf(actor: Actor): PlanContext {
  let count = 0
  return { actor, now, newId: () => id(`new${(count += 1)}`) }
}

export const birth: TicketBirth = {
  no: '008-20261120-wxyz',
  source: 'grid',
  category: 'facility.repair',
  title: '路灯不亮',
  place: '1号楼门前',
  occurredAt: now - hour,
  severity: 'normal',
  level: 'grid',
  visibility: 'public',
  building: id('b1'),
}

/** One step at `clock` hours after `now`; what the table asks for is filled in. */
export function stepOf(
  name: string,
  action: StepAction,
  from: TicketState,
  actor: Actor,
  clock: number,
  more: Partial<Step> = {},
): Step {
  const at = now + clock * hour
  return {
    id: id(name),
    ticket: id('t1'),
    action,
    from,
    to: transitionFrom(action, from)?.to ?? from,
    actor: actor.account,
    role: actor.roles[0] ?? 'resident',
    device: actor.device,
    at,
    clock: at,
    note: '说明',
    score: 5,
    ...(action === 'submit' ? { birth } : {}),
    ...(action === 'dispatch' ? { assignee: member.account } : {}),
    ...(action === 'escalate' ? { level: 'community' as const } : {}),
    ...(action === 'merge' ? { parent: id('t2') } : {}),
    ...(action === 'requestExtension' ? { dueAt: at + 100 * hour } : {}),
    ...more,
  }
}

/** Folds, and fails loudly where there is no ticket. */
export function folded(...steps: readonly Step[]): Ticket {
  const ticket = foldTicket(steps, calendar)
  if (!ticket) throw new Error('no ticket from these steps')
  return ticket
}

/** Submitted, accepted by the member, dispatched to the member, started, finished, verified by the leader. */
export const wayToVerified: readonly Step[] = [
  stepOf('s0', 'submit', 'draft', member, 0),
  stepOf('s1', 'accept', 'submitted', member, 1),
  stepOf('s2', 'dispatch', 'registered', leader, 2),
  stepOf('s3', 'start', 'assigned', member, 3),
  stepOf('s4', 'finish', 'inProgress', member, 4),
  stepOf('s5', 'verify', 'resolved', leader, 5),
]
