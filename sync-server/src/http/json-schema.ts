/**
 * What a valibot schema asks for, as JSON Schema 2020-12. Knows the schemas and actions that the interface uses; any other is a bug
 * that throws when the description is made, so that none is passed over in silence.
 */
import type * as v from 'valibot'

export type JsonSchema = { readonly [key: string]: unknown }

/** Schemas that stand under a name are referred to by it. */
export type NamedSchemas = ReadonlyMap<v.GenericSchema, string>

/** A schema or an action, as far as it is looked at. */
interface Part {
  readonly kind: 'schema' | 'validation' | 'transformation' | 'metadata'
  readonly type: string
  readonly requirement?: unknown
  readonly [key: string]: unknown
}

export function toJsonSchema(schema: v.GenericSchema, names: NamedSchemas = new Map(), isNamed = false): JsonSchema {
  const name = names.get(schema)
  if (name !== undefined && !isNamed) return { $ref: `#/components/schemas/${name}` }
  const part = schema as unknown as Part
  const pipe = part['pipe'] as readonly Part[] | undefined
  if (!pipe) return plain(part, names)
  const [first, ...actions] = pipe
  // What is made of it afterwards does not cross the wire.
  const end = actions.findIndex(({ kind }) => kind === 'transformation')
  const parts = actions.slice(0, end < 0 ? undefined : end).map((action) => asked(action, first?.type === 'array'))
  return Object.assign(first ? plain(first, names) : {}, ...parts) as JsonSchema
}

function plain(part: Part, names: NamedSchemas): JsonSchema {
  const inner = (key: string): JsonSchema => toJsonSchema(part[key] as v.GenericSchema, names)
  switch (part.type) {
    case 'unknown':
      return {}
    case 'string':
    case 'boolean':
    case 'number':
      return { type: part.type }
    case 'literal':
      return { const: part['literal'] }
    case 'picklist':
      return { enum: part['options'] }
    case 'optional':
    case 'exact_optional':
      return inner('wrapped')
    case 'array':
      return { type: 'array', items: inner('item') }
    case 'record':
      return { type: 'object', propertyNames: inner('key'), additionalProperties: inner('value') }
    case 'union':
      return { anyOf: (part['options'] as v.GenericSchema[]).map((option) => toJsonSchema(option, names)) }
    case 'loose_object':
      return { ...object(part['entries'] as Record<string, v.GenericSchema>, names), additionalProperties: true }
    case 'object':
      return object(part['entries'] as Record<string, v.GenericSchema>, names)
    default:
      throw new Error(`no JSON Schema for ${part.type}`)
  }
}

function object(entries: Record<string, v.GenericSchema>, names: NamedSchemas): JsonSchema {
  const required = Object.keys(entries).filter((key) => !isOptional(entries[key]))
  const properties = Object.entries(entries).map(([key, entry]) => [key, toJsonSchema(entry, names)] as const)
  return { type: 'object', properties: Object.fromEntries(properties), ...(required.length > 0 && { required }) }
}

function isOptional(entry: v.GenericSchema | undefined): boolean {
  return entry?.type === 'optional' || entry?.type === 'exact_optional'
}

function asked({ type, requirement, ...action }: Part, isList: boolean): JsonSchema {
  switch (type) {
    case 'regex':
      return { pattern: (requirement as RegExp).source }
    case 'non_empty':
      return isList ? { minItems: 1 } : { minLength: 1 }
    case 'min_length':
      return isList ? { minItems: requirement } : { minLength: requirement }
    case 'max_length':
      return isList ? { maxItems: requirement } : { maxLength: requirement }
    case 'min_value':
      return { minimum: requirement }
    case 'max_value':
      return { maximum: requirement }
    case 'integer':
    case 'safe_integer':
      return { type: 'integer' }
    // What only the relay can say, and what every number in JSON is.
    case 'check':
    case 'finite':
      return {}
    case 'description':
      return { description: action['description'] }
    default:
      throw new Error(`no JSON Schema for ${type}`)
  }
}
