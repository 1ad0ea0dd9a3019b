/** What the HTTP side is given; wired in relay.ts. */
import type { Instant } from '@tongge/model'
import type { RelayAnswer } from '@tongge/protocol'
import type { AuditLog } from '../audit/audit-log.ts'
import type { Heads } from '../audit/keep-heads.ts'
import type { Recorder } from '../audit/recorder.ts'
import type { Access } from '../access/access.ts'
import type { Account, Accounts } from '../accounts/accounts.ts'
import type { Contacts } from '../accounts/contacts.ts'
import type { Sessions } from '../accounts/sessions.ts'
import type { SignIn } from '../accounts/sign-in.ts'
import type { Handovers } from '../handovers/handovers.ts'
import type { Logger } from '../ports.ts'
import type { SessionCookie } from './cookie.ts'
import type { Drain } from './drain.ts'

export interface AppDeps {
  readonly accounts: Accounts
  readonly sessions: Sessions
  readonly contacts: Pick<Contacts, 'begin'>
  readonly signIn: SignIn
  readonly handovers: Handovers
  readonly access: Access
  readonly cookie: SessionCookie
  readonly relay: RelayAnswer
  readonly origins: ReadonlySet<string>
  /** Whether the relay is reached over https only. */
  readonly secure: boolean
  /** Folder of the built app. */
  readonly app: string
  /** What keeps the relay from its work, as a sentence; undefined where nothing does. */
  readonly hindrance: () => Promise<string | undefined>
  readonly drain: Drain
  readonly metrics: { text(): Promise<string>; readonly contentType: string }
  /** Who asks for metrics must bring it; without one they are told to this machine alone. */
  readonly metricsToken: string | undefined
  readonly sockets: SocketDoor
  /** Brings the directory up to date with what is stored. */
  readonly publish: () => Promise<void>
  readonly audit: AuditDesk
  readonly logger: Logger
  /** A short name for an account that says nothing about the person. */
  readonly opaque: (account: string) => string
}

/** What can be asked of the audit log, and what is told to it. */
export interface AuditDesk {
  readonly log: AuditLog
  readonly heads: Pick<Heads, 'latest'>
  /** The public key with which heads are signed, base64url. */
  readonly key: string
  readonly record: Recorder
}

/** Where upgraded sockets go, and how they are thrown out again. */
export interface SocketDoor {
  /** `raw` is a socket of `ws`. */
  enter(raw: unknown, visitor: Visitor): void
  /** Closes the sockets of a session, or of all sessions of the account. */
  expel(by: { readonly token: string } | { readonly account: string }): void
}

export interface Visitor {
  readonly account: Account
  readonly token: string
  /** When its device was last heard from before it came back; undefined where nobody knows. */
  readonly lastContact: Instant | undefined
  /** Absent for a socket that carries all documents. */
  readonly document: string | undefined
}
