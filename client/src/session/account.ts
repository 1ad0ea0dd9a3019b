/** Who works on this device at the moment: sign in, resume without a network, sign out. Views read `currentSession`. */
import { lineageOf, type SessionAnswer } from '@tongge/protocol'
import { createSignal, type Accessor } from 'solid-js'
import { calm } from './calm.ts'
import { leaseOver, noteTime } from './lease.ts'
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
const [lock, setLock] = createSignal<Lock>()

/** Why nothing is shown, and what waits meanwhile. */
export interface Lock {
  readonly name: string
  /** That the device may be without its relay. */
  readonly hours: number
  readonly waiting: number
}
/** Milliseconds between two looks at the clock. */
const lookEvery = 30_000

/** Counts what the person asked for: an answer that was asked for before the last wish is out of date. */
let wishes = 0
/** What the open session was opened with; other tabs may have been told something else by now. */
let opened: SessionAnswer | undefined
/** Of several answers that wait for a calm moment the last one counts. */
let waiting = 0
/** Sessions open and close one after the other: two at once would share a vault. */
let turn: Promise<void> = Promise.resolve()

export const currentSession: Accessor<Session | undefined> = current
/** The device has been without its relay for too long; unlocked by the relay's next answer. */
export const locked: Accessor<Lock | undefined> = lock
/** True until it is known whether somebody is signed in. */
export const resuming: Accessor<boolean> = busy

/** Opens what was open when the app last ran. The device answers first; the relay is asked beside it whether the rights still hold. */
export async function resume(): Promise<void> {
  const wish = ++wishes
  const remembered = rememberedSession()
  // Asked for before the shell is drawn, which takes a slow phone a while.
  if (remembered) void loadSession().catch(() => undefined)
  const hours = remembered && leaseOver(remembered, Date.now())
  if (remembered && hours !== undefined) await lockUp(remembered, hours)
  else if (remembered) await open(remembered)
  else setBusy(false)
  followLease()
  if (!(await finishLeaving())) return
  await refresh(wish)
}

/** Asks the relay what this account may open now, and opens what has changed. */
async function refresh(wish: number): Promise<void> {
  const fresh = await refreshSession()
  if (fresh === 'offline' || wish !== wishes) return
  const session = current()
  if (fresh === 'signedOut') {
    setLock(undefined)
    return session && inTurn(close)
  }
  remember(fresh)
  if (!session || !opened) return open(fresh)
  if (grantedBy(fresh) === grantedBy(opened)) return session.prepare(fresh.documents)
  await openWhenCalm(fresh)
}

/** Asks the relay again, as whoever waits for it to unlock may. */
export async function meetRelay(): Promise<void> {
  if (await finishLeaving()) await refresh(wishes)
}

/** The clock is looked at now and then, and whenever the network or the screen comes back. What is over is locked at a moment when nobody types, if the relay does not answer. */
function followLease(): void {
  let last = performance.now()
  const over = (): number | undefined => {
    const remembered = rememberedSession()
    return remembered && leaseOver(remembered, Date.now())
  }
  const look = async (): Promise<void> => {
    noteTime(Date.now(), performance.now() - last)
    last = performance.now()
    if (lock()) return meetRelay()
    if (!current() || over() === undefined) return
    await meetRelay()
    if (over() === undefined) return
    await calm()
    const [remembered, hours] = [rememberedSession(), over()]
    if (remembered && current() && hours !== undefined) await lockUp(remembered, hours)
  }
  const lookQuietly = (): void => void look().catch(() => undefined)
  setInterval(lookQuietly, lookEvery)
  addEventListener('online', lookQuietly)
  document.addEventListener('visibilitychange', lookQuietly)
}

async function lockUp({ account, name }: SessionAnswer, hours: number): Promise<void> {
  await inTurn(async () => {
    await close()
    const { waitingEdits } = await import('./waiting-edits.ts')
    setLock({ name, hours, waiting: await waitingEdits(account).catch(() => 0) })
    setBusy(false)
  })
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
    setLock(undefined)
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
