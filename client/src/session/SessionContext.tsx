/** Hands the open session to the pages below. */
import { createContext, untrack, type JSX } from 'solid-js'
import type { Session } from './session.ts'

export const SessionContext = createContext<Session>()

export function SessionProvider(props: { readonly session: Session; readonly children: JSX.Element }): JSX.Element {
  return <SessionContext.Provider value={untrack(() => props.session)}>{props.children}</SessionContext.Provider>
}
