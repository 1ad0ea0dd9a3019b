/** Refusals as every HTTP answer gives them. */
import type { HttpRefusal } from '@tongge/protocol'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

const statusByReason = {
  badRequest: 400,
  wrongPassword: 401,
  signedOut: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  tooLarge: 413,
  invalid: 422,
  tooManyTries: 429,
  unavailable: 503,
} as const satisfies Record<HttpRefusal['reason'], ContentfulStatusCode>

export interface RefuseOptions {
  /** Where the reason's usual status is not exact enough, such as 405 or 415. */
  readonly status?: ContentfulStatusCode
  readonly retryAfter?: number
  readonly field?: string
}

export function refuse(
  c: Context,
  reason: HttpRefusal['reason'],
  message: string,
  options: RefuseOptions = {},
): Response {
  const { retryAfter, field } = options
  if (retryAfter !== undefined) c.header('Retry-After', String(retryAfter))
  const body: HttpRefusal = {
    reason,
    message,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(field === undefined ? {} : { field }),
  }
  return c.json(body, options.status ?? statusByReason[reason])
}

export function methodNotAllowed(allowed: string): (c: Context) => Response {
  return (c) => {
    c.header('Allow', allowed)
    return refuse(c, 'badRequest', `method ${c.req.method} is not allowed here; allowed: ${allowed}`, { status: 405 })
  }
}
