/** Random but repeatable edits of several Yjs clients, as the updates they send. */
import * as Y from 'yjs'

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

export interface History {
  /** Each client's document at the end. */
  readonly docs: readonly Y.Doc[]
  /** In an order in which each finds what it depends on. */
  readonly updates: readonly Uint8Array[]
}

/** `steps` edits by `clients` clients that hear from each other now and then. */
export function makeHistory(dice: Dice, clients: number, steps: number): History {
  const updates: Uint8Array[] = []
  const docs = Array.from({ length: clients }, () => {
    const doc = new Y.Doc()
    doc.clientID = 1 + dice(0x7fff_fffe)
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'heard') updates.push(update)
    })
    return doc
  })
  for (let step = 0; step < steps; step++) {
    const doc = docs[dice(clients)]
    const other = docs[dice(clients)]
    if (!doc || !other) continue
    if (dice(4) === 0 && doc !== other)
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc)), 'heard')
    doc.transact(() => {
      for (let edits = 1 + dice(3); edits > 0; edits--) edit(doc, dice)
    })
  }
  return { docs, updates }
}

export function edit(doc: Y.Doc, dice: Dice): void {
  const map = doc.getMap('map')
  const text = doc.getText('text')
  const list = doc.getArray('list')
  switch (dice(9)) {
    case 0:
      map.set(`k${dice(6)}`, dice(1000))
      return
    case 1:
      map.delete(`k${dice(6)}`)
      return
    case 2: {
      const nested = new Y.Map()
      map.set(`n${dice(3)}`, nested)
      nested.set('家', {
        list: [1, null, 'x', new Uint8Array([1, 2])],
        deep: { yes: true, half: 0.5, big: -(2 ** 40) },
      })
      return
    }
    case 3: {
      const nested = map.get(`n${dice(3)}`)
      if (nested instanceof Y.Map) nested.set(`f${dice(4)}`, '网格员'.repeat(dice(3)))
      return
    }
    case 4:
      text.insert(dice(text.length + 1), ['同格', 'grid', '😀x', 'é'][dice(4)] ?? '')
      return
    case 5:
      if (text.length > 3) text.delete(dice(text.length - 2), 2)
      return
    case 6:
      if (text.length > 3) text.format(dice(text.length - 2), 2, { bold: dice(2) === 0 ? true : null })
      return
    case 7:
      list.insert(dice(list.length + 1), [dice(10), 'v', new Uint8Array([dice(256)])])
      return
    default:
      if (list.length > 1) list.delete(dice(list.length - 1), 1)
  }
}

export function hasPending(doc: Y.Doc): boolean {
  return doc.store.pendingStructs !== null || doc.store.pendingDs !== null
}
