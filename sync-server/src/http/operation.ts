/** One request that the interface answers, as its description tells of it. Said once, beside the route, with the schemas that the route uses. */
import type { HttpRefusal } from '@tongge/protocol'
import type * as v from 'valibot'

export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** With its parameters in braces: `/api/communities/{code}/parameters`. */
  readonly path: string
  readonly summary: string
  /** Whether it is answered without a session. */
  readonly isPublic?: true
  /** Of the parameters in the path, what each is. */
  readonly parameters?: Readonly<Record<string, string>>
  readonly query?: v.GenericSchema
  readonly body?: v.GenericSchema
  readonly answers: { readonly [status: number]: Answer }
  /** Beside those that any address may give. */
  readonly refusals?: { readonly [status: number]: readonly HttpRefusal['reason'][] }
}

export interface Answer {
  readonly description: string
  /** Absent where nothing comes. */
  readonly body?: v.GenericSchema
  /** Absent for JSON. */
  readonly contentType?: string
}
