import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createPathReader, defaultReadLimits, type PathReader } from './path-reader.ts'
import { rawUpdate, type RawDeletion, type RawStruct } from './testing/raw-update.ts'
import { accountOf, createShadow } from './testing/shadow.ts'
import { createDice, createWriter, edit, forge, spoil, type Dice, type Writer } from './testing/random-updates.ts'

const firstSeed = Number(process.env['TONGGE_SEED'] ?? 1)
/** About 40 updates each. */
const seeds = Number(process.env['TONGGE_SEEDS'] ?? 250)

/** Milliseconds, for a machine busy with other things; a night's run has many seeds. */
const patience = Math.max(60_000, seeds * 60)

interface Tally {
  /** Of honest and hostile updates: read, and found as Yjs shows them. */
  readonly equal: [honest: number, hostile: number]
  readonly refused: Map<string, number>
}

test(
  '[GUARD1] what is read of an update without applying it is what an observer of the document sees: each place, each clock, each value',
  () => {
    const tally: Tally = { equal: [0, 0], refused: new Map() }
    for (let seed = firstSeed; seed < firstSeed + seeds; seed++) runStory(seed, tally)
    const [honest, hostile] = tally.equal
    // oxlint-disable-next-line no-console -- how much was compared is the point of a long run
    console.log(
      `read as Yjs shows them: ${honest} honest and ${hostile} hostile updates; refused:`,
      Object.fromEntries(tally.refused),
    )
    expect(honest).toBeGreaterThan(0)
    expect(hostile).toBeGreaterThan(0)
  },
  patience,
)

function runStory(seed: number, tally: Tally): void {
  const dice = createDice(seed)
  const limits = { ...defaultReadLimits, emptyClocks: 1000 }
  let reader = createPathReader(limits)
  const shadow = createShadow(dice(2) === 0)
  const stored: Uint8Array[] = []
  const writers = Array.from({ length: 2 + dice(3) }, (_, index) => createWriter(dice, 1 + index * 7 + dice(7)))
  /** Somebody's clocks were used by another: some of what its owner sends cannot be taken any more. */
  let isForged = false
  const take = (update: Uint8Array, isHonest: boolean, isCut = false): boolean => {
    const outcome = reader.read(update)
    if (!outcome.ok) {
      // Of what is partly known the relay asks for the rest.
      if (outcome.trouble === 'gap' && isHonest && !isCut) return take(whatIsNew(update, shadow.doc), true, true)
      if (isHonest && !isForged) throw new Error(`seed ${seed}: an honest update is refused: ${outcome.trouble}`)
      tally.refused.set(outcome.trouble, (tally.refused.get(outcome.trouble) ?? 0) + 1)
      return false
    }
    if (dice(5) === 0) {
      // Not taken after all: nothing of it may be left.
      reader.drop()
      reader.read(update)
    }
    const read = accountOf(outcome.value)
    const seen = shadow.apply(update)
    if (JSON.stringify(read) !== JSON.stringify(seen)) expect({ seed, read }).toEqual({ seed, read: seen })
    expect([seed, shadow.doc.store.pendingStructs, shadow.doc.store.pendingDs]).toEqual([seed, null, null])
    reader.keep()
    tally.equal[isHonest ? 0 : 1]++
    stored.push(update)
    return true
  }
  for (let step = 0; step < 40; step++) {
    const writer = writers[dice(writers.length)]
    if (!writer) continue
    if (dice(3) === 0) writer.hear(Y.encodeStateAsUpdate(shadow.doc, Y.encodeStateVector(writer.doc)))
    edit(writer, dice)
    if (dice(3) === 0) continue
    for (const update of toSend(writer, shadow.doc, dice)) take(update, true)
    const known = stored[dice(stored.length * 2 + 1)]
    if (known) take(known, true)
    for (let attempts = dice(4); attempts > 0; attempts--) {
      const material = stored[dice(stored.length)]
      if (material && take(dice(2) ? spoil(material, dice) : forge(shadow.doc, dice), false)) isForged = true
    }
    if (dice(10) === 0) {
      reader = createPathReader(limits)
      // As after the relay folded its rows.
      if (dice(2)) stored.splice(0, stored.length, Y.encodeStateAsUpdate(shadow.doc))
      for (const update of stored) reader.open(update)
    }
  }
}

