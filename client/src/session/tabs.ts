/**
 * The tabs of one account in one browser. All of them work in one generation of each document, since no network may be there to carry
 * edits from one generation into another; so they go over to newer ones in the same moment. Each says by the names of locks where it is.
 */
import { setTimer } from './device.ts'

export interface OtherTabs {
  /** False also where nobody can tell. */
  readonly isAlone: boolean
  readonly documents: readonly string[]
}

export interface Seat {
  /** Resolves once every other tab in the same grid is ready as well: leave, or `stay`. False if this one has left before. */
  ready(): Promise<boolean>
  /** Not ready after all. */
  stay(): Promise<void>
  leave(): Promise<void>
}

interface Place {
  readonly account: string
  readonly grid: string
  /** Undefined where the browser has none: then each tab is by itself. */
  readonly locks: Pick<LockManager, 'request' | 'query'> | undefined
  /** Answers the documents to work in; no other tab opens or closes meanwhile. */
  readonly choose: (others: OtherTabs) => Promise<readonly string[]>
}

/** Milliseconds for others to get out of the way. A tab that does not answer holds up nobody for longer. */
const patience = 2_000

export async function takeSeat({ account, grid, locks, choose }: Place): Promise<Seat> {
  if (!locks) {
    await choose({ isAlone: false, documents: [] })
    return { ready: async () => true, stay: async () => undefined, leave: async () => undefined }
  }
  const going = `tongge/going-over/${account}/${grid}`
  const leaving = new AbortController()
  // Held shared by whoever works here, asked for exclusively by whoever is ready to go: granted once all are.
  let here: ReturnType<typeof hold> = Promise.resolve(undefined)
  const letGo = async (): Promise<void> => (await here)?.()
  const stay = async (): Promise<void> => {
    await letGo()
    // Who gives up waiting comes to hold it all the same: the others must know of this tab the next time.
    here = hold(locks, going, 'shared', leaving.signal)
    await Promise.race([here, new Promise<void>((resolve) => setTimer(resolve, patience))])
  }
  await stay()
  const opening = await hold(locks, `tongge/opening/${account}`, 'exclusive', timingOut(patience))
  const prefix = `tongge/session/${account} `
  const others = await documentsAt(locks, prefix)
  const chosen = await choose({
    isAlone: opening !== undefined && others?.length === 0,
    documents: others?.flat() ?? [],
  })
  const working = await hold(locks, prefix + chosen.join(' '), 'shared')
  void opening?.()
  return {
    stay,
    ready: async () => {
      await letGo()
      here = hold(locks, going, 'exclusive', leaving.signal)
      return (await here) !== undefined
    },
    leave: async () => {
      leaving.abort()
      await Promise.all([working?.(), letGo()])
    },
  }
}

/** Of each tab that is open; undefined where the browser does not tell. */
async function documentsAt(locks: Pick<LockManager, 'query'>, prefix: string): Promise<string[][] | undefined> {
  try {
    const { held = [] } = await locks.query()
    return held.flatMap(({ name = '' }) => (name.startsWith(prefix) ? [name.slice(prefix.length).split(' ')] : []))
  } catch {
    return undefined
  }
}

/** Lets go of it when called, and resolves when that is done. Undefined when it is not granted. */
function hold(
  locks: Pick<LockManager, 'request'>,
  name: string,
  mode: LockMode,
  signal?: AbortSignal,
): Promise<(() => Promise<void>) | undefined> {
  return new Promise((resolve) => {
    const whileHeld = (): Promise<void> =>
      new Promise((release) => {
        resolve(() => {
          release()
          return over
        })
      })
    const over = locks.request(name, { mode, ...(signal && { signal }) }, whileHeld).then(
      () => undefined,
      () => resolve(undefined),
    )
  })
}

function timingOut(milliseconds: number): AbortSignal {
  const aborter = new AbortController()
  setTimer(() => aborter.abort(), milliseconds)
  return aborter.signal
}
