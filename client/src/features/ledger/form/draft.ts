/** What a person has typed into the fields of one record, and what is wrong with it. Writes nothing by itself. */
import {
  checkField,
  fieldsOf,
  normaliseField,
  parseIdNo,
  type Day,
  type FieldProblem,
  type FieldValues,
  type Kind,
  type NamedField,
  type Value,
} from '@tongge/model'
import { batch } from 'solid-js'
import { createStore } from 'solid-js/store'

/** Text stays as typed until it is read; '' is an empty field. */
export type Typed = string | boolean | readonly string[] | undefined

export interface Draft {
  readonly kind: Kind
  typed(name: string): Typed
  input(name: string, typed: Typed): void
  problem(name: string): FieldProblem | undefined
  /** Checks one field, as when it is left; a valid ID number fills in sex and birth date where they are empty. */
  leave(name: string): void
  /** The value came from the ID number, not from a person. */
  filledFromIdNo(name: string): boolean
  /** Checks the given fields; true when all can be saved. */
  check(names: readonly string[]): boolean
  /** Only the fields that differ from how the draft began; undefined for a cleared one. Read it after `check`. */
  changes(): FieldValues
  /** Whether anything was typed that is not saved. */
  isDirty(): boolean
  /** The record as others have made it meanwhile: untouched fields follow; for touched ones `theirs` gives what they hold there. */
  follow(values: FieldValues): void
  theirs(name: string): { readonly value: Value | undefined } | undefined
  /** Puts problems that somebody else found beside their fields. */
  place(problems: readonly FieldProblem[]): void
  /** What is typed counts as saved. */
  settle(): void
  /** What was typed and is not saved, each with what the record held there; undefined when nothing was. */
  kept(): KeptInput | undefined
  /** Goes on with what was kept, over the record as it is now: what others made of a touched field meanwhile is `theirs`. */
  restore(kept: unknown): void
  /** As the form opened, and as others have made the record since. */
  reset(): void
}

export type KeptInput = Readonly<Record<string, { readonly typed: Typed; readonly start: Typed }>>

export function createDraft(kind: Kind, before: FieldValues, given: FieldValues, today: () => Day): Draft {
  const fields = new Map<string, NamedField>(fieldsOf(kind).map((field) => [field.name, field]))
  const [typed, setTyped] = createStore<Record<string, Typed>>({ ...typedOf(before), ...typedOf(given) })
  const [problems, setProblems] = createStore<Record<string, FieldProblem | undefined>>({})
  const [filled, setFilled] = createStore<Record<string, boolean>>({})
  const [theirs, setTheirs] = createStore<Record<string, { readonly value: Value | undefined } | undefined>>({})
  const [start, setStart] = createStore<Record<string, Typed>>(typedOf(before))
  let values = before
  /** How the form looked when it opened, with what was filled in beforehand. */
  const [opened, setOpened] = createStore<Record<string, Typed>>({ ...typedOf(before), ...typedOf(given) })

  const read = (name: string): { readonly value: Value | undefined; readonly problem: FieldProblem | undefined } => {
    const raw = typed[name]
    if (typeof raw !== 'string') {
      const value = Array.isArray(raw) && raw.length === 0 ? undefined : raw
      return { value, problem: checkField(kind, name, value, { today: today() }) }
    }
    const result = normaliseField(kind, name, raw)
    if (!result.ok) return { value: undefined, problem: result.failure }
    return { value: result.value, problem: checkField(kind, name, result.value, { today: today() }) }
  }
  const isTouched = (name: string): boolean => !sameTyped(typed[name], opened[name])
  const isChanged = (name: string): boolean => !sameTyped(typed[name], start[name])
  const fillFromIdNo = (): void => {
    const identity = parseIdNo(String(typed['idNo'] ?? ''))
    if (!identity.ok) return
    const fill = (name: string, value: string): void => {
      if (!fields.has(name) || (typed[name] ?? '') !== '') return
      setTyped(name, value)
      setFilled(name, true)
      setProblems(name, undefined)
    }
    fill('sex', identity.value.sex)
    fill('birthDate', identity.value.birthDate)
  }

  return {
    kind,
    typed: (name) => typed[name],
    input: (name, value) =>
      batch(() => {
        setTyped(name, () => value)
        setFilled(name, false)
        setProblems(name, undefined)
      }),
    problem: (name) => problems[name],
    leave: (name) =>
      batch(() => {
        const { problem } = read(name)
        // An empty required field is no mistake while the form is still being filled in.
        setProblems(name, problem?.problem === 'required' && !isChanged(name) ? undefined : problem)
        if (name === 'idNo' && problem === undefined) fillFromIdNo()
      }),
    filledFromIdNo: (name) => filled[name] === true,
    check: (names) =>
      batch(() => {
        const found = names.map((name) => [name, read(name).problem] as const)
        for (const [name, problem] of found) setProblems(name, problem)
        return found.every(([, problem]) => problem === undefined)
      }),
    changes: () => Object.fromEntries([...fields.keys()].filter(isChanged).map((name) => [name, read(name).value])),
    isDirty: () => [...fields.keys()].some(isTouched),
    follow: (latest) =>
      batch(() => {
        values = latest
        const next = typedOf(values)
        for (const name of fields.keys()) {
          if (sameTyped(next[name], start[name])) continue
          if (isChanged(name)) setTheirs(name, { value: latest[name] })
          else setTyped(name, () => next[name])
          setStart(name, () => next[name])
          setOpened(name, () => next[name])
        }
      }),
    theirs: (name) => theirs[name],
    place: (found) => batch(() => found.forEach((problem) => setProblems(problem.field, problem))),
    settle: () =>
      batch(() => {
        setStart({ ...typed })
        setOpened({ ...typed })
      }),
    kept: () => {
      const touched = [...fields.keys()].filter(isTouched)
      if (touched.length === 0) return undefined
      // JSON leaves out what is undefined: an emptied field is kept as ''.
      return Object.fromEntries(touched.map((name) => [name, { typed: typed[name] ?? '', start: start[name] ?? '' }]))
    },
    restore: (kept) =>
      batch(() => {
        for (const [name, input] of Object.entries(parseKept(kept))) {
          if (!fields.has(name) || sameTyped(input.typed, opened[name])) continue
          setTyped(name, () => input.typed)
          if (!sameTyped(input.start, start[name])) setTheirs(name, { value: values[name] })
        }
      }),
    reset: () =>
      batch(() => {
        for (const name of fields.keys()) {
          setTyped(name, () => opened[name])
          setProblems(name, undefined)
          setTheirs(name, undefined)
          setFilled(name, false)
        }
      }),
  }
}

function parseKept(kept: unknown): KeptInput {
  if (typeof kept !== 'object' || kept === null) return {}
  const isInput = (input: unknown): boolean =>
    typeof input === 'object' && input !== null && 'typed' in input && 'start' in input && isTyped(input.typed)
  return Object.fromEntries(Object.entries(kept).filter(([, input]) => isInput(input)))
}

function isTyped(value: unknown): value is Typed {
  return (
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (Array.isArray(value) && value.every((one) => typeof one === 'string'))
  )
}

function typedOf(values: FieldValues): Record<string, Typed> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
  )
}

function sameTyped(a: Typed, b: Typed): boolean {
  if (Array.isArray(a) || Array.isArray(b)) return JSON.stringify(a ?? []) === JSON.stringify(b ?? [])
  return (a ?? '') === (b ?? '')
}