function whatIsNew(update: Uint8Array, relay: Y.Doc): Uint8Array {
  return Y.diffUpdate(update, Y.encodeStateVector(relay))
}

/** One by one, joined, or as the answer to what the relay has. */
function toSend(writer: Writer, relay: Y.Doc, dice: Dice): readonly Uint8Array[] {
  const { waiting } = writer
  writer.waiting = []
  if (waiting.length === 0) return []
  if (dice(3) === 0) return [Y.encodeStateAsUpdate(writer.doc, dice(3) ? Y.encodeStateVector(relay) : undefined)]
  return dice(2) ? waiting : [Y.mergeUpdates(waiting)]
}

test('[GUARD2] a struct whose beginning was thrown away is asked for anew: Yjs would break on it', () => {
  const reader = createPathReader()
  reader.open(rawUpdate([{ client: 9, clock: 0, structs: [{ gone: 1 }] }]))
  const whole = rawUpdate([{ client: 9, clock: 0, structs: [{ root: 't', content: { text: 'ab' } }] }])
  expect(reader.read(whole)).toEqual({ ok: false, trouble: 'gap' })
  const broken = new Y.Doc()
  Y.applyUpdate(broken, rawUpdate([{ client: 9, clock: 0, structs: [{ gone: 1 }] }]))
  expect(() => Y.applyUpdate(broken, whole)).toThrow('undefined')
})

/** Client 1 wrote a household at `m/h`, a text at `m/t`, a list and a value that it deleted; with clocks 0–3, 4–6, 7–9 and 10. */
function readerOfHousehold(): { readonly reader: PathReader; readonly doc: Y.Doc } {
  const doc = new Y.Doc({ gc: false })
  doc.clientID = 1
  const map = doc.getMap('m')
  map.set(
    'h',
    new Y.Map([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]),
  )
  map.set('t', new Y.Text('日记'))
  doc.getArray('l').push([1, 2, 3])
  map.set('old', 'v')
  map.delete('old')
  const reader = createPathReader()
  reader.open(Y.encodeStateAsUpdate(doc))
  return { reader, doc }
}

function byEve(...structs: readonly RawStruct[]): Uint8Array {
  return rawUpdate([{ client: 666, clock: 0, structs }])
}

function deleting(...deletions: readonly RawDeletion[]): Uint8Array {
  return rawUpdate([], deletions)
}

const yes = { values: [true] }

