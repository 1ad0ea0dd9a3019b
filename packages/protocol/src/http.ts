/** Shapes of the HTTP interface that both ends rely on; documented in docs/interfaces.md. */

export interface DocumentGrant {
  readonly name: string
  readonly write: boolean
}

export interface SessionAnswer {
  /** The sign-in name. */
  readonly account: string
  /** The person's name as colleagues know it. */
  readonly name: string
  /** Role ids of the model's policy. */
  readonly roles: readonly string[]
  /** By grid, where only some of the roles are held there. */
  readonly rolesIn?: Readonly<Record<string, readonly string[]>>
  /** 15-digit codes of the grids this account works in. */
  readonly grids: readonly string[]
  /** Ids of the buildings a building leader or volunteer helps in. */
  readonly buildings: readonly string[]
  readonly documents: readonly DocumentGrant[]
  /** For how long the app may show what is on a device that has not met the relay, in hours; absent: 72. Never more than 168. */
  readonly leaseHours?: number
  /** The relay was put back to an older state not long ago: what it does not grant it may have forgotten. */
  readonly isRestored?: true
}

/** Every refusal over HTTP has this body; `reason` is stable, `message` is for people. */
export interface HttpRefusal {
  readonly reason:
    | 'badRequest'
    | 'wrongPassword'
    | 'signedOut'
    | 'forbidden'
    | 'tooManyTries'
    | 'notFound'
    | 'tooLarge'
    | 'unavailable'
    /** Somebody else has changed the same meanwhile. */
    | 'conflict'
    /** Understood, and not to be taken; `field` says what of it. */
    | 'invalid'
  readonly message: string
  /** Seconds to wait, with `tooManyTries` and `unavailable`. */
  readonly retryAfter?: number
  /** With `invalid`: the path of what is wrong, such as `ticketTimes/safety.fire/respond`. */
  readonly field?: string
}

/** `GET` and `PUT /api/communities/{code}/parameters`: what the community set (`CommunityParameters` of the model), and which setting it is. */
export interface ParametersAnswer {
  readonly parameters: object
  /** To be sent with the next change; 0 where nothing was ever set. */
  readonly version: number
  readonly changedAt?: number
  /** An account. */
  readonly changedBy?: string
}

export interface DemoAccount {
  readonly account: string
  readonly name: string
  readonly role: string
}

/** `GET /api/relay`: what the sign-in page needs before anyone signed in. */
export interface RelayAnswer {
  readonly demo: false | { readonly password: string; readonly accounts: readonly DemoAccount[] }
  readonly version: string
}

/** `GET /api/audit/key`: which log this is, and with which key (raw Ed25519, base64url) its heads are signed now. */
export interface AuditKeyAnswer {
  readonly log: string
  readonly key: string
}

/** `GET /api/audit/proof/…`: hashes in base64url, from the leaves upwards. */
export interface AuditProofAnswer {
  readonly proof: readonly string[]
}

/** `GET /api/audit/entries`. */
export interface AuditEntriesAnswer {
  /** How many entries the log has. */
  readonly size: number
  /** The texts whose UTF-8 bytes are the leaves. */
  readonly entries: readonly string[]
}
