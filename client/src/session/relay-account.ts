/**
 * The account at the relay: signing in and out over HTTP, and what this device remembers of it. The answer of the last sign-in is kept
 * so that the app opens with no network; the cookie itself is out of reach of scripts.
 */
import type { HttpRefusal, RelayAnswer, SessionAnswer } from '@tongge/protocol'
import { renewLease } from './lease.ts'

/** `retryAfter` in seconds, where waiting helps. */
export interface SignInRefusal {
  readonly reason: HttpRefusal['reason'] | 'offline'
  readonly retryAfter?: number
}

export type SessionReply =
  | { readonly ok: true; readonly answer: SessionAnswer }
  | { readonly ok: false; readonly refusal: SignInRefusal }

export interface KnownAccount {
  readonly account: string
  readonly name: string
  readonly roles: readonly string[]
}

const sessionKey = 'tongge.session'
const accountsKey = 'tongge.accounts'
const leavingKey = 'tongge.leaving'
const knownLimit = 8

export async function askSession(account: string, password: string): Promise<SessionReply> {
  const headers = { 'content-type': 'application/json' }
  const response = await ask('/api/session', { method: 'POST', headers, body: JSON.stringify({ account, password }) })
  if (!response) return { ok: false, refusal: { reason: 'offline' } }
  if (!response.ok) return { ok: false, refusal: await refusalOf(response) }
  localStorage.removeItem(leavingKey)
  return { ok: true, answer: (await response.json()) as SessionAnswer }
}

/** The rights as the relay sees them at this moment; they may have changed since the last sign-in. */
export async function refreshSession(): Promise<SessionAnswer | 'signedOut' | 'offline'> {
  const response = await ask('/api/session')
  if (response?.status === 401) return 'signedOut'
  return response?.ok ? ((await response.json()) as SessionAnswer) : 'offline'
}

/** Who was signed in when the app last ran, with the rights of that time. */
export function rememberedSession(): SessionAnswer | undefined {
  const stored = read(sessionKey)
  if (!isPlain(stored) || typeof stored['account'] !== 'string' || typeof stored['name'] !== 'string') return undefined
  return ['roles', 'grids', 'buildings', 'documents'].every((key) => Array.isArray(stored[key]))
    ? (stored as unknown as SessionAnswer)
    : undefined
}

export function remember(answer: SessionAnswer): void {
  renewLease(answer, Date.now())
  localStorage.setItem(sessionKey, JSON.stringify(answer))
  const { account, name, roles } = answer
  const others = knownAccounts().filter((known) => known.account !== account)
  localStorage.setItem(accountsKey, JSON.stringify([{ account, name, roles }, ...others].slice(0, knownLimit)))
}

/** Forgets the session on this device at once. Data on the device stays for the next sign-in of this account. */
export function forget(): void {
  localStorage.removeItem(sessionKey)
  localStorage.setItem(leavingKey, 'yes')
}

/**
 * Ends the session at the relay if this device was signed out and the relay does not know it yet, as after signing out with no network.
 * False while it still does not know: the cookie may then not be used to open anything.
 */
export async function finishLeaving(): Promise<boolean> {
  if (localStorage.getItem(leavingKey) === null) return true
  const response = await ask('/api/session', { method: 'DELETE' })
  if (!response || response.status >= 500) return false
  localStorage.removeItem(leavingKey)
  return true
}

/** Accounts that signed in on this device, most recent first. Names only: no data and no right hangs on them. */
export function knownAccounts(): readonly KnownAccount[] {
  const stored = read(accountsKey)
  return Array.isArray(stored) ? stored.filter(isKnownAccount) : []
}

/** What the sign-in page may know before anyone signed in; undefined without a connection. */
export async function askRelay(): Promise<RelayAnswer | undefined> {
  const response = await ask('/api/relay')
  return response?.ok ? ((await response.json()) as RelayAnswer) : undefined
}

async function refusalOf(response: Response): Promise<SignInRefusal> {
  try {
    const { reason, retryAfter } = (await response.json()) as HttpRefusal
    return { reason, ...(retryAfter === undefined ? {} : { retryAfter }) }
  } catch {
    return { reason: 'unavailable' }
  }
}

/** Undefined when nothing answered. */
async function ask(path: string, init?: RequestInit): Promise<Response | undefined> {
  try {
    return await fetch(path, { credentials: 'same-origin', ...init })
  } catch {
    return undefined
  }
}

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null')
  } catch {
    return undefined
  }
}

function isKnownAccount(value: unknown): value is KnownAccount {
  return (
    isPlain(value) &&
    typeof value['account'] === 'string' &&
    typeof value['name'] === 'string' &&
    Array.isArray(value['roles'])
  )
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