describe('updates that no honest client writes', () => {
  test.each([
    [
      'a value put over a household, with nothing deleted in so many words',
      byEve({ origin: [1, 0], content: yes }),
      ['set m/h 666:0 true'],
    ],
    [
      'a value whose neighbour stands in another map',
      byEve({ origin: [1, 1], content: yes }),
      ['set m/h/a 666:0 true'],
    ],
    [
      'a field in something that is deleted already',
      byEve({ origin: [1, 10], content: yes }),
      ['insert m/old 666:0 true'],
    ],
    ['a deletion of a household', deleting([1, 0, 1]), ['delete m/h']],
    ['a deletion over several places', deleting([1, 3, 3]), ['delete m/h/c', 'delete m/t']],
  ])('[GUARD2] %s is read as what it does', (_, update, account) => {
    const { reader } = readerOfHousehold()
    const outcome = reader.read(update)
    expect(outcome.ok && accountOf(outcome.value)).toEqual(account)
  })

  test.each([
    ['clocks that are not next', rawUpdate([{ client: 1, clock: 99, structs: [{ gone: 1 }] }]), 'gap'],
    ['a neighbour that nobody knows', byEve({ origin: [2, 0], content: yes }), 'gap'],
    ['a struct that stands beside itself', byEve({ origin: [666, 0], content: yes }), 'malformed'],
    [
      'two that wait for each other',
      rawUpdate([
        { client: 5, clock: 0, structs: [{ origin: [6, 0], content: yes }] },
        { client: 6, clock: 0, structs: [{ origin: [5, 0], content: yes }] },
      ]),
      'gap',
    ],
    ['a deletion of clocks to come', deleting([1, 10, 5]), 'unborn'],
    ['a deletion of somebody unknown', deleting([9, 0, 1]), 'unborn'],
    [
      'other words under known clocks',
      rawUpdate([{ client: 1, clock: 1, structs: [{ parent: [1, 0], key: 'a', content: { values: [99] } }] }]),
      'equivocation',
    ],
    [
      'known clocks at another place',
      rawUpdate([{ client: 1, clock: 1, structs: [{ root: 'm', key: 'a', content: yes }] }]),
      'equivocation',
    ],
    ['a clock of 2^52', rawUpdate([{ client: 666, clock: 0, structs: [{ gone: 2 ** 52 }] }]), 'clock'],
    ['2,000,000 clocks of nothing', byEve({ root: 'm', content: { deleted: 2_000_000 } }), 'clock'],
    ['an unknown kind of content', byEve({ root: 'm', content: { kind: 11, bytes: [1] } }), 'unknownContent'],
    ['an unknown kind of value', byEve({ root: 'm', content: { kind: 8, bytes: [1, 99] } }), 'unknownContent'],
    ['a document inside', byEve({ root: 'm', key: 'd', content: { kind: 9, bytes: [1, 65, 118, 0] } }), 'subdocument'],
    ['a key __proto__', byEve({ root: 'm', key: '__proto__', content: yes }), 'forbiddenKey'],
    [
      'an object with a key __proto__',
      byEve({
        root: 'm',
        key: 'a',
        content: {
          kind: 8,
          bytes: [1, 118, 1, 9, ...Array.from('__proto__', (letter) => letter.charCodeAt(0)), 126],
        },
      }),
      'forbiddenKey',
    ],
    ['a root constructor', byEve({ root: 'constructor', key: 'a', content: yes }), 'forbiddenKey'],
    ['neighbours at two places', byEve({ origin: [1, 7], right: [1, 5], content: yes }), 'neighbours'],
    ['a value in front of another', byEve({ right: [1, 1], content: yes }), 'neighbours'],
    ['several values of one key', byEve({ root: 'm', key: 'x', content: { values: [1, 2] } }), 'neighbours'],
    ['an element inside a number', byEve({ parent: [1, 7], content: yes }), 'orphan'],
    [
      'types 33 deep',
      byEve(
        ...Array.from({ length: 34 }, (_, level): RawStruct => ({
          ...(level ? { parent: [666, level - 1] as const } : { root: 'm' }),
          key: 'k',
          content: { type: 1 },
        })),
      ),
      'nesting',
    ],
    ['bytes after the end', Uint8Array.from([0, 0, 0]), 'malformed'],
    ['half an update', byEve({ root: 'm', key: 'a', content: yes }).slice(0, 7), 'malformed'],
    [
      'one that says that something is missing',
      rawUpdate([{ client: 666, clock: 0, structs: [{ root: 'm', content: { kind: 10, bytes: [5] } }] }]),
      'gap',
    ],
  ] as const)('[GUARD2] %s are refused for what they are, and nothing of them stays', (_, update, trouble) => {
    const { reader, doc } = readerOfHousehold()
    expect(reader.read(update)).toEqual({ ok: false, trouble })
    const before = Y.encodeStateVector(doc)
    doc.getMap('m').set('after', 1)
    const outcome = reader.read(Y.encodeStateAsUpdate(doc, before))
    expect(outcome.ok && accountOf(outcome.value)).toEqual(['insert m/after 1:11 1'])
  })
})
