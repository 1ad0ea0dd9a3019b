/** Tickets 事件/工单 as append-only logs of steps (domain.md §3.2). */
import type { AccountId, RecordId } from '../ids.ts'
import type { Role } from '../policy/roles.ts'
import type { Instant } from '../time.ts'

export type TicketState =
  | 'draft'
  | 'submitted'
  | 'registered'
  | 'assigned'
  | 'inProgress'
  | 'resolved'
  | 'verified'
  | 'closed'
  | 'returned'
  | 'extensionPending'
  | 'suspended'
  | 'escalated'
  | 'merged'
  | 'rejected'

/** What a person can do to a ticket; `comment` and `evidence` change no state. */
export type StepAction =
  | 'submit'
  | 'accept'
  | 'dispatch'
  | 'start'
  | 'finish'
  | 'verify'
  | 'callback'
  | 'close'
  | 'return'
  | 'requestExtension'
  | 'approveExtension'
  | 'refuseExtension'
  | 'suspend'
  | 'resume'
  | 'escalate'
  | 'takeBack'
  | 'merge'
  | 'reject'
  | 'reopen'
  | 'comment'
  | 'evidence'
  /** A leader settles a step that conflicted: `settles` names it, `verdict` says whether it counts. */
  | 'settle'

export type Severity = 'normal' | 'major'
export type Level = 'grid' | 'community' | 'street'
export type Visibility = 'public' | 'anonymous' | 'private'

/** What the first step carries; fixed for the life of the ticket except through later steps. */
export interface TicketBirth {
  readonly no: string
  /** Code of list TICKET_SOURCE. */
  readonly source: string
  /** L1/L2 code of the taxonomy, such as `safety.fire`. */
  readonly category: string
  readonly title: string
  readonly place: string
  readonly building?: RecordId
  readonly household?: RecordId
  readonly point?: readonly [longitude: number, latitude: number]
  readonly occurredAt: Instant
  readonly severity: Severity
  /** Code of list RISK, where a danger was graded; sets the time to resolve. */
  readonly risk?: string
  readonly level: Level
  readonly visibility: Visibility
  readonly impactScope?: string
  readonly peopleInvolved?: number
  /** Written by earlier versions only: who reported it rests in the sensitive document, since a ticket reaches more people. */
  readonly reporterName?: string
  readonly reporterPhone?: string
}

/** What a person says who reports a matter. */
export type Report = Omit<TicketBirth, 'no' | 'reporterName' | 'reporterPhone'>

export interface Step {
  readonly id: RecordId
  readonly ticket: RecordId
  readonly action: StepAction
  /** The state its author saw; a step whose `from` is not the folded state is kept and shown, not applied. */
  readonly from: TicketState
  readonly to: TicketState
  readonly actor: AccountId
  readonly role: Role
  readonly device: string
  readonly at: Instant
  /** Hybrid logical clock: milliseconds, never less than any step its author had seen plus one. Orders the fold; ties by id. */
  readonly clock: number
  readonly note?: string
  readonly evidence?: readonly string[]
  readonly birth?: TicketBirth
  readonly assignee?: AccountId
  readonly coAssignees?: readonly AccountId[]
  /** New time to resolve by, asked for or granted. */
  readonly dueAt?: Instant
  readonly level?: Level
  readonly parent?: RecordId
  readonly score?: 1 | 2 | 3 | 4 | 5
  /** With `close` and `callback`: the ids of all steps its author had seen, so that evidence it did not know of keeps the ticket open. */
  readonly seen?: readonly RecordId[]
  readonly settles?: RecordId
  readonly verdict?: 'applies' | 'discarded'
}

/** Times by which something must have happened; absent where the taxonomy sets none. */
export interface Due {
  readonly respond?: Instant
  readonly onSite?: Instant
  readonly resolve?: Instant
  /** Terms in working days that end in a year whose holidays are not published yet: counted from Monday to Friday. */
  readonly estimated?: readonly DueTerm[]
}

export type DueTerm = 'respond' | 'onSite' | 'resolve'

/** A ticket as the fold of its steps. Deterministic: any order of delivery gives the same ticket. */
export interface Ticket {
  readonly id: RecordId
  readonly birth: TicketBirth
  readonly state: TicketState
  /** In order of the fold; conflicting ones included, refused ones not. */
  readonly steps: readonly Step[]
  /** 冲突步骤: kept and shown, not applied, until a leader settles them. */
  readonly conflicting: readonly Step[]
  /** Steps whose author had no right to take them; ignored everywhere, shown to leaders. */
  readonly refused: readonly Step[]
  /** 首问人. */
  readonly firstContact?: AccountId
  readonly assignee?: AccountId
  readonly coAssignees: readonly AccountId[]
  /** Who took the last `finish`: another person verifies it. */
  readonly finisher?: AccountId
  /** Who took the last `requestExtension`: another person decides it. */
  readonly applicant?: AccountId
  readonly level: Level
  readonly due: Due
  readonly respondedAt?: Instant
  readonly arrivedAt?: Instant
  readonly resolvedAt?: Instant
  readonly closedAt?: Instant
  readonly score?: number
  readonly parent?: RecordId
  readonly reportedBy: AccountId
  readonly reportedAt: Instant
  readonly updatedAt: Instant
  /** When steps count that do not count at the time of their device, because the relay's receipt says otherwise. Refused ones included. */
  readonly accepted?: Readonly<Record<RecordId, Instant>>
}
