/** Who works on this device at the moment: sign in, resume without a network, sign out. Views read `currentSession`. */
import type { SessionAnswer } from '@tongge/protocol'
import { createSignal, type Accessor } from 'solid-js'
import type { OpenSession } from './open-session.ts'
import { askSession, endSession, refreshSession, rememberedSession, type SignInRefusal } from './relay-account.ts'
import type { Session } from './session.ts'

export { askRelay, knownAccounts, type KnownAccount, type SignInRefusal } from './relay-account.ts'

const [current, setCurrent] = createSignal<OpenSession>()
const [busy, setBusy] = createSignal(true)

export const currentSession: Accessor<Session | undefined> = current
/** True until it is known whether somebody is signed in. */
export const resuming: Accessor<boolean> = busy

/** Opens what was open when the app last ran. The device answers first; the relay is asked beside it whether the rights still hold. */
export async function resume(): Promise<void> {
  const remembered = rememberedSession()
  if (remembered) await open(remembered)
  else setBusy(false)
  const fresh = await refreshSession()
  if (fresh === 'offline') return
  if (fresh === 'signedOut') {
    if (current()) await close()
  } else if (!current() || JSON.stringify(fresh) !== JSON.stringify(remembered)) {
    await open(fresh)
  }
}

export async function signIn(
  account: string,
  password: string,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly refusal: SignInRefusal }> {
  const answer = await askSession(account, password)
  if (!answer.ok) return answer
  await open(answer.answer)
  return { ok: true }
}

/** Ends the session here and at the relay. Edits that still wait stay on the device and are sent at the next sign-in of this account. */
export async function signOut(): Promise<void> {
  await close()
  await endSession()
}

const gridKey = 'tongge.grid'

async function open(answer: SessionAnswer): Promise<void> {
  setBusy(true)
  await close()
  const switchGrid = (grid: string): void => {
    localStorage.setItem(gridKey, grid)
    void open(answer)
  }
  try {
    // Documents and what moves them are half of the app: the sign-in page is there before they are.
    const { openSession } = await import('./open-session.ts')
    const session = await openSession(answer, localStorage.getItem(gridKey) ?? undefined, { signOut, switchGrid })
    setCurrent(() => session)
  } finally {
    setBusy(false)
  }
}

async function close(): Promise<void> {
  const session = current()
  setCurrent(undefined)
  await session?.close()
}
