/** A year of tickets of a grid: each a log of steps as the state machine allows them, the last weeks' still open and some overdue. */
import {
  dayLength,
  dayOf,
  quarterOf,
  startOfDay,
  ticketNumber,
  type AccountId,
  type Instant,
  type Quarter,
  type RecordId,
  type Role,
  type Step,
  type TicketState,
  type Value,
} from '@tongge/model'
import type { DemoBuilding } from './buildings.ts'
import type { GridContext } from './content.ts'
import type { DemoHousehold } from './households.ts'
import { surname } from './names.ts'
import { mobileNumber } from './numbers.ts'
import { matters, reasons, type Matter } from './ticket-matters.ts'

export type DemoStep = {
  readonly step: Omit<Step, 'clock'>
  readonly description?: string
  /** With the first step: who reported it. */
  readonly reporter?: Readonly<Record<string, Value>>
}

const hour = 3_600_000

/** The quarter of `today` and the three before it, oldest first. */
export function demoQuarters(context: GridContext): readonly Quarter[] {
  const [year = 0, quarter = 1] = quarterOf(startOfDay(context.today)).split('q').map(Number)
  return [3, 2, 1, 0].map((back) => {
    const index = year * 4 + quarter - 1 - back
    return `${Math.floor(index / 4)}q${(index % 4) + 1}`
  })
}

/** Steps by the quarter in which their ticket began, in order of time. */
export function makeTickets(
  context: GridContext,
  buildings: readonly DemoBuilding[],
  households: readonly DemoHousehold[],
): ReadonlyMap<Quarter, readonly DemoStep[]> {
  const { grid, random, today } = context
  const quarters = demoQuarters(context)
  const end = startOfDay(today)
  const begin = startOfDay(
    `${quarters[0]?.slice(0, 4)}-${String(Number(quarters[0]?.slice(5)) * 3 - 2).padStart(2, '0')}-01`,
  )
  const days = Math.floor((end - begin) / dayLength)
  const count = grid.kind === 'basic' ? random.int(930, 1060) : random.int(420, 560)
  const births = Array.from(
    { length: count },
    () => begin + random.int(0, days - 1) * dayLength + random.int(8 * 60, 20 * 60) * 60_000,
  ).toSorted((a, b) => a - b)
  const steps = new Map<Quarter, DemoStep[]>(quarters.map((quarter) => [quarter, []]))
  for (const at of births) {
    const building = random.pick(buildings)
    const ticket = makeTicket(context, { at, end, building, households })
    steps.get(quarterOf(at))?.push(...ticket)
  }
  return new Map([...steps].map(([quarter, list]) => [quarter, list.toSorted((a, b) => a.step.at - b.step.at)]))
}

interface Occasion {
  readonly at: Instant
  readonly end: Instant
  readonly building: DemoBuilding
  readonly households: readonly DemoHousehold[]
}

function makeTicket(context: GridContext, { at, end, building, households }: Occasion): readonly DemoStep[] {
  const { random, newId, team, community, grid } = context
  const matter = random.weighted(matters.map((one) => [one, one.weight] as const))
  const house = random.pick(building.houses)
  const household = /^(service|dispute)\./.test(matter.category) ? random.pick(households) : undefined
  const door = `${house.entrance}单元${house.door}`
  const source = random.weighted([
    ['grid', 55],
    ['resident', 34],
    ['hotline', 8],
    ['department', 3],
  ] as const)
  const title = random.pick(matter.titles).replace('{d}', door)
  const reporter =
    source === 'resident' || source === 'hotline'
      ? { name: surname(random) + random.pick(['先生', '女士', '师傅']), phone: mobileNumber(random) }
      : undefined
  const member = random.pick(team.members) as AccountId
  const isMajor = matter.category.startsWith('emergency.') || random.chance(0.01)
  const ticket = newId('t')
  const log = createLog(context, ticket, at, end)
  log.take('submit', member, 'gridMember', 0, {
    birth: {
      no: ticketNumber(grid.code, at, ticket),
      source,
      category: matter.category,
      title,
      place: `${community}${building.name}${title.includes('单元') ? '' : `${house.entrance}单元`}`,
      building: building.id,
      ...(household ? { household: household.id } : {}),
      occurredAt: at - random.int(2, 40) * 60_000,
      severity: isMajor ? 'major' : 'normal',
      level: 'grid',
      visibility: household ? 'private' : 'public',
    },
  })
  live(context, log, matter, member)
  return log.steps.map((step, index) =>
    index === 0
      ? {
          step,
          ...(reporter && { reporter }),
          description: `${dayOf(at)} ${title}。${random.pick(['现场已拍照。', '居民希望尽快处理。', '已先行口头提醒。', ''])}`,
        }
      : { step },
  )
}

