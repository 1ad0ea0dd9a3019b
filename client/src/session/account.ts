/** Who works on this device at the moment: sign in, resume without a network, sign out. Views read `currentSession`. */
import { lineageOf, type SessionAnswer } from '@tongge/protocol'
import { createSignal, type Accessor } from 'solid-js'
import { calm } from './calm.ts'
import type { OpenSession } from './open-session.ts'
import {
  askSession,
  finishLeaving,
  forget,
  refreshSession,
  remember,
  rememberedSession,
  type SignInRefusal,
} from './relay-account.ts'
import type { Session } from './session.ts'

export { askRelay, knownAccounts, type KnownAccount, type SignInRefusal } from './relay-account.ts'

const [current, setCurrent] = createSignal<OpenSession>()
const [busy, setBusy] = createSignal(true)
const gridKey = 'tongge.grid'

/** Counts what the person asked for: an answer that was asked for before the last wish is out of date. */
let wishes = 0
/** What the open session was opened with; other tabs may have been told something else by now. */
let opened: SessionAnswer | undefined
/** Of several answers that wait for a calm moment the last one counts. */
let waiting = 0
/** Sessions open and close one after the other: two at once would share a vault. */
let turn: Promise<void> = Promise.resolve()

export const currentSession: Accessor<Session | undefined> = current
/** True until it is known whether somebody is signed in. */
export const resuming: Accessor<boolean> = busy

/** Opens what was open when the app last ran. The device answers first; the relay is asked beside it whether the rights still hold. */
export async function resume(): Promise<void> {
  const wish = ++wishes
  const remembered = rememberedSession()
  // Asked for before the shell is drawn, which takes a slow phone a while.
  if (remembered) void loadSession().catch(() => undefined)
  if (remembered) await open(remembered)
  else setBusy(false)
  if (!(await finishLeaving())) return
  await refresh(wish)
}

/** Asks the relay what this account may open now, and opens what has changed. */
async function refresh(wish: number): Promise<void> {
  const fresh = await refreshSession()
  if (fresh === 'offline' || wish !== wishes) return
  const session = current()
  if (fresh === 'signedOut') return session && inTurn(close)
  remember(fresh)
  if (!session || !opened) return open(fresh)
  if (grantedBy(fresh) === grantedBy(opened)) return session.prepare(fresh.documents)
  await openWhenCalm(fresh)
}

/** What an answer grants, whatever the generations. */
function grantedBy(answer: SessionAnswer): string {
  return JSON.stringify({ ...answer, documents: answer.documents.map(({ name, write }) => [lineageOf(name), write]) })
}

async function openWhenCalm(answer: SessionAnswer): Promise<void> {
  const wish = wishes
  const mine = ++waiting
  await calm()
  if (wish === wishes && mine === waiting) await open(answer)
}

export async function signIn(
  account: string,
  password: string,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly refusal: SignInRefusal }> {
  wishes++
  const reply = await askSession(account, password)
  if (!reply.ok) return reply
  remember(reply.answer)
  await open(reply.answer)
  return { ok: true }
}

/** Ends the session here at once, and at the relay as soon as it can be reached. Edits that still wait stay on the device and are sent at the next sign-in of this account. */
export async function signOut(): Promise<void> {
  wishes++
  forget()
  await inTurn(close)
  await finishLeaving()
}

async function switchGrid(answer: SessionAnswer, grid: string): Promise<void> {
  localStorage.setItem(gridKey, grid)
  await open(answer)
  await refresh(wishes)
}

function open(answer: SessionAnswer): Promise<void> {
  return inTurn(async () => {
    setBusy(true)
    await close()
    opened = answer
    try {
      const { openSession } = await loadSession()
      const host = {
        signOut,
        switchGrid: (grid: string) => void switchGrid(answer, grid),
        askAgain: () => void refresh(wishes),
        calm,
        restart: () => void openWhenCalm(rememberedSession() ?? answer),
      }
      const session = await openSession(answer, localStorage.getItem(gridKey) ?? undefined, host)
      setCurrent(() => session)
    } finally {
      setBusy(false)
    }
  })
}

/** Documents and what moves them are half of the app: the sign-in page is there before they are. */
function loadSession(): Promise<typeof import('./open-session.ts')> {
  return import('./open-session.ts')
}

async function close(): Promise<void> {
  const session = current()
  setCurrent(undefined)
  await session?.close()
}

function inTurn(work: () => Promise<void>): Promise<void> {
  const mine = turn.then(work)
  turn = mine.catch(() => undefined)
  return mine
}
