import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalContent, hasPending } from './read/canonical-content.ts'
import { createProjection } from './read/projection.ts'
import {
  actualAuthors,
  actualView,
  expectedAuthors,
  expectedUpdated,
  expectedView,
  shownAuthors,
} from './testing/expected.ts'
import {
  act,
  createDevices,
  deliver,
  type Device,
  docNames,
  type DocName,
  fields,
  grid,
  knowledgeOf,
  person,
  shareFirstRecord,
  syncFrom,
  type Write,
} from './testing/replicas.ts'

const seed = Number(process.env['TONGGE_SEED'] ?? 20261123)
/** Milliseconds; no target, only for machines busy with other things. */
const patience = 180_000
const runs = 3000

type Op =
  | { readonly type: 'set' | 'clear'; readonly device: number; readonly field: number }
  | { readonly type: 'delete' | 'restore'; readonly device: number }
  | {
      readonly type: 'deliver'
      readonly from: number
      readonly to: number
      readonly name: DocName
      readonly number: number
    }
  | { readonly type: 'sync'; readonly from: number; readonly to: number }

const device = fc.nat(4)
const name = fc.constantFrom(...docNames)
const op: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constantFrom('set' as const, 'set' as const, 'clear' as const),
      device,
      field: fc.nat(fields.length - 1),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constantFrom('delete' as const, 'restore' as const), device }) },
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constant('deliver' as const), from: device, to: device, name, number: fc.nat(12) }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('sync' as const), from: device, to: device }) },
)
const plan = fc.record({
  count: fc.integer({ min: 2, max: 5 }),
  skews: fc.array(fc.integer({ min: -90_000, max: 90_000 }), { minLength: 5, maxLength: 5 }),
  ops: fc.array(op, { minLength: 4, maxLength: 40 }),
})

test(
  `[CONF1] [DEL1] [EDIT4] [AUTHOR1] every interleaving of 2–5 replicas converges, keeps exactly the unseen writes with author and time, and hides no edit (seed ${seed})`,
  () => {
    let mayBeContested = 0
    let mayConflict = 0
    fc.assert(
      fc.property(plan, ({ count, skews, ops }) => {
        const devices = createDevices(
          count,
          (index) => `s${index}`,
          (index) => skews[index] ?? 0,
        )
        const created = shareFirstRecord(devices)
        const account: Write[] = []
        let values = 0
        for (const step of ops) run(step, devices, account, () => `v${++values}`)
        const check = (some: Device): void => {
          const known = knowledgeOf(some)
          const authors = expectedAuthors(account, known, created)
          expect(actualView(some)).toBe(expectedView(account, known))
          expect(actualAuthors(some).join('\n')).toBe(authors.join('\n'))
          expect(shownAuthors(some).filter((line) => !authors.includes(line))).toEqual([])
          const entry = some.projection.snapshot().entries.get(person)
          if (entry) expect(entry.updated).toEqual(expectedUpdated(account, known, created))
        }
        for (const some of devices) if (!hasAnyPending(some)) check(some)

        const [first] = devices
        for (const each of docNames) {
          for (const from of devices) if (first && from !== first) syncFrom(from, first, each)
          for (const to of devices) if (first && to !== first) syncFrom(first, to, each)
        }
        const contents = docNames.map((each) => first && canonicalContent(first.documents[each]))
        for (const some of devices) {
          expect(hasAnyPending(some)).toBe(false)
          expect(docNames.map((each) => canonicalContent(some.documents[each]))).toEqual(contents)
          check(some)
          const view = actualView(some)
          expect(view).toBe(
            actualView({
              ...some,
              projection: createProjection(some.documents, grid, { foldTicket: () => undefined }),
            }),
          )
          if (view.startsWith('contested')) mayBeContested++
          if (view.includes('|')) mayConflict++
        }
      }),
      { seed, numRuns: runs },
    )
    // The interleavings must really reach the interesting ends.
    expect(mayBeContested).toBeGreaterThan(runs / 20)
    expect(mayConflict).toBeGreaterThan(runs / 10)
  },
  patience,
)

function run(step: Op, devices: readonly Device[], account: Write[], fresh: () => string): void {
  const at = (index: number): Device | undefined => devices[index % devices.length]
  if (step.type === 'sync' || step.type === 'deliver') {
    const [from, to] = [at(step.from), at(step.to)]
    if (!from || !to || from === to) return
    if (step.type === 'deliver') deliver(from, to, step.name, step.number)
    else for (const each of docNames) syncFrom(from, to, each)
    return
  }
  const writer = at(step.device)
  if (!writer) return
  if (!('field' in step)) act(writer, { op: step.type, kind: 'person', id: person }, account)
  else {
    const value = step.type === 'set' ? fresh() : undefined
    act(writer, { op: 'set', kind: 'person', id: person, field: fields[step.field] ?? 'name', value }, account)
  }
}

function hasAnyPending({ documents }: Device): boolean {
  return hasPending(documents.ledger) || hasPending(documents.sensitive)
}
