import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { makeBase } from '../../sync-server/src/rooms/base.ts'
import { createDocumentContent } from '../../sync-server/src/rooms/document-content.ts'
import { endsOf, joinUpdates } from '../../sync-server/src/rooms/content.ts'
import { Known, newsOf } from '../../sync-server/src/rooms/known.ts'
import { parseMessage } from '../../sync-server/src/rooms/messages.ts'
import { scanUpdate, type ScannedUpdate } from '../../sync-server/src/rooms/scan-update.ts'
import { createDice, hasPending, makeHistory, type Dice } from './history.ts'

const limits = { structs: 10_000, deletions: 10_000 }
const seeds = Number(process.env['TONGGE_SEEDS'] ?? 150)

function eachSeed(run: (dice: Dice, seed: number) => void): void {
  const first = Number(process.env['TONGGE_SEED'] ?? 1)
  for (let seed = first; seed < first + seeds; seed++) {
    try {
      run(createDice(seed), seed)
    } catch (error) {
      throw new Error(`replay: TONGGE_SEED=${seed} TONGGE_SEEDS=1 vitest run test/relay/known.test.ts`, {
        cause: error,
      })
    }
  }
}

function stateText(state: ReadonlyMap<number, number>): string {
  return JSON.stringify([...state].filter(([, clock]) => clock > 0).toSorted(([a], [b]) => a - b))
}

function stateOfDoc(doc: Y.Doc): ReadonlyMap<number, number> {
  return Y.decodeStateVector(Y.encodeStateVector(doc))
}

/** Takes the update as a room does; says what came of it. */
function offer(known: Known, bytes: Uint8Array): ScannedUpdate | 'refused' | 'nothing' {
  const update = scanUpdate(bytes, limits)
  if (typeof update === 'string') return 'refused'
  const fitting = known.fit(update)
  if (!fitting) return 'refused'
  const news = newsOf(fitting)
  known.add(fitting)
  return news ?? 'nothing'
}

test('[ROOM1] what is accepted is exactly what Yjs applies with nothing pending, in any order of arrival', () => {
  let refusals = 0
  eachSeed((dice) => {
    const { updates } = makeHistory(dice, 4, 40)
    const waiting = [...updates]
    const known = new Known()
    const doc = new Y.Doc()
    while (waiting.length > 0) {
      const at = dice(Math.min(waiting.length, 6))
      const update = waiting[at] ?? new Uint8Array()
      const trial = new Y.Doc()
      Y.applyUpdate(trial, Y.encodeStateAsUpdate(doc))
      Y.applyUpdate(trial, update)
      const answer = offer(known, update)
      expect(answer === 'refused').toBe(hasPending(trial))
      if (answer === 'refused') {
        // The oldest always fits, so this comes to an end.
        refusals++
        const oldest = waiting.shift() ?? new Uint8Array()
        expect(offer(known, oldest)).not.toBe('refused')
        Y.applyUpdate(doc, oldest)
        continue
      }
      waiting.splice(at, 1)
      if (answer !== 'nothing') Y.applyUpdate(doc, answer.bytes)
      expect(hasPending(doc)).toBe(false)
      expect(stateText(known.state)).toBe(stateText(stateOfDoc(doc)))
    }
  })
  expect(refusals).toBeGreaterThan(0)
})

test('[ROOM2] what is known already is not news, whole or in part', () => {
  eachSeed((dice) => {
    const { updates, docs } = makeHistory(dice, 3, 30)
    const known = new Known()
    const doc = new Y.Doc()
    for (const update of updates) {
      const news = offer(known, update)
      if (typeof news !== 'string') Y.applyUpdate(doc, news.bytes)
      expect(offer(known, update)).toBe('nothing')
    }
    // Deletions that integration implies are news once.
    offer(known, Y.encodeStateAsUpdate(doc))
    expect(offer(known, Y.encodeStateAsUpdate(doc))).toBe('nothing')
    for (const other of docs)
      expect(offer(known, Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc)))).not.toBe('refused')
  })
})

