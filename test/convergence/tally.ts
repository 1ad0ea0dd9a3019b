/** How much of everything there was: a story in which nothing happens proves nothing. */
import { steps, type Account, type Write } from './account.ts'
import type { ExpectedPage } from './page.ts'

/** And how often it must happen in a thousand stories. */
export const leastPerThousand = {
  writes: 1_000,
  conflicts: 1_000,
  contested: 1_000,
  notes: 1_000,
  /** Attempts on a note of somebody else's. */
  foreign: 1_000,
  /** Steps in the quarter before, and in the one that began within the story. */
  earlier: 1_000,
  later: 300,
  texts: 1_000,
  /** Edits that took characters out. */
  removed: 300,
  /** Texts that a merge put behind another, and those that undo took away from there. */
  joined: 80,
  parted: 10,
  /** Edits of several records. */
  together: 500,
  /** Writes of undo and redo, and what they left alone. */
  undone: 1_000,
  skipped: 50,
  crashes: 1_000,
  kills: 1_000,
  cuts: 1_000,
  /** Generations begun, edits that came late and were carried over, and tabs that went over. */
  renewals: 500,
  late: 1_000,
  switches: 500,
  unpacked: 1_000,
  /** Frames that came late, changed places or came twice. */
  lateFrames: 5_000,
  swapped: 20_000,
  twice: 5_000,
  devices: 4_000,
} as const
export type Counted = keyof typeof leastPerThousand
export const counted = Object.keys(leastPerThousand) as readonly Counted[]
export type Tally = Readonly<Record<Counted, number>>
/** What happened around the edits. */
type Around = Pick<
  Tally,
  'crashes' | 'kills' | 'cuts' | 'switches' | 'unpacked' | 'lateFrames' | 'swapped' | 'twice' | 'devices'
>

export function tallyOf({ writes, tally }: Account, { conflicts, contested }: ExpectedPage, around: Around): Tally {
  const joins = writes.filter(({ joins }) => joins)
  const count = (is: (write: Write) => boolean): number => writes.filter(is).length
  return {
    ...around,
    ...tally,
    writes: writes.length,
    conflicts,
    contested,
    notes: count(({ trace }) => trace.document === 'notes'),
    earlier: count(({ field, trace }) => field === steps && trace.document === 'earlier'),
    later: count(({ field, trace }) => field === steps && trace.document === 'work'),
    texts: count(({ field }) => field === 'diary' || field === 'description'),
    joined: joins.filter(({ removed }) => removed === undefined).length,
    parted: joins.filter(({ removed }) => removed !== undefined).length,
    removed: count(({ removed }) => removed !== undefined && removed !== ''),
  }
}
