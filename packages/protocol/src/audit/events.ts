/**
 * What the audit log tells. Nothing of a person stands in it but the ids of accounts and records; what was written is told by its SHA-256.
 * The names and shapes here are frozen once released: what was logged is never written anew.
 */

export type AuditEvent =
  /** The log begins: updates up to this sequence were stored before it and have no entries. */
  | { readonly type: 'begin'; readonly log: string; readonly through: number }
  /** From here on heads are signed with this key (raw Ed25519, base64url). */
  | { readonly type: 'key'; readonly key: string }
  /** `account` only of accounts that exist: a mistyped name may be a password. `times` when several tries are told together. */
  | {
      readonly type: 'signIn'
      readonly outcome: 'ok' | 'wrongPassword' | 'tooManyTries'
      readonly account?: string
      readonly times?: number
    }
  | { readonly type: 'signOut'; readonly account: string }
  /** A session opened these documents for the first time that day. */
  | { readonly type: 'open'; readonly account: string; readonly documents: readonly string[] }
  /** One stored update: its row in the log of updates. */
  | {
      readonly type: 'edit'
      readonly account: string
      readonly document: string
      readonly sequence: number
      readonly hash: string
    }
  /** The relay put a snapshot in the place of the updates up to a sequence. */
  | { readonly type: 'fold'; readonly document: string; readonly through: number; readonly hash: string }
  /** `code` is that of the channel's closing, or the HTTP status. */
  | {
      readonly type: 'refusal'
      readonly account: string
      readonly document: string
      readonly code: number
      readonly reason: string
      readonly record?: string
      readonly times?: number
    }
  | {
      readonly type: 'account'
      readonly account: string
      /** `described`: what is known of the person beside name and roles; never what. */
      readonly change: 'created' | 'renamed' | 'disabled' | 'enabled' | 'described'
      readonly by: string
    }
  /** All that the account holds from here on, as `role scope from..to`. */
  | { readonly type: 'roles'; readonly account: string; readonly roles: readonly string[]; readonly by: string }
  | { readonly type: 'password'; readonly account: string; readonly by: string }
  /** What a community set otherwise, as `path value`; `default` where it goes back to what the app gives. */
  | {
      readonly type: 'parameters'
      readonly community: string
      readonly changes: readonly string[]
      readonly by: string
    }
  /** Somebody used the administrator's command line. */
  | { readonly type: 'command'; readonly command: string }
  /** Sensitive fields of one record were shown on a device, which wrote it into that document before. */
  | {
      readonly type: 'reveal'
      readonly account: string
      readonly document: string
      readonly record: string
      /** Field codes of the model; empty where all were shown. */
      readonly fields: readonly string[]
      readonly reason: AuditReason
      /** The device's time, in milliseconds since 1970. */
      readonly deviceAt: number
    }
  /** An edit that was not taken was given to the leaders of its grid by `author`, and what a leader made of it: never what it says. */
  | {
      readonly type: 'handover'
      readonly act: 'handedOver' | 'adopted' | 'discarded'
      readonly account: string
      readonly author: string
      readonly handover: string
      readonly document: string
    }

/** Why somebody looked at sensitive fields: to verify, to serve, in an emergency, or for what the row in the document says in words. */
export type AuditReason = 'verify' | 'service' | 'emergency' | 'other'

/** The text of an entry: JSON with sorted keys and no blanks (RFC 8785 for what stands in events, which are flat). Its UTF-8 bytes are the leaf. */
export function entryText(at: number, event: AuditEvent): string {
  return JSON.stringify({ at, ...event }, ['at', ...Object.keys(event)].sort())
}
