/** What people do all day: one of the things a hand can do, to one of the records its tab shows. */
import { inboxOf } from '@tongge/crdt'
import type { Kind, RecordId, Snapshot } from '@tongge/model'
import type { RandomSource } from '../support/random-source.ts'
import type { Account } from './account.ts'
import type { Hand } from './hand.ts'
import { freshValue, shapeOf } from './shapes.ts'

export function actAtRandom(hand: Hand, account: Account, random: RandomSource): void {
  const { entries, trash, tickets } = hand.projection.snapshot()
  const shown = [...entries.keys()]
  const of = (kind: Kind): readonly RecordId[] => shown.filter((id) => shapeOf(id).kind === kind)
  const households = of('household')
  const withText = [...households, ...tickets.keys()]
  /** The first of them are on everybody's mind. */
  const one = (of: readonly RecordId[], act: (id: RecordId) => void): void => {
    const id = of[Math.floor(random.next() ** 2 * of.length)]
    if (id) act(id)
  }
  const change = (id: RecordId): void => {
    const field = random.pick<string>(shapeOf(id).fields)
    if (random.chance(0.1)) hand.set(id, field, undefined)
    else if (field === 'household') one(households, (household) => hand.set(id, field, household))
    else hand.set(id, field, freshValue(field, account.next()))
  }
  /** Somebody has just written something, whether or not it has arrived here: it is not quite right. */
  const correct = (): void => {
    const recent = account.writes
      .slice(-8)
      .filter(({ record, field }) => entries.has(record) && shapeOf(record).fields.some((own) => own === field))
    const { record, field } = recent.length > 0 ? random.pick(recent) : {}
    if (record && field) hand.set(record, field, freshValue(field, account.next()))
  }
  const merge = (keep: RecordId): void =>
    one(
      households.filter((id) => id !== keep),
      (duplicate) => hand.merge(keep, duplicate),
    )
  const importPeople = (household: RecordId): void =>
    hand.importPeople(
      of('person')
        .filter(() => random.chance(0.5))
        .slice(0, 3),
      household,
    )
  chosen(
    [
      [24, () => one(shown, change)],
      [16, correct],
      [12, () => one(shown, hand.remove)],
      [4, () => one([...trash.keys()], hand.restore)],
      [4, () => one(notesIn(trash), hand.restore)],
      [2, () => hand.create(random.chance(0.5) || households.length > 2 ? 'person' : 'household')],
      [9, () => one(withText, (id) => hand.type(id, random))],
      [12, () => one(withText, (id) => hand.cut(id, random))],
      [tickets.size < 4 ? 4 : 0, () => hand.report()],
      [12, () => one([...tickets.keys()], (id) => hand.step(id, random))],
      [of('note').length < 3 ? 4 : 0, () => hand.note()],
      [4, () => one(households, merge)],
      [4, () => one(households, importPeople)],
      [hand.isOvertaken() ? 60 : 12, () => hand.again('undo')],
      [6, () => hand.again('redo')],
      [3, () => settleOne(hand, random)],
    ],
    random,
  )()
}

function notesIn(trash: Snapshot['trash']): readonly RecordId[] {
  return [...trash.keys()].filter((id) => shapeOf(id).kind === 'note')
}

/** Takes one of the values of a field, or says whether a record is kept. */
function settleOne(hand: Hand, random: RandomSource): void {
  const items = inboxOf(hand.projection.snapshot()).filter(({ type }) => type !== 'step')
  if (items.length === 0) return
  const item = random.pick(items)
  if (item.type === 'field') {
    const { value } = random.pick(item.conflict.rivals)
    hand.set(item.entry.id, item.conflict.field, typeof value === 'string' ? value : undefined)
  } else if (item.type === 'deletion') (random.chance(0.7) ? hand.restore : hand.remove)(item.entry.id)
}

/** Picks by weight. */
export function chosen<T>(from: readonly (readonly [weight: number, what: T])[], random: RandomSource): T {
  let left = random.next() * from.reduce((sum, [weight]) => sum + weight, 0)
  const found = from.find(([weight]) => (left -= weight) < 0) ?? from[0]
  if (!found) throw new RangeError('nothing to choose from')
  return found[1]
}
