/** What the shell puts at the end of every app bar (the sync light), so that pages and the kit need not know it. */
import { createContext, type JSX } from 'solid-js'

export const BarEndContext = createContext<() => JSX.Element>()
