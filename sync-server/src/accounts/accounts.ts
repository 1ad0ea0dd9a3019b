/** The port to what the relay knows about people and places: accounts, assignments, sessions, territory. Relational, never in a document. */
import type {
  CommunityCode,
  CommunityParameters,
  Day,
  GridCode,
  GridDetails,
  Instant,
  RecordId,
  Role,
  StaffDetails,
  StreetCode,
} from '@tongge/model'
import type { AuditEvent } from '@tongge/protocol/audit'
import type { Scope } from './scope.ts'

export interface Account {
  readonly account: string
  /** As colleagues know the person. */
  readonly name: string
  /** PHC string of Argon2id. */
  readonly passwordHash: string
  readonly disabled: boolean
}

/** A role somebody holds for a place, from one day to another, both included; an absent day leaves that side open. */
export interface Assignment {
  readonly account: string
  readonly role: Role
  readonly scope: Scope
  readonly from?: Day
  readonly to?: Day
}

export interface StoredSession {
  readonly account: string
  readonly createdAt: Instant
  readonly seenAt: Instant
}

export type GridKind = 'basic' | 'dedicated'

export interface Street {
  readonly code: StreetCode
  readonly name: string
}

export interface Community {
  readonly code: CommunityCode
  readonly name: string
}

export interface Grid {
  readonly code: GridCode
  readonly name: string
  /** 基础网格 or 专属网格. */
  readonly kind: GridKind
  /** Absent where nothing more is known; saved without them, a grid keeps what it has. */
  readonly details?: GridDetails
}

/** A building's public name; everything else about it rests in the ledger. */
export interface Building {
  readonly grid: GridCode
  readonly id: RecordId
  readonly name: string
}

export interface Territory {
  readonly streets: readonly Street[]
  readonly communities: readonly Community[]
  readonly grids: readonly Grid[]
  readonly buildings: readonly Building[]
}

/** What a community set at one time. */
export interface SetParameters {
  /** Only grows. */
  readonly version: number
  readonly at: Instant
  readonly by: string
  readonly parameters: CommunityParameters
}

/** Something that happened to accounts or was done with the command line, for the audit log. */
export interface AccountEvent {
  /** Only grows. */
  readonly id: number
  readonly at: Instant
  readonly event: AuditEvent
}

/**
 * Each write is one transaction, durable when the promise resolves; rejects when the store cannot be reached.
 * `by` says who has it done; what became of accounts is kept as events in the same transaction.
 */
export interface Accounts {
  find(account: string): Promise<Account | undefined>
  all(): Promise<readonly Account[]>
  /** Adds the accounts or replaces those of the same name, each with exactly these assignments. Who is not among `staff` keeps what was known of them. */
  save(
    accounts: readonly Account[],
    assignments: readonly Assignment[],
    by?: string,
    staff?: ReadonlyMap<string, StaffDetails>,
  ): Promise<void>
  /** What is known of people beside their names, by account. Some of it is sensitive: it goes no further than whoever asks. */
  staff(): Promise<ReadonlyMap<string, StaffDetails>>
  /** Also ends every session of the account. False when there is no such account. */
  setPassword(account: string, passwordHash: string, by?: string): Promise<boolean>
  /** Keeps an event that is no change of accounts. */
  happened(event: AuditEvent): Promise<void>
  /** Events after one, oldest first; none is ever removed. */
  events(after: number, limit: number): Promise<readonly AccountEvent[]>
  /** Names this store for ever. */
  readonly name: string
  assignments(account?: string): Promise<readonly Assignment[]>
  /** Every role that the account holds, held or will hold, whatever the day; those held several times stand there several times. */
  everHeld(account: string): Promise<readonly Assignment[]>
  territory(): Promise<Territory>
  /** Adds places or renames those of the same code; removes none. */
  saveTerritory(places: Partial<Territory>): Promise<void>
  /** The grid has exactly these buildings from here on. */
  setBuildings(grid: GridCode, buildings: readonly Building[]): Promise<void>
  /** Everything a community set, oldest first; the last one holds. */
  parameters(community: CommunityCode): Promise<readonly SetParameters[]>
  /** Undefined, and nothing set, when `version` is not the last one (0: none). Setting what holds already adds nothing. */
  setParameters(
    community: CommunityCode,
    parameters: CommunityParameters,
    from: { readonly by: string; readonly version: number },
  ): Promise<SetParameters | undefined>
  addSession(hash: Uint8Array, session: StoredSession): Promise<void>
  session(hash: Uint8Array): Promise<StoredSession | undefined>
  touchSession(hash: Uint8Array, seenAt: Instant): Promise<void>
  removeSession(hash: Uint8Array): Promise<void>
  /** Removes sessions begun or last used before these instants. */
  expireSessions(createdBefore: Instant, seenBefore: Instant): Promise<void>
  /** When the device of a session was last heard from. */
  contact(session: Uint8Array): Promise<Instant | undefined>
  /** Passes over sessions that have ended. */
  setContacts(contacts: readonly (readonly [session: Uint8Array, at: Instant])[]): Promise<void>
  /** Free text the relay keeps about itself, such as the day a demo was made for. */
  note(key: string): Promise<string | undefined>
  setNote(key: string, value: string): Promise<void>
  /** Grows whenever another process changed the store. */
  version(): Promise<number>
  /** Reads everything and says what is broken. */
  verify(): Promise<readonly string[]>
  /** Writes a consistent copy while in use. */
  backup(file: string): Promise<void>
  close(): Promise<void>
}
