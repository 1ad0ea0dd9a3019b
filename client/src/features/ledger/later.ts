/** Work over all records that is done in tasks of its own, so that taps get in between. */
import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'

/** The value of `source`, `milliseconds` after it last changed. */
export function createLater<T>(source: Accessor<T>, milliseconds: number): Accessor<T> {
  const [value, setValue] = createSignal(source())
  createEffect(
    on(
      source,
      (next) => {
        const timer = setTimeout(() => setValue(() => next), milliseconds)
        onCleanup(() => clearTimeout(timer))
      },
      { defer: true },
    ),
  )
  return value
}

/** The first items at once, and at each turn as many more: a screen is full long before a hundred rows are drawn. */
export function createGrowing<T>(all: Accessor<readonly T[]>, step: number): Accessor<readonly T[]> {
  const [room, setRoom] = createSignal(step)
  createEffect(() => {
    if (all().length <= room()) return
    const timer = setTimeout(() => setRoom((now) => now + step))
    onCleanup(() => clearTimeout(timer))
  })
  return () => all().slice(0, room())
}
