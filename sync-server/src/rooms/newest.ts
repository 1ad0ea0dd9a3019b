/** Which generation of each document is the newest. A generation has begun once the log holds it. */
import { generationName, generationOf, lineageOf } from '@tongge/protocol'

export interface Newest {
  /** The newest generation's name, for the name of any. */
  of(document: string): string
  /** False for a generation that the relay has not begun: nobody else may. */
  hasBegun(document: string): boolean
  /** This generation has begun. */
  note(document: string): void
}

/** `stored` are the names of all documents in the log. */
export function createNewest(stored: readonly string[]): Newest {
  const generationByLineage = new Map<string, number>()
  const newest = (lineage: string): number => generationByLineage.get(lineage) ?? 1
  const note = (document: string): void => {
    const generation = generationOf(document)
    const lineage = lineageOf(document)
    if (generation > newest(lineage)) generationByLineage.set(lineage, generation)
  }
  for (const document of stored) note(document)
  return {
    of: (document) => generationName(lineageOf(document), newest(lineageOf(document))),
    hasBegun: (document) => generationOf(document) <= newest(lineageOf(document)),
    note,
  }
}
