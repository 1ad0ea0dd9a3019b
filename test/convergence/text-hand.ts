/** How a hand writes in the co-edited texts of records and tickets. */
import { openCoText, type Projection, type Writer } from '@tongge/crdt'
import type { RecordId } from '@tongge/model'
import type { RandomSource } from '../support/random-source.ts'
import { carryOut, type Author } from './carry-out.ts'
import { freshCharacter, shapeOf } from './shapes.ts'

export interface TextHand {
  /** Puts in up to three characters that nothing else in the story contains. */
  type(id: RecordId, random: RandomSource): void
  /** Takes out up to three characters, and sometimes puts in others. */
  cut(id: RecordId, random: RandomSource): void
}

export function createTextHand(author: Author & { readonly projection: Projection }): TextHand {
  const { projection, writer, account } = author

  const splice = (id: RecordId, random: RandomSource, most: number, value: string): void => {
    const { kind, text: field } = shapeOf(id)
    const text = field && openCoText(projection.documents(), { kind, id, field }, writer)
    if (!text) return
    const at = random.below(text.value().length + 1)
    const removed = text.value().slice(at, at + most)
    if (removed || value)
      carryOut(author, [{ record: id, field, value, removed }], () => text.splice(at, removed.length, value))
    text.dispose()
  }
  const fresh = (count: number): string => Array.from({ length: count }, () => freshCharacter(account.next())).join('')

  return {
    type: (id, random) => splice(id, random, 0, fresh(1 + random.below(3))),
    cut: (id, random) => splice(id, random, 1 + random.below(3), fresh(random.below(2))),
  }
}

export function shownText(projection: Projection, writer: Writer, id: RecordId): string {
  const { kind, text: field } = shapeOf(id)
  const text = field && openCoText(projection.documents(), { kind, id, field }, writer)
  const value = text?.value() ?? ''
  text?.dispose()
  return value
}
