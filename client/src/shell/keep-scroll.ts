/** Scroll positions of the page area: back returns to where one was, forward starts at the top. */
import { useBeforeLeave, useLocation } from '@solidjs/router'
import { createEffect } from 'solid-js'

/** How many frames a page may take to grow as tall as it was. */
const patience = 30

/** Gives a `ref` for the scrolling element. Call inside the router. */
export function keepScroll(): (element: HTMLElement) => void {
  const topByPath = new Map<string, number>()
  const location = useLocation()
  let view: HTMLElement | undefined
  let goingBack = false
  useBeforeLeave(({ to }) => {
    // The router names a page to go back to by its distance.
    goingBack = typeof to === 'number'
    if (view) topByPath.set(location.pathname, view.scrollTop)
  })
  const scrollTo = (top: number, path: string, frames: number): void => {
    requestAnimationFrame(() => {
      if (view === undefined || location.pathname !== path) return
      view.scrollTo(0, top)
      if (view.scrollTop < top - 1 && frames > 0) scrollTo(top, path, frames - 1)
      // What had the focus is gone with its page; the keyboard goes on from the top of the next one.
      else if (document.activeElement === document.body) view.focus({ preventScroll: true })
    })
  }
  createEffect((before: string | undefined) => {
    const path = location.pathname
    if (before !== undefined && before !== path) scrollTo(goingBack ? (topByPath.get(path) ?? 0) : 0, path, patience)
    return path
  })
  return (element) => {
    view = element
  }
}
