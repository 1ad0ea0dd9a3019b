/** Holds every answer of an interface against its own description. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { createApp } from '../../sync-server/src/http/app.ts'

type App = ReturnType<typeof createApp>

interface Described {
  readonly description: string
  readonly headers?: Readonly<Record<string, unknown>>
  readonly content?: Readonly<Record<string, { readonly schema: object }>>
}

interface DescribedOperation {
  readonly responses: Readonly<Record<string, Described>>
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> }
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: object }[]
}

export interface Description {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, object>> }
}

/** What any address may answer beside what its own description lists: another method, another page, too much, a failure, a restart. */
const general: ReadonlySet<number> = new Set([403, 405, 413, 500, 503])

export interface Reader {
  readonly description: Description
  /** Statuses that were seen, by operation: `get /api/session`. */
  readonly seen: ReadonlyMap<string, ReadonlySet<number>>
  /** What is wrong with an answer by the description; undefined for a sound one, and for one to an address that is not described. */
  problemOf(method: string, path: string, answer: Response): Promise<string | undefined>
}

export function readDescription(description: Description): Reader {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
  const schemas = closed(description.components.schemas)
  const seen = new Map<string, Set<number>>()
  const problemIn = (schema: object, value: unknown): string | undefined => {
    const validate = ajv.compile({ components: { schemas }, ...closed(schema) })
    return validate(value) ? undefined : ajv.errorsText(validate.errors)
  }
  return {
    description,
    seen,
    async problemOf(method, path, answer) {
      const template = Object.keys(description.paths).find((one) => patternOf(one).test(path))
      if (template === undefined) return undefined
      const { status } = answer
      const operation = description.paths[template]?.[method.toLowerCase()]
      if (!operation)
        return status === 405 || status === 403 || status === 503 ? undefined : `${method} ${path} is not described`
      const name = `${method.toLowerCase()} ${template}`
      seen.set(name, (seen.get(name) ?? new Set()).add(status))
      const described =
        operation.responses[status] ?? (general.has(status) ? operation.responses['default'] : undefined)
      if (!described) return `${name}: ${status} is not described`
      if (answer.headers.has('retry-after') && !described.headers?.['Retry-After'])
        return `${name}: ${status} has Retry-After`
      const type = answer.headers.get('content-type')?.split(';')[0] ?? ''
      if (!described.content) return (await answer.text()) === '' ? undefined : `${name}: ${status} has a body`
      const { schema } = described.content[type] ?? {}
      if (!schema) return `${name}: ${status} is of the type ${type}`
      const body: unknown = type === 'application/json' ? await answer.json() : await answer.text()
      const problem = problemIn(schema, body)
      return problem === undefined ? undefined : `${name}: ${status} ${problem}`
    },
  }
}

/** The same app, which throws where it answers something that its description does not know. */
export function described(app: App): App {
  let reader: Promise<Reader> | undefined
  const ask = app.request
  app.request = async (...[input, ...rest]: Parameters<App['request']>) => {
    const answer = await ask(input, ...rest)
    reader ??= Promise.resolve(ask('/api/openapi.json')).then(async (one) =>
      readDescription((await one.json()) as Description),
    )
    if (typeof input === 'string') {
      const [path = ''] = input.split('?')
      const problem = await (await reader).problemOf(rest[0]?.method ?? 'GET', path, answer.clone())
      if (problem !== undefined) throw new Error(problem)
    }
    return answer
  }
  return app
}

/** A described object has nothing else: readers let be what they do not know, but here it would be a part that was forgotten. */
function closed<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(closed) as T
  if (typeof schema !== 'object' || schema === null) return schema
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)])) as Record<
    string,
    unknown
  >
  const isListed = inner['type'] === 'object' && Object.keys(inner['properties'] ?? {}).length > 0
  return (isListed ? { ...inner, additionalProperties: inner['additionalProperties'] ?? false } : inner) as T
}

function patternOf(template: string): RegExp {
  return new RegExp(
    `^${template
      .replaceAll('.', '\\.')
      .replace('{document}', '.+')
      .replaceAll(/\{\w+\}/g, '[^/]+')}$`,
  )
}
