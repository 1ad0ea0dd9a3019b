/** Serves the description of the interface, of itself too. */
import { Hono } from 'hono'
import * as v from 'valibot'
import { auditOperations } from './audit-routes.ts'
import type { AppDeps } from './deps.ts'
import { describeInterface } from './openapi.ts'
import { handoverOperations } from './handover-routes.ts'
import type { Operation } from './operation.ts'
import { parametersOperations } from './parameters-routes.ts'
import { methodNotAllowed } from './refusals.ts'
import { relayOperations } from './relay-routes.ts'
import { sessionOperations } from './session-routes.ts'
import { syncOperations } from './sync-routes.ts'
import { watchOperations } from './watch-routes.ts'

const path = '/api/openapi.json'

/** Everything that is answered, but for the files of the app. */
const operations: readonly Operation[] = [
  ...sessionOperations,
  ...relayOperations,
  ...auditOperations,
  ...parametersOperations,
  ...handoverOperations,
  ...syncOperations,
  ...watchOperations,
  {
    method: 'get',
    path,
    summary: 'This description',
    isPublic: true,
    answers: { 200: { description: 'An OpenAPI 3.1 document', body: v.looseObject({ openapi: v.string() }) } },
  },
]

export function openapiRoutes({ relay, cookie }: AppDeps): Hono {
  const description = describeInterface(operations, { version: relay.version, cookie: cookie.name })
  const app = new Hono()
  app.get(path, (c) => c.json(description))
  app.all(path, methodNotAllowed('GET'))
  return app
}
