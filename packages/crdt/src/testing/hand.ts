/** One person's device with the documents of a grid, and what brings devices together. For tests. */
import type { AccountId, Instant, Quarter, RecordId } from '@tongge/model'
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs'
import type { GridDocuments, Writer } from '../api.ts'
import { canonicalContent } from '../read/canonical-content.ts'

export interface TestHand {
  readonly documents: GridDocuments & {
    readonly ledger: Doc
    readonly sensitive: Doc
    readonly diary: Doc
    readonly journal: ReadonlyMap<Quarter, Doc>
  }
  readonly writer: Writer
  text(name: 'ledger' | 'sensitive' | 'diary' | 'work' | 'journal'): string
}

let time = Date.parse('2026-11-20T00:00:00Z')

export function createHand(slot: string): TestHand {
  const [work, journal] = [new Doc(), new Doc()]
  const documents = {
    ledger: new Doc(),
    sensitive: new Doc(),
    diary: new Doc(),
    work: new Map<Quarter, Doc>([['2026q4', work]]),
    journal: new Map<Quarter, Doc>([['2026q4', journal]]),
    notes: new Map<RecordId, Doc>([['b1' as RecordId, new Doc()]]),
  }
  return {
    documents,
    writer: {
      slot,
      account: `account-${slot}` as AccountId,
      device: `device-${slot}`,
      now: (): Instant => (time += 1000),
    },
    text: (name) => canonicalContent({ ...documents, work, journal }[name]),
  }
}

/** Everybody ends with what anybody had. */
export function exchange(...hands: readonly TestHand[]): void {
  for (const from of hands) {
    for (const to of hands) {
      const pairs = [
        [from.documents.ledger, to.documents.ledger],
        [from.documents.sensitive, to.documents.sensitive],
        [from.documents.diary, to.documents.diary],
        ...[...from.documents.work].map(([quarter, doc]) => [doc, to.documents.work.get(quarter)] as const),
        ...[...from.documents.journal].map(([quarter, doc]) => [doc, to.documents.journal.get(quarter)] as const),
        ...[...from.documents.notes].map(([building, doc]) => [doc, to.documents.notes.get(building)] as const),
      ] as const
      for (const [source, target] of pairs)
        if (target && source !== target) applyUpdate(target, encodeStateAsUpdate(source))
    }
  }
  const [first] = hands
  if (hands.length > 2 && first) for (const to of hands.slice(1)) exchange(first, to)
}
