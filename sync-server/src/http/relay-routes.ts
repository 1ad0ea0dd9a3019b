/** What is to be known of the relay before anyone signed in. */
import { Hono } from 'hono'
import { relayAnswer } from './answers.ts'
import type { AppDeps } from './deps.ts'
import type { Operation } from './operation.ts'
import { methodNotAllowed } from './refusals.ts'

export const relayOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/relay',
    summary: 'What the sign-in page needs',
    isPublic: true,
    answers: { 200: { description: 'Version, and the accounts of a demo', body: relayAnswer } },
  },
]

export function relayRoutes({ relay }: AppDeps): Hono {
  const app = new Hono()
  app.get('/api/relay', (c) => c.json(relay))
  app.all('/api/relay', methodNotAllowed('GET'))
  return app
}
