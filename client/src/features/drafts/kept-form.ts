/**
 * A form that outlives its tab: what is typed is kept on this device, sealed like the documents, from a moment after each key until
 * it is saved or discarded. A form of the same name goes on with it.
 */
import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { Session } from '../../session/session.ts'

export interface KeepableForm {
  /** Everything that was typed and is not saved; undefined when nothing was. Tracked. */
  kept(): object | undefined
  /** Goes on with what `kept` gave in an earlier run; whatever is malformed is left out. */
  restore(kept: unknown): void
}

export interface KeptForm {
  /** Whether it goes on with something from an earlier run. */
  readonly isRestored: Accessor<boolean>
  /** What was typed has been carried out: the device forgets it once that is on disk. */
  sent(saved: Promise<void>): void
  /** Forgets it at once, and keeps nothing from here on: the person leaves the form. */
  readonly leave: () => void
}

/** Milliseconds after the last key. */
const pause = 300

/** Call where effects may be created. */
export function keepForm({ drafts }: Pick<Session, 'drafts'>, name: string, form: KeepableForm): KeptForm {
  const [isRestored, setRestored] = createSignal(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let sending = 0
  let isLeft = false
  const keep = (): void => {
    clearTimeout(timer)
    timer = undefined
    const kept = form.kept()
    // What was sent is forgotten when it is on disk, and what is typed after it is kept.
    if (!isLeft && (kept || sending === 0)) drafts.keep(name, kept)
  }
  createEffect(
    on(
      () => form.kept(),
      (kept) => {
        clearTimeout(timer)
        // What is gone from the form must not come back.
        if (kept) timer = setTimeout(keep, pause)
        else keep()
      },
      { defer: true },
    ),
  )
  onCleanup(() => timer !== undefined && keep())
  void drafts.recall(name).then((found) => {
    if (isLeft || sending > 0 || form.kept()) return
    form.restore(found)
    setRestored(form.kept() !== undefined)
  })
  return {
    isRestored,
    sent: (saved) => {
      sending++
      saved
        .then(() => {
          sending--
          keep()
        })
        .catch(() => undefined)
    },
    leave: () => {
      clearTimeout(timer)
      timer = undefined
      isLeft = true
      drafts.keep(name, undefined)
    },
  }
}
