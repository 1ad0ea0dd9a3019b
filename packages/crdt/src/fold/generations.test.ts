import type { Stamp } from '@tongge/model'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createProjection } from '../read/projection.ts'
import { canonicalContent, hasPending } from '../read/canonical-content.ts'
import { actualAuthors, actualView, authorLine, shownAuthors } from '../testing/expected.ts'
import { createPlaces, fold, meet, move, newestOf, type Seen, write } from '../testing/generations.ts'
import { docNames, type DocName, fields, grid, person } from '../testing/replicas.ts'

const seed = Number(process.env['TONGGE_SEED'] ?? 20261123)
/** Milliseconds; no target, only for machines busy with other things. */
const patience = 180_000
const runs = 1000

type Op =
  | { readonly type: 'set' | 'clear'; readonly hand: number; readonly field: number }
  | { readonly type: 'delete' | 'restore'; readonly hand: number }
  | { readonly type: 'meet'; readonly hand: number; readonly other: number; readonly name: DocName }
  | { readonly type: 'send' | 'move'; readonly hand: number; readonly name: DocName }
  | { readonly type: 'fold'; readonly name: DocName }

const hand = fc.nat(3)
const name = fc.constantFrom(...docNames)
const op: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constantFrom('set' as const, 'set' as const, 'clear' as const),
      hand,
      field: fc.nat(fields.length - 1),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constantFrom('delete' as const, 'restore' as const), hand }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('meet' as const), hand, other: hand, name }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constant('send' as const), hand, name }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('move' as const), hand, name }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('fold' as const), name }) },
)

test(
  `[FOLD1] [FOLD2] [AUTHOR1] folding at any moment loses no write made offline on an older generation, and brings back none that was written over (seed ${seed})`,
  () => {
    let carried = 0
    let namedAuthors = 0
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 4 }), fc.array(op, { minLength: 6, maxLength: 40 }), (count, ops) => {
        const { relay, hands } = createPlaces(count)
        const account: Seen[] = []
        let number = 0
        const at = (index: number): (typeof hands)[number] | undefined => hands[index % hands.length]
        const [first] = hands
        if (first) for (const each of docNames) meet(first, relay, each)
        for (const step of ops) {
          if (step.type === 'fold') {
            if (relay.held[step.name].generations.length < 4) fold(relay, step.name)
            continue
          }
          const writer = at(step.hand)
          const other = step.type === 'meet' ? at(step.other) : undefined
          if (!writer) continue
          if (step.type === 'meet' && other && other !== writer) meet(writer, other, step.name)
          if (step.type === 'send') meet(writer, relay, step.name)
          if (step.type === 'move') move(relay, writer, step.name, ++number + 1000)
          if (step.type === 'delete' || step.type === 'restore')
            write(writer, { op: step.type, kind: 'person', id: person }, account)
          if (step.type === 'set' || step.type === 'clear') {
            const value = step.type === 'set' ? `v${++number}` : undefined
            write(
              writer,
              { op: 'set', kind: 'person', id: person, field: fields[step.field] ?? 'name', value },
              account,
            )
          }
        }
        for (let round = 0; round < 2; round++) {
          for (const each of hands) for (const doc of docNames) meet(each, relay, doc)
          for (const each of hands) for (const doc of docNames) move(relay, each, doc, ++number + 1000)
        }
        for (const each of hands) for (const doc of docNames) meet(relay, each, doc)
        for (const place of [relay, ...hands]) {
          const documents = newestOf(place)
          const { ledger, sensitive } = documents
          if (!ledger || !sensitive) throw new Error('a document is missing')
          expect(hasPending(ledger) || hasPending(sensitive)).toBe(false)
          expect(canonicalContent(ledger)).toBe(canonicalContent(newestOf(relay).ledger ?? ledger))
          const some = {
            documents: { ...documents, ledger, sensitive },
            projection: createProjection(documents, grid, { foldTicket: () => undefined }),
          }
          expect(actualView(some)).toBe(expectedAfterAll(account))
          const authors = new Set(account.map(({ field, value, stamp }) => authorLine(field, value, stamp)))
          const named = [...actualAuthors(some).filter((line) => !line.startsWith('created')), ...shownAuthors(some)]
          expect(named.filter((line) => !authors.has(line))).toEqual([])
          namedAuthors += named.length
          const entry = some.projection.snapshot().entries.get(person)
          if (entry) expect(entry.updated).toEqual(lastChange(account) ?? entry.created)
          if ([...ledger.getMap('s').keys()].some((key) => key.includes('^'))) carried++
        }
      }),
      { seed, numRuns: runs },
    )
    expect(carried).toBeGreaterThan(runs / 10)
    expect(namedAuthors).toBeGreaterThan(runs)
  },
  patience,
)

/** Everything has reached everybody: left are the writes that no later one had seen. */
function leftAfterAll(account: readonly Seen[], field: Seen['field']): readonly Seen[] {
  const writes = account.filter((seen) => seen.field === field)
  return writes.filter((seen) => !writes.some((later) => later.knew.has(seen)))
}

function lastChange(account: readonly Seen[]): Stamp | undefined {
  const left = fields.flatMap((field) => leftAfterAll(account, field))
  return left.map(({ stamp }) => stamp).sort((a, b) => b.at - a.at)[0]
}

function expectedAfterAll(account: readonly Seen[]): string {
  const left = (field: Seen['field']): readonly Seen[] => leftAfterAll(account, field)
  const shown = fields.map((field) => {
    const values = left(field).map(({ value }) => value ?? '-')
    return `${field}=${values.length === 0 ? 'v0' : [...new Set(values)].sort().join('|')}`
  })
  const deletions = left('~').filter(({ value }) => value)
  const isUnseen = [...fields, '+' as const].flatMap(left).some((seen) => !deletions.some(({ knew }) => knew.has(seen)))
  return `${deletions.length === 0 ? 'live' : isUnseen ? 'contested' : 'trash'} ${shown.join(' ')}`
}
