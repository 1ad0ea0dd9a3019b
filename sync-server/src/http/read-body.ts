/** Bodies of requests, checked before anything is done with them. */
import type { Context } from 'hono'
import * as v from 'valibot'
import { refuse } from './refusals.ts'

/** A checked body, or the refusal that names what is wrong with it. */
export async function readBody<S extends v.GenericSchema>(c: Context, schema: S): Promise<v.InferOutput<S> | Response> {
  const type = c.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') return refuse(c, 'badRequest', 'the body must be application/json', { status: 415 })
  const raw: unknown = await c.req.json().catch(() => undefined)
  if (raw === undefined) return refuse(c, 'badRequest', 'the body is not JSON')
  const parsed = v.safeParse(schema, raw)
  return parsed.success
    ? parsed.output
    : refuse(c, 'badRequest', parsed.issues.map(({ message }) => message).join('; '))
}

/** What stands behind the question mark, checked likewise. */
export function readQuery<S extends v.GenericSchema>(c: Context, schema: S): v.InferOutput<S> | Response {
  const parsed = v.safeParse(schema, c.req.query())
  return parsed.success
    ? parsed.output
    : refuse(c, 'badRequest', parsed.issues.map(({ message }) => message).join('; '))
}
