/** Journals written before they had documents of their own (decision 0020) rest in the work of their quarter: takes them out of it. */
import type { Doc } from 'yjs'
import { journalOf, metaOf, monthsOf, parseAuthorKey, parseJournalRow } from '../layout.ts'

/** Answers how many rows there were. The work document stays as it is otherwise. */
export function moveJournal(work: Doc, journal: Doc, quarter: string): number {
  let count = 0
  work.transact(() =>
    journal.transact(() => {
      for (const month of monthsOf(quarter)) {
        const old = journalOf(work, month)
        if (old.length === 0) continue
        const rows = old.toArray()
        copyAuthors(work, journal, new Set(rows.flatMap((row) => parseJournalRow(row)?.[6] ?? [])))
        journalOf(journal, month).push(rows)
        old.delete(0, old.length)
        count += rows.length
      }
    }),
  )
  return count
}

function copyAuthors(from: Doc, to: Doc, slots: ReadonlySet<string>): void {
  for (const [key, device] of metaOf(from)) {
    const name = parseAuthorKey(key)
    if (name && slots.has(name.slot) && !metaOf(to).has(key)) metaOf(to).set(key, device)
  }
}
