/** Which generations of each document there are, and which is the newest. A generation has begun once the log holds it. */
import { generationName, generationOf, lineageOf } from '@tongge/protocol'

export interface Newest {
  /** The newest generation's name, for the name of any. */
  of(document: string): string
  /** Names of the generations after this one, the newest last. */
  after(document: string): readonly string[]
  /** How the next one is to be called. */
  next(document: string): string
  /** False for a generation that the relay has not begun: nobody else may. */
  hasBegun(document: string): boolean
  /** This generation has begun. */
  note(document: string): void
}

/**
 * `stored` are the names of all documents in the log. `clock` gives a number that has never been given before, also not by a relay whose
 * data was later put back to an older state: devices may still have a generation of that number, and would take the next for the same.
 */
export function createNewest(stored: readonly string[], clock: () => number = () => 0): Newest {
  const laterByLineage = new Map<string, readonly number[]>()
  const later = (document: string): readonly number[] => laterByLineage.get(lineageOf(document)) ?? []
  const newest = (document: string): number => later(document).at(-1) ?? 1
  const named = (document: string, generation: number): string => generationName(lineageOf(document), generation)
  const note = (document: string): void => {
    const generation = generationOf(document)
    if (generation === 1 || later(document).includes(generation)) return
    const all = [...later(document), generation].toSorted((a, b) => a - b)
    laterByLineage.set(lineageOf(document), all)
  }
  for (const document of stored) note(document)
  return {
    of: (document) => named(document, newest(document)),
    after: (document) =>
      later(document)
        .filter((generation) => generation > generationOf(document))
        .map((generation) => named(document, generation)),
    next: (document) => named(document, Math.max(newest(document) + 1, clock())),
    hasBegun: (document) => generationOf(document) === 1 || later(document).includes(generationOf(document)),
    note,
  }
}
