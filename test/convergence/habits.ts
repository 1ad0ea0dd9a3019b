/** What people do all day: one of the things a hand can do, to one of the records its tab shows. */
import { inboxOf } from '@tongge/crdt'
import type { RecordId } from '@tongge/model'
import type { RandomSource } from '../support/random-source.ts'
import type { Account } from './account.ts'
import type { Hand } from './hand.ts'
import { shapeOf } from './page.ts'

export function actAtRandom(hand: Hand, account: Account, random: RandomSource): void {
  const { entries, trash, tickets } = hand.projection.snapshot()
  const shown = [...entries.keys()]
  const withText = [...shown.filter((id) => shapeOf(id).text), ...tickets.keys()]
  const one = (of: readonly RecordId[], act: (id: RecordId) => void): void => {
    if (of.length > 0) act(random.pick(of))
  }
  const change = (id: RecordId): void =>
    hand.set(id, random.pick<string>(shapeOf(id).fields), random.chance(0.1) ? undefined : `v${account.next()}`)
  chosen(
    [
      [46, () => one(shown, change)],
      [14, () => one(shown, hand.remove)],
      [4, () => one([...trash.keys()], hand.restore)],
      [2, () => hand.create(random.chance(0.7) ? 'person' : 'household')],
      [12, () => one(withText, (id) => hand.type(id, random))],
      [tickets.size < 2 ? 2 : 0, () => hand.report()],
      [12, () => one([...tickets.keys()], (id) => hand.step(id, random))],
      [3, () => settleOne(hand, random)],
    ],
    random,
  )()
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
