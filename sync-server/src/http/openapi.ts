/** The interface described in OpenAPI 3.1, made of the schemas by which it reads requests and the types of its answers are held. */
import type { HttpRefusal } from '@tongge/protocol'
import type * as v from 'valibot'
import { namedAnswers, refusalAnswer } from './answers.ts'
import { toJsonSchema, type JsonSchema } from './json-schema.ts'
import type { Answer, Operation } from './operation.ts'

export function describeInterface(
  operations: readonly Operation[],
  { version, cookie }: { readonly version: string; readonly cookie: string },
): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {}
  for (const operation of operations)
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) }
  const schemas = [...namedAnswers].map(([schema, name]) => [name, toJsonSchema(schema, namedAnswers, true)] as const)
  return {
    openapi: '3.1.1',
    info: {
      title: 'Tongge 同格 relay',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    security: [{ session: [] }],
    paths,
    components: {
      schemas: Object.fromEntries(schemas),
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: cookie } },
    },
  }
}

function describe(operation: Operation): JsonSchema {
  const { method, path, summary, isPublic, body, answers, refusals = {} } = operation
  const parameters = [...inPath(operation), ...inQuery(operation.query)]
  const responses = [
    ...Object.entries(answers).map(([status, answer]) => [status, answered(answer)] as const),
    ...Object.entries(refusals).map(([status, reasons]) => [status, refused(reasons)] as const),
    ['default', refused(['badRequest', 'forbidden', 'tooLarge', 'unavailable'])] as const,
  ]
  return {
    operationId: `${method}${path.replaceAll(/[^A-Za-z]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    summary,
    ...(isPublic && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: json(toJsonSchema(body, namedAnswers)) } }),
    responses: Object.fromEntries(responses),
  }
}

function inPath({ path, parameters = {} }: Operation): JsonSchema[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    description: parameters[name],
    schema: { type: 'string' },
  }))
}

function inQuery(query: v.GenericSchema | undefined): JsonSchema[] {
  if (!query) return []
  const { properties = {}, required = [] } = toJsonSchema(query) as {
    readonly properties?: Record<string, JsonSchema>
    readonly required?: readonly string[]
  }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
}

function answered({ description, body, contentType }: Answer): JsonSchema {
  if (contentType !== undefined) return { description, content: { [contentType]: { schema: { type: 'string' } } } }
  return { description, ...(body && { content: json(toJsonSchema(body, namedAnswers)) }) }
}

function refused(reasons: readonly HttpRefusal['reason'][]): JsonSchema {
  const mayWait = reasons.includes('tooManyTries') || reasons.includes('unavailable')
  return {
    description: reasons.join(', '),
    ...(mayWait && { headers: { 'Retry-After': { schema: { type: 'integer' } } } }),
    content: json(toJsonSchema(refusalAnswer, namedAnswers)),
  }
}

function json(schema: JsonSchema): JsonSchema {
  return { 'application/json': { schema } }
}
