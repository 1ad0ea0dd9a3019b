/** When the view is kept for the next start: once it is whole, when the app goes out of sight, and when nothing has changed for a while. */
import type { Projection } from '@tongge/crdt'
import type { SetTimer, Vault } from '@tongge/sync'
import type { OpenGridStore } from './grid-store.ts'
import type { RememberedView } from './remembered-view.ts'

interface Parts {
  readonly view: RememberedView
  readonly vault: Pick<Vault, 'version'>
  readonly projection: Projection
  readonly gridStore: OpenGridStore
  /** The version of what was remembered at this start; undefined when nothing was. */
  readonly remembered: string | undefined
  /** Every document is read, and all it holds is on the disk. */
  readonly isWhole: () => boolean
  readonly setTimer: SetTimer
}

export interface ViewKeeper {
  keep(): void
  dispose(): void
}

/** Milliseconds after which a page that went out of sight is still there, and was not left for another. */
const leaving = 500
/** Milliseconds without a change after which the view is kept. */
const quiet = 10_000

export function createViewKeeper({
  view,
  vault,
  projection,
  gridStore,
  remembered,
  isWhole,
  setTimer,
}: Parts): ViewKeeper {
  let kept = remembered
  let cancel: (() => void) | undefined
  const keepNow = async (): Promise<void> => {
    const shown = await gridStore.settled()
    if (!isWhole()) return
    const version = await vault.version()
    // What was written since is in the version and not in the view, or the other way round.
    if (version === kept || gridStore.store.snapshot() !== shown || !isWhole()) return
    await view.keep(shown, version)
    kept = version
  }
  // A disk that refuses it has documents to keep.
  const keep = (): void => void keepNow().catch(() => undefined)
  // WebKit never ends a write that was under way when its page was left, and every later page then waits for it.
  const onVisibility = (): void => {
    if (document.hidden) setTimer(() => document.hidden && keep(), leaving)
  }
  /** It costs a slow phone a moment, which nobody shall feel. */
  const onChange = (): void => {
    cancel?.()
    cancel = setTimer(() => whenIdle(keep), quiet)
  }
  const stop = projection.onChange(onChange)
  document.addEventListener('visibilitychange', onVisibility)
  return {
    keep,
    dispose: () => {
      stop()
      cancel?.()
      document.removeEventListener('visibilitychange', onVisibility)
    },
  }
}

function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in globalThis && !document.hidden) requestIdleCallback(work)
  else work()
}
