/**
 * Generations of a document, told by its name: `…/ledger`, then `…/ledger/g2`, `…/ledger/g3`. What all of them have in common is the
 * lineage, which is named like the first. Later numbers are higher; they need not follow each other. Only what is written for years in
 * slots has generations: the work of a quarter closes by itself, and of diaries a fold would take in nothing.
 */

const later = /^(.+\/(?:ledger|sensitive|notes))\/g([2-9]|[1-9]\d{1,7})$/

export function lineageOf(name: string): string {
  return later.exec(name)?.[1] ?? name
}

/** 1 for a name that says nothing of it. */
export function generationOf(name: string): number {
  return Number(later.exec(name)?.[2] ?? 1)
}

export function generationName(lineage: string, generation: number): string {
  return generation > 1 ? `${lineage}/g${generation}` : lineage
}

/** Whether documents of this name may begin anew at all. */
export function hasGenerations(name: string): boolean {
  return later.test(`${lineageOf(name)}/g2`)
}
