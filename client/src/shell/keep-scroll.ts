/** Scroll positions of the page area: back returns to where one was, forward starts at the top. */
import { useBeforeLeave, useLocation } from '@solidjs/router'
import { createEffect, onCleanup } from 'solid-js'

/** Gives a `ref` for the scrolling element. Call inside the router. */
export function keepScroll(): (element: HTMLElement) => void {
  const topByPath = new Map<string, number>()
  const location = useLocation()
  let view: HTMLElement | undefined
  let goingBack = false
  const onPop = () => {
    goingBack = true
  }
  addEventListener('popstate', onPop)
  onCleanup(() => removeEventListener('popstate', onPop))
  useBeforeLeave(() => {
    if (view) topByPath.set(location.pathname, view.scrollTop)
  })
  createEffect((before: string | undefined) => {
    const path = location.pathname
    if (before !== undefined && before !== path) {
      const top = goingBack ? (topByPath.get(path) ?? 0) : 0
      requestAnimationFrame(() => {
        view?.scrollTo(0, top)
        // What had the focus is gone with its page; the keyboard goes on from the top of the next one.
        if (document.activeElement === document.body) view?.focus({ preventScroll: true })
      })
    }
    goingBack = false
    return path
  })
  return (element) => {
    view = element
  }
}
