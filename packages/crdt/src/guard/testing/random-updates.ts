/** Random but repeatable updates of several clients, honest and hostile. For tests. */
import * as Y from 'yjs'
import { rawUpdate, type Id, type RawContent, type RawStruct } from './raw-update.ts'
import { declareRoots } from './shadow.ts'

export type Dice = (sides: number) => number

/** Mulberry32. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }
}

export interface Writer {
  readonly doc: Y.Doc
  readonly undo: Y.UndoManager
  /** Updates that nobody was sent yet. */
  waiting: Uint8Array[]
  hear(update: Uint8Array): void
}

export function createWriter(dice: Dice, clientId: number): Writer {
  const doc = new Y.Doc({ gc: dice(4) > 0 })
  doc.clientID = clientId
  const undo = new Y.UndoManager(declareRoots(doc) as unknown as Y.AbstractType<Y.YEvent<never>>[], {
    captureTimeout: 0,
  })
  let own = clientId
  const writer: Writer = {
    doc,
    undo,
    waiting: [],
    hear(update) {
      Y.applyUpdate(doc, update, 'heard')
      // Yjs takes another number, at random, once somebody else has used its own.
      if (doc.clientID !== own) doc.clientID = own += 1000
    },
  }
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'heard') writer.waiting.push(update)
  })
  return writer
}

export function edit({ doc, undo }: Writer, dice: Dice): void {
  if (dice(12) === 0) {
    if (dice(3) === 0) undo.redo()
    else undo.undo()
    return
  }
  doc.transact(() => {
    for (let edits = 1 + dice(4); edits > 0; edits--) editType(pickType(doc, dice), dice)
  })
}

/** A root, or with some luck a type within. */
function pickType(doc: Y.Doc, dice: Dice): Y.AbstractType<unknown> {
  const all = declareRoots(doc)
  let type = all[dice(all.length)] as Y.AbstractType<unknown>
  while (dice(2) === 0) {
    const inner = (type instanceof Y.Map ? [...type.values()] : type instanceof Y.Array ? type.toArray() : []).filter(
      (value): value is Y.AbstractType<unknown> => value instanceof Y.AbstractType,
    )
    const next = inner[dice(Math.max(1, inner.length))]
    if (!next) break
    type = next
  }
  return type
}

function editType(type: Y.AbstractType<unknown>, dice: Dice): void {
  if (type instanceof Y.Map) {
    const key = ['a', 'b', 'c', '户/ph/s1', 'k'.repeat(1 + dice(3))][dice(5)] ?? 'a'
    if (dice(4) === 0) type.delete(key)
    else type.set(key, valueOf(dice))
  } else if (type instanceof Y.Text) {
    if (dice(3) === 0 && type.length > 0) type.delete(dice(type.length), 1)
    else type.insert(dice(type.length + 1), ['同格', 'grid', '😀x', 'é', 'z'][dice(5)] ?? '')
  } else if (type instanceof Y.Array) {
    if (dice(3) === 0 && type.length > 0) {
      const at = dice(type.length)
      type.delete(at, 1 + dice(type.length - at))
    } else
      type.insert(
        dice(type.length + 1),
        Array.from({ length: 1 + dice(3) }, () => valueOf(dice)),
      )
  }
}

function valueOf(dice: Dice): unknown {
  switch (dice(12)) {
    case 0:
      return new Y.Map([
        ['a', 1],
        ['in', new Y.Map([['b', 'x']])],
      ] as [string, unknown][])
    case 1:
      return new Y.Text('日记')
    case 2:
      return Y.Array.from([1, 'two'])
    case 3:
      return new Uint8Array([1, 2, dice(256)])
    case 4:
      return { 家: [1, null, 'x'], half: 0.5, big: -(2 ** 40), yes: true }
    case 5:
      return null
    default:
      return dice(2) ? dice(1000) : `v${dice(1000)}`
  }
}

/** A changed copy: what somebody might send who does not use Yjs, or uses it to deceive. */
export function spoil(update: Uint8Array, dice: Dice): Uint8Array {
  const bytes = update.slice()
  for (let changes = 1 + dice(3); changes > 0; changes--) {
    const at = dice(bytes.length)
    // Small numbers name other clocks, clients, kinds and lengths.
    bytes[at] = dice(2) ? dice(16) : ((bytes[at] ?? 0) ^ (1 << dice(8))) & 255
  }
  return dice(5) ? bytes : bytes.slice(0, dice(bytes.length))
}

/** An update put together by hand from what the document holds: neighbours anywhere, parents of any kind, deletions of anything. */
export function forge(doc: Y.Doc, dice: Dice): Uint8Array {
  const clients = [...Y.decodeStateVector(Y.encodeStateVector(doc))]
  const anyId = (): Id => {
    const [client, next] = clients[dice(Math.max(1, clients.length))] ?? [1, 1]
    return [client, dice(next + (dice(6) === 0 ? 3 : 0))]
  }
  const [victim, next] = clients[dice(Math.max(1, clients.length))] ?? [1, 0]
  const isNew = dice(2) === 0
  const structs = Array.from({ length: 1 + dice(3) }, (): RawStruct => {
    if (dice(7) === 0) return { gone: 1 + dice(3) }
    const neighbours = { ...(dice(2) && { origin: anyId() }), ...(dice(4) === 0 && { right: anyId() }) }
    const key = dice(2) ? (['a', 'b', 'c'][dice(3)] ?? 'a') : undefined
    const root = key === undefined ? (dice(2) ? 'l' : 't') : dice(2) ? 'm' : 'n'
    const place = dice(2) ? { root } : { parent: anyId() }
    return { ...neighbours, ...place, key, content: contentOf(dice) }
  })
  const deletions = Array.from({ length: dice(3) }, () => [victim, dice(next + 1), 1 + dice(3)] as const)
  const clock = isNew ? 0 : Math.max(0, next - (dice(8) === 0 ? 1 : 0))
  return rawUpdate([{ client: isNew ? 100 + dice(3) : victim, clock, structs }], deletions)
}

function contentOf(dice: Dice): RawContent {
  switch (dice(6)) {
    case 0:
      return { deleted: 1 + dice(2) }
    case 1:
      return { text: 'ab'.slice(0, 1 + dice(2)) }
    case 2:
      return { type: dice(3) }
    default:
      return { values: [dice(2) === 0] }
  }
}
