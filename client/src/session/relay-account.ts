/**
 * The account at the relay: signing in and out over HTTP, and what this device remembers of it. The answer of the last sign-in is kept
 * so that the app opens with no network; the cookie itself is out of reach of scripts.
 */
import type { HttpRefusal, RelayAnswer, SessionAnswer } from '@tongge/protocol'

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
const knownLimit = 8

export async function askSession(account: string, password: string): Promise<SessionReply> {
  const headers = { 'content-type': 'application/json' }
  const response = await ask('/api/session', { method: 'POST', headers, body: JSON.stringify({ account, password }) })
  if (!response) return { ok: false, refusal: { reason: 'offline' } }
  if (!response.ok) return { ok: false, refusal: await refusalOf(response) }
  return { ok: true, answer: remember((await response.json()) as SessionAnswer) }
}

/** The rights as the relay sees them at this moment; they may have changed since the last sign-in. */
export async function refreshSession(): Promise<SessionAnswer | 'signedOut' | 'offline'> {
  const response = await ask('/api/session')
  if (response?.status === 401) return 'signedOut'
  return response?.ok ? remember((await response.json()) as SessionAnswer) : 'offline'
}

/** Who was signed in when the app last ran, with the rights of that time. */
export function rememberedSession(): SessionAnswer | undefined {
  return read<SessionAnswer>(sessionKey)
}

/** Forgets the session on this device and, when it can be reached, at the relay. Data on the device stays for the next sign-in. */
export async function endSession(): Promise<void> {
  localStorage.removeItem(sessionKey)
  await ask('/api/session', { method: 'DELETE' })
}

/** Accounts that signed in on this device, most recent first. Names only: no data and no right hangs on them. */
export function knownAccounts(): readonly KnownAccount[] {
  return read<readonly KnownAccount[]>(accountsKey) ?? []
}

/** What the sign-in page may know before anyone signed in; undefined without a connection. */
export async function askRelay(): Promise<RelayAnswer | undefined> {
  const response = await ask('/api/relay')
  return response?.ok ? ((await response.json()) as RelayAnswer) : undefined
}

function remember(answer: SessionAnswer): SessionAnswer {
  localStorage.setItem(sessionKey, JSON.stringify(answer))
  const { account, name, roles } = answer
  const others = knownAccounts().filter((known) => known.account !== account)
  localStorage.setItem(accountsKey, JSON.stringify([{ account, name, roles }, ...others].slice(0, knownLimit)))
  return answer
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

function read<T>(key: string): T | undefined {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? 'null') as T | null) ?? undefined
  } catch {
    return undefined
  }
}
