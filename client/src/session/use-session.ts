/** The session of the signed-in person; pages that call this are only shown while there is one. */
import { useContext } from 'solid-js'
import type { Session } from './session.ts'
import { SessionContext } from './SessionContext.tsx'

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession is called outside a session')
  return session
}
