/** The refusals that several commands share, and how a command is one case of the union. */
import type { Command, FieldProblem, Refusal } from '../commands.ts'
import type { RecordId } from '../ids.ts'
import { isKindOf, type Entry, type Kind } from '../records.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Edit, Snapshot } from '../snapshot.ts'

/** Edits in the order to apply them, all in one transaction; an empty list when there is nothing to change. */
export type Plan = Result<readonly Edit[], Refusal>

export type CommandOf<Name extends Command['do']> = Extract<Command, { readonly do: Name }>
export type Refused = { readonly ok: false; readonly failure: Refusal }

export function notAllowed(what: string): Refused {
  return fail<Refusal>({ reason: 'notAllowed', what })
}

export function notFound(id: RecordId): Refused {
  return fail<Refusal>({ reason: 'notFound', id })
}

export function wrongState(detail: string): Refused {
  return fail<Refusal>({ reason: 'wrongState', detail })
}

export function invalid(...problems: readonly FieldProblem[]): Refused {
  return fail<Refusal>({ reason: 'invalid', problems })
}

/** The live record of that kind. */
export function findEntry<K extends Kind>(snapshot: Snapshot, id: RecordId, kind: K): Result<Entry<K>, Refusal> {
  const entry = snapshot.entries.get(id)
  return entry && isKindOf(entry, kind) ? ok(entry) : notFound(id)
}
