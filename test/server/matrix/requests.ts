/** Every request of the interface, with what becomes of it by role and session, written out by hand. */
import type { Role } from '@tongge/model'
import { isSignedIn, place, type State } from './stage.ts'

export interface Asked {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** As the description of the interface names it. */
  readonly template: string
  /** Where it differs from that. */
  readonly path?: string
  readonly body?: unknown
  readonly status: (role: Role, state: State) => number
}

const everybody =
  (status: number): Asked['status'] =>
  () =>
    status
const signedIn =
  (status: number): Asked['status'] =>
  (_role, state) =>
    isSignedIn(state) ? status : 401
/** `held`: in which of the states the role counts. */
const those =
  (roles: readonly Role[], held: readonly State[], status: number): Asked['status'] =>
  (role, state) => {
    if (!isSignedIn(state)) return 401
    return roles.includes(role) && held.includes(state) ? status : 403
  }

/** The log is one for all places: an auditor of another street reads it too. */
const auditors = (status: number): Asked['status'] => those(['auditor'], ['valid', 'elsewhere'], status)
const offices = (status: number): Asked['status'] => those(['community', 'street'], ['valid'], status)
const parameters = {
  template: '/api/communities/{code}/parameters',
  path: `/api/communities/${place.community}/parameters`,
}

/** The last one ends the session. */
export const requests: readonly Asked[] = [
  { method: 'GET', template: '/healthz', status: everybody(200) },
  { method: 'GET', template: '/readyz', status: everybody(200) },
  // From this machine, and no token is set.
  { method: 'GET', template: '/metrics', status: everybody(200) },
  { method: 'GET', template: '/api/openapi.json', status: everybody(200) },
  { method: 'GET', template: '/api/relay', status: everybody(200) },
  { method: 'GET', template: '/sync', status: everybody(426) },
  { method: 'GET', template: '/sync/{document}', path: `/sync/grid/${place.grid}/ledger`, status: everybody(426) },
  { method: 'GET', template: '/api/session', status: signedIn(200) },
  // Whoever comes may try to sign in; nothing is sent that could succeed.
  { method: 'POST', template: '/api/session', body: {}, status: everybody(400) },
  { method: 'POST', template: '/api/password', body: {}, status: signedIn(400) },
  { method: 'GET', template: '/api/audit/key', status: everybody(200) },
  { method: 'GET', template: '/api/audit/head', status: signedIn(200) },
  {
    method: 'GET',
    template: '/api/audit/proof/consistency',
    path: '/api/audit/proof/consistency?earlier=1&later=1',
    status: signedIn(200),
  },
  {
    method: 'GET',
    template: '/api/audit/proof/inclusion',
    path: '/api/audit/proof/inclusion?index=0&size=1',
    status: auditors(200),
  },
  { method: 'GET', template: '/api/audit/entries', path: '/api/audit/entries?from=0&limit=1', status: auditors(200) },
  { method: 'GET', ...parameters, status: offices(200) },
  // Of a version that is not the last: who may set it is told so, and nothing is set.
  { method: 'PUT', ...parameters, body: { parameters: {}, version: 99 }, status: offices(409) },
  // Of a shape that is not taken, and of what nobody handed over: the answer tells who would have been heard.
  { method: 'POST', template: '/api/handovers', body: {}, status: signedIn(400) },
  { method: 'GET', template: '/api/handovers', status: signedIn(200) },
  {
    method: 'GET',
    template: '/api/grids/{code}/handovers',
    path: `/api/grids/${place.grid}/handovers`,
    status: those(['gridLeader'], ['valid'], 200),
  },
  {
    method: 'POST',
    template: '/api/handovers/{id}/adopted',
    path: '/api/handovers/none/adopted',
    status: signedIn(404),
  },
  {
    method: 'POST',
    template: '/api/handovers/{id}/discarded',
    path: '/api/handovers/none/discarded',
    status: signedIn(404),
  },
  { method: 'DELETE', template: '/api/session', status: everybody(204) },
]
