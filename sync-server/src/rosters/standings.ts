/** From which state of its documents a grid's rosters were made, kept beside the accounts so that a start need not make them all again. */
import type { GridCode } from '@tongge/model'
import type { Accounts } from '../accounts/accounts.ts'

/** The sequence each document was read up to. */
export type Standing = ReadonlyMap<string, number>

export interface Standings {
  isAt(grid: GridCode, standing: Standing): Promise<boolean>
  set(grid: GridCode, standing: Standing): Promise<void>
  /** Also made from this; nothing where the rest is not known. */
  add(grid: GridCode, standing: Standing): Promise<void>
}

/** To be raised when rosters come to say something else of the same ledger. */
const version = 1

export function createStandings(notes: Pick<Accounts, 'note' | 'setNote'>): Standings {
  const key = (grid: GridCode): string => `rosters/${grid}`
  const set = (grid: GridCode, standing: Standing): Promise<void> => notes.setNote(key(grid), textOf(standing))
  return {
    isAt: async (grid, standing) => (await notes.note(key(grid))) === textOf(standing),
    set,
    async add(grid, standing) {
      const known = parse(await notes.note(key(grid)))
      if (known) await set(grid, new Map([...known, ...standing]))
    },
  }
}

function textOf(standing: Standing): string {
  return JSON.stringify([version, [...standing].toSorted(([a], [b]) => (a < b ? -1 : 1))])
}

function parse(text: string | undefined): Standing | undefined {
  if (text === undefined) return undefined
  // This file alone writes these notes.
  const [of, standing] = JSON.parse(text) as readonly [number, readonly (readonly [string, number])[]]
  return of === version ? new Map(standing) : undefined
}