/** What becomes of a ticket; steps after the last moment of the demo do not happen. */
function live(context: GridContext, log: TicketLog, matter: Matter, member: AccountId): void {
  const { random, team } = context
  const leader = team.leader as AccountId
  if (log.isRecent() && random.chance(0.12)) return
  if (random.chance(0.025)) {
    log.take('reject', leader, 'gridLeader', random.int(1, 30) * hour, { note: random.pick(reasons.reject) })
    return
  }
  const first = random.chance(0.7) ? member : leader
  log.take('accept', first, first === leader ? 'gridLeader' : 'gridMember', random.int(5, 300) * 60_000)
  if (log.isRecent() && random.chance(0.12)) return
  let handler = member
  if (first === leader || random.chance(0.6)) {
    handler = random.pick(team.members) as AccountId
    log.take('dispatch', leader, 'gridLeader', random.int(10, 240) * 60_000, { assignee: handler })
    if (random.chance(0.03)) {
      log.take('return', handler, 'gridMember', random.int(1, 6) * hour, { note: random.pick(reasons.return) })
      handler = random.pick(team.members) as AccountId
      log.take('dispatch', leader, 'gridLeader', random.int(1, 20) * hour, { assignee: handler })
    }
  }
  log.take('start', handler, 'gridMember', random.int(10, 600) * 60_000)
  if (random.chance(0.35))
    log.take('comment', handler, 'gridMember', random.int(20, 500) * 60_000, { note: random.pick(reasons.comment) })
  if (random.chance(0.04)) {
    log.take('requestExtension', handler, 'gridMember', random.int(5, 30) * hour, {
      note: random.pick(reasons.extension),
      dueAt: log.at() + 7 * dayLength,
    })
    log.take('approveExtension', leader, 'gridLeader', random.int(1, 20) * hour, { dueAt: log.at() + 6 * dayLength })
  } else if (random.chance(0.03)) {
    log.take('suspend', handler, 'gridMember', random.int(2, 30) * hour, { note: random.pick(reasons.suspend) })
    if (log.isRecent() && random.chance(0.6)) return
    log.take('resume', handler, 'gridMember', random.int(20, 120) * hour)
  } else if (random.chance(0.02)) {
    log.take('escalate', handler, 'gridMember', random.int(2, 20) * hour, {
      note: random.pick(reasons.escalate),
      level: 'community',
    })
    if (log.isRecent() && random.chance(0.6)) return
    log.take('dispatch', leader, 'gridLeader', random.int(20, 90) * hour, { assignee: handler })
    log.take('start', handler, 'gridMember', random.int(1, 20) * hour)
  }
  if (log.isRecent() && random.chance(0.2)) return
  log.take('finish', handler, 'gridMember', random.int(1, 60) * hour, { note: random.pick(matter.done) })
  log.take('verify', leader, 'gridLeader', random.int(2, 70) * hour, { note: random.pick(reasons.verify) })
  const score = random.weighted([
    [5, 62],
    [4, 28],
    [3, 7],
    [2, 3],
  ] as const)
  log.take('callback', first, first === leader ? 'gridLeader' : 'gridMember', random.int(4, 90) * hour, { score })
  if (score === 2 && random.chance(0.5)) {
    log.take('reopen', leader, 'gridLeader', random.int(5, 60) * hour, { note: random.pick(reasons.reopen) })
    log.take('finish', handler, 'gridMember', random.int(10, 60) * hour, { note: random.pick(matter.done) })
    log.take('verify', leader, 'gridLeader', random.int(5, 40) * hour, { note: random.pick(reasons.verify) })
    log.take('callback', first, first === leader ? 'gridLeader' : 'gridMember', random.int(5, 40) * hour, { score: 4 })
  }
}

interface TicketLog {
  readonly steps: readonly Omit<Step, 'clock'>[]
  at(): Instant
  /** Born in the last three weeks: such a ticket may be left where it is. */
  isRecent(): boolean
  take(action: keyof typeof next, actor: AccountId, role: Role, delay: number, more?: Partial<Step>): void
}

const next = {
  submit: 'submitted',
  accept: 'registered',
  dispatch: 'assigned',
  return: 'returned',
  start: 'inProgress',
  comment: undefined,
  requestExtension: 'extensionPending',
  approveExtension: 'inProgress',
  suspend: 'suspended',
  resume: 'inProgress',
  escalate: 'escalated',
  finish: 'resolved',
  verify: 'verified',
  callback: 'closed',
  reject: 'rejected',
  reopen: 'inProgress',
} as const satisfies Record<string, TicketState | undefined>

function createLog({ newId }: GridContext, ticket: RecordId, born: Instant, end: Instant): TicketLog {
  const steps: Omit<Step, 'clock'>[] = []
  let state: TicketState = 'draft'
  let at = born
  let isOver = false
  return {
    steps,
    at: () => at,
    isRecent: () => end - born < 21 * dayLength,
    take(action, actor, role, delay, more = {}) {
      at = workingHour(at + delay, delay)
      isOver ||= at >= end
      if (isOver) return
      const to: TicketState = next[action] ?? state
      steps.push({ id: newId('s'), ticket, action, from: state, to, actor, role, device: '演示手机', at, ...more })
      state = to
    },
  }
}

/** Whatever falls into the night is done the next morning. */
function workingHour(at: Instant, delay: number): Instant {
  const sinceMidnight = at - startOfDay(dayOf(at))
  if (delay === 0 || (sinceMidnight >= 8 * hour && sinceMidnight < 21 * hour)) return at
  const morning = startOfDay(dayOf(at)) + (sinceMidnight < 8 * hour ? 0 : dayLength) + 8 * hour
  return morning + (at % (2 * hour))
}