test('[ROOM3] a joining client is brought up to date from any state, in parts that never leave anything pending', () => {
  eachSeed((dice) => {
    const { updates, docs } = makeHistory(dice, 4, 60)
    const known = new Known()
    const partBytes = 64 + dice(400)
    const content = createDocumentContent(partBytes)
    const truth = new Y.Doc()
    const replicas = [new Y.Doc(), ...docs]
    const turn: ScannedUpdate[] = []
    const flush = (): void => {
      if (turn.length === 0) return
      const updates = turn.splice(0)
      for (const bytes of joinUpdates(updates))
        content.append({
          bytes,
          sequence: 1,
          ends: endsOf(updates),
          deletions: updates.map((update) => update.deletions),
        })
    }
    for (const [index, update] of updates.entries()) {
      const news = offer(known, update)
      if (typeof news !== 'string') turn.push(news)
      Y.applyUpdate(truth, update)
      if (dice(3) === 0) flush()
      if (index === updates.length >> 1) {
        flush()
        const partial = new Y.Doc()
        Y.applyUpdate(partial, Y.encodeStateAsUpdate(truth))
        replicas.push(partial)
        const snapshot = scanUpdate(Y.encodeStateAsUpdate(truth), limits)
        if (typeof snapshot === 'string') throw new Error(snapshot)
        known.deletions.add(snapshot.deletions)
        content.rebase(makeBase(snapshot, partBytes), 1)
      }
    }
    flush()
    for (const replica of replicas) {
      const messages = [...content.answer(stateOfDoc(replica))]
      for (const message of messages) {
        const parsed = parseMessage(message)
        if (parsed?.type !== 'update') throw new Error('not an update')
        Y.applyUpdate(replica, parsed.update)
        expect(hasPending(replica)).toBe(false)
      }
      expect(messages.at(-1)?.[1]).toBe(1)
    }
    const [fresh, ...others] = replicas
    if (!fresh) throw new Error('no replica')
    expect(fresh.toJSON()).toEqual(truth.toJSON())
    for (const other of others) {
      Y.applyUpdate(other, Y.encodeStateAsUpdate(truth))
      Y.applyUpdate(fresh, Y.encodeStateAsUpdate(other))
    }
    expect(stateText(stateOfDoc(fresh))).toBe(stateText(stateOfDoc(truth)))
  })
})

test('[ROOM4] changed bytes are refused, or do in Yjs exactly what the relay believes: no throw, nothing pending, the same clocks', () => {
  let accepted = 0
  eachSeed((dice) => {
    const { updates } = makeHistory(dice, 3, 20)
    const known = new Known()
    const doc = new Y.Doc()
    for (const update of updates) {
      const hostile = mutate(update, dice)
      const scanned = scanUpdate(hostile, limits)
      const fitting = typeof scanned === 'string' ? undefined : known.fit(scanned)
      if (fitting) {
        accepted++
        const trial = new Y.Doc()
        Y.applyUpdate(trial, Y.encodeStateAsUpdate(doc))
        const news = newsOf(fitting)
        if (news) Y.applyUpdate(trial, news.bytes)
        expect(hasPending(trial)).toBe(false)
        const after = new Map([...known.state, ...fitting.next])
        expect(stateText(after)).toBe(stateText(stateOfDoc(trial)))
      }
      offer(known, update)
      Y.applyUpdate(doc, update)
    }
  })
  expect(accepted).toBeGreaterThan(0)
})

function mutate(update: Uint8Array, dice: Dice): Uint8Array {
  const bytes = Uint8Array.from(update)
  for (let times = 1 + dice(2); times > 0; times--) {
    const at = dice(bytes.length)
    const choice = dice(3)
    if (choice === 0) bytes[at] = dice(256)
    else if (choice === 1) bytes[at] = (bytes[at] ?? 0) ^ (1 << dice(8))
    else bytes[at] = ((bytes[at] ?? 0) + 1) & 255
  }
  return dice(10) === 0 ? bytes.subarray(0, dice(bytes.length)) : bytes
}
