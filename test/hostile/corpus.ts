/** What somebody sends who wants to harm a ledger that others have open, and what the relay must answer. */
import { closeReasons } from '@tongge/protocol'
import * as Y from 'yjs'
import { rawUpdate, type RawStruct } from '../../packages/crdt/src/guard/testing/raw-update.ts'

export interface Attack {
  readonly name: string
  readonly update: Uint8Array
  readonly code: number
  readonly reason: string
}

/** What the attacker finds in the ledger. */
export interface Victims {
  /** Where the first text of a household stands, and a value that others wrote in it. */
  readonly blob: readonly [client: number, clock: number]
  readonly slot: readonly [client: number, clock: number]
  /** A co-edited text. */
  readonly text: readonly [client: number, clock: number]
  readonly honest: { readonly client: number; readonly next: number }
}

export const eve = 'eve'
const own = 4_242
const claim: RawStruct = { root: 'meta', key: `author/slot${eve}/${eve}`, content: { values: ['phone'] } }
const { refused, malformed, gap, tooLarge } = closeReasons

export function attacksOn({ blob, slot, text, honest }: Victims): readonly Attack[] {
  const byEve = (...structs: readonly RawStruct[]): Uint8Array => rawUpdate([{ client: own, clock: 0, structs }])
  const write = (value: unknown, key = `h1/ph/slot${eve}`): Uint8Array =>
    byEve(claim, { root: 's', key, content: { values: [[value, 1_790_000_000_000]] } })
  const guard = (name: string, update: Uint8Array, reason: string): Attack => ({
    name,
    update,
    code: refused.code,
    reason,
  })
  return [
    guard(
      'a household written over, with an empty delete set',
      byEve({ origin: blob, content: { values: ['{}'] } }),
      'writtenOnce record',
    ),
    guard(
      "another's value written over, with an empty delete set",
      byEve({ origin: slot, content: { values: [['1', 1]] } }),
      'foreignSlot household',
    ),
    guard('a household deleted', rawUpdate([], [[...blob, 1]]), 'writtenOnce record'),
    guard("another's value deleted", rawUpdate([], [[...slot, 1]]), 'bareDeletion household'),
    guard('a text deleted', rawUpdate([], [[...text, 1]]), 'writtenOnce household/zz'),
    guard('neighbours in two maps', byEve({ origin: blob, right: slot, content: { values: [1] } }), 'neighbours'),
    guard(
      'a field inside what is nowhere',
      byEve({ gone: 1 }, { parent: [own, 0], key: 'a', content: { values: [1] } }),
      'nowhere',
    ),
    guard('a value inside a value', byEve({ parent: slot, key: 'a', content: { values: [1] } }), 'orphan'),
    guard('2,000,000,000 clocks of nothing', byEve({ gone: 2_000_000_000 }), 'clock'),
    guard(
      "other words under another's clocks",
      rawUpdate([
        { client: blob[0], clock: blob[1], structs: [{ root: 'blobs', key: 'h1', content: { values: ['{}'] } }] },
      ]),
      'equivocation',
    ),
    guard(
      "another's next clock, for a value in the other's slot",
      rawUpdate([
        {
          client: honest.client,
          clock: honest.next,
          structs: [{ root: 's', key: 'h1/rk/slotada', content: { values: [['x', 1]] } }],
        },
      ]),
      'foreignSlot household',
    ),
    guard(
      "another's slot claimed",
      byEve({ root: 'meta', key: `author/slotada/${eve}`, content: { values: ['phone'] } }),
      'foreignClaim meta',
    ),
    guard(
      "a claim in another's name",
      byEve({ root: 'meta', key: 'author/slotnew/ada', content: { values: ['phone'] } }),
      'foreignClaim meta',
    ),
    guard('a key __proto__', byEve({ root: 's', key: '__proto__', content: { values: [1] } }), 'forbiddenKey'),
    guard(
      'an object with a key __proto__',
      write(Object.fromEntries([['__proto__', { isAdmin: true }]]), `h1/zz/slot${eve}`),
      'forbiddenKey',
    ),
    guard('a root constructor', byEve({ root: 'constructor', key: 'a', content: { values: [1] } }), 'forbiddenKey'),
    guard('a new root', byEve({ root: 'evil', key: 'a', content: { values: [1] } }), 'unknownPlace'),
    guard('an element in a map', byEve({ root: 's', content: { values: [1] } }), 'unknownPlace record'),
    guard(
      'a type in place of a value',
      byEve(claim, { root: 's', key: `h1/ph/slot${eve}`, content: { type: 1 } }),
      'badValue household',
    ),
    guard('3 MB in a telephone number', write('1'.repeat(3_000_000)), 'badValue household/phone'),
    guard(
      'an array of 50,000 in a field nobody knows',
      write(
        Array.from({ length: 50_000 }, () => null),
        `h1/zz/slot${eve}`,
      ),
      'badValue household/zz',
    ),
    guard('an ID number in the ledger', write('990101199001010115', `p1/id/slot${eve}`), 'misplaced person/idNo'),
    guard(
      'two values of one key at once',
      byEve({ root: 's', key: 'a/b/c', content: { values: [1, 2] } }),
      'neighbours',
    ),
    guard(
      '5,000 maps inside one another',
      byEve(
        ...Array.from({ length: 5000 }, (_, level): RawStruct => ({
          ...(level > 0 ? { parent: [own, level - 1] as const } : { root: 's' }),
          key: 'k',
          content: { type: 1 },
        })),
      ),
      'shared types nested too deeply',
    ),
    {
      name: 'a slot nobody claimed',
      update: byEve({ root: 's', key: 'h1/ph/slotnew', content: { values: [['1', 1]] } }),
      ...gap,
    },
    {
      name: '14 bytes that delete text not typed yet',
      update: rawUpdate([], [[honest.client, honest.next, 1_000_000]]),
      ...gap,
    },
    {
      name: '2,000 orphans',
      update: byEve(
        ...Array.from({ length: 2000 }, (_, index): RawStruct => ({
          parent: [77_777, index],
          key: 'k',
          content: { values: [1] },
        })),
      ),
      ...gap,
    },
    { name: 'a clock of 2^52', update: byEve({ gone: 2 ** 52 }), ...malformed },
    {
      name: 'a document inside',
      update: byEve({ root: 's', key: 'a/b/c', content: { kind: 9, bytes: [1, 65, 118, 0] } }),
      ...malformed,
    },
    {
      name: 'an unknown kind of content',
      update: byEve({ root: 's', key: 'a/b/c', content: { kind: 11, bytes: [1] } }),
      ...malformed,
    },
    {
      name: 'values 10,000 deep',
      update: byEve({
        root: 's',
        key: 'a/b/c',
        content: { kind: 8, bytes: [1, ...Array.from({ length: 10_000 }, () => [117, 1]).flat(), 126] },
      }),
      ...malformed,
    },
    { name: 'an update of version 2', update: Y.encodeStateAsUpdateV2(grownDoc()), ...malformed },
    { name: 'few bytes of version 2 for 1,000,000 structs', update: bombOfVersion2(), ...malformed },
    {
      name: '700,000 structs',
      update: rawUpdate([
        { client: own, clock: 0, structs: Array.from({ length: 700_000 }, (): RawStruct => ({ gone: 1 })) },
      ]),
      ...tooLarge,
    },
  ]
}

function grownDoc(): Y.Doc {
  const doc = new Y.Doc()
  doc.getMap('s').set('h1/ph/slotlead', ['1', 1])
  doc.getText('t').insert(0, 'text')
  return doc
}

/** A run of equal numbers is a number and a count. */
function bombOfVersion2(): Uint8Array {
  const encoder = new Y.UpdateEncoderV2()
  const { restEncoder } = encoder
  for (const value of [1, 0xc0, 0x84, 0x3d, 0, 0]) restEncoder.cbuf[restEncoder.cpos++] = value
  for (let left = 1_000_000; left > 0; left--) {
    encoder.writeInfo(0)
    encoder.writeLen(1)
  }
  encoder.writeClient(1)
  return encoder.toUint8Array()
}
