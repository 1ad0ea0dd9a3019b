/**
 * Keeps the masked rosters of all buildings in step with the ledger and the notes of their grid. The ledger is read in another thread,
 * a change is written a moment after it was committed, and only where a door says something else.
 */
import { parseGridCode, type GridCode, type RecordId } from '@tongge/model'
import { formatDocumentName, parseDocumentName, type DocumentName } from '@tongge/protocol'
import { randomInt } from 'node:crypto'
import type { Accounts } from '../accounts/accounts.ts'
import type { LoggedUpdate, Logger, StoredDocument, UpdateLog } from '../ports.ts'
import type { Newest } from '../sync.ts'
import { createWorkerQueue } from '../worker-queue.ts'
import { createDueGrids, type Due } from './due-grids.ts'
import type { RosterAnswer, RosterTask } from './roster-worker.ts'
import { createStandings } from './standings.ts'

export interface RosterKeeper {
  /** The same log, whose appends are looked at once they are committed. */
  watch(log: UpdateLog): UpdateLog
  /** The grid has other buildings. */
  look(grid: GridCode): void
  /** Makes up for what was committed while no relay ran. */
  catchUp(grids: Iterable<GridCode>): void
  /** Resolves when nothing is under way; what was not done is done after the next start. */
  close(): Promise<void>
}

export interface RosterKeeperOptions {
  readonly log: UpdateLog
  readonly newest: Pick<Newest, 'of'>
  readonly notes: Pick<Accounts, 'note' | 'setNote'>
  readonly logger: Logger
  /** Registered ones: no other building's documents can begin. */
  readonly buildingsOf: (grid: GridCode) => readonly RecordId[]
  /** Resolves once it is committed. */
  readonly commit: (document: string, update: Uint8Array) => Promise<void>
}

/** An import is many updates; they are read together. */
const delay = 500

export function keepRosters({ log, newest, notes, logger, buildingsOf, commit }: RosterKeeperOptions): RosterKeeper {
  const queue = createWorkerQueue<RosterTask, RosterAnswer>(new URL('./roster-worker.ts', import.meta.url))
  const standings = createStandings(notes)
  const due = createDueGrids()
  /** One for each run of the relay: the rosters' state vectors stay short, and no clock of a lost row is used again. */
  const client = randomInt(1, 2 ** 32)
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let isClosed = false
  /** Milliseconds the last round took; the thread rests at least as long as it works. */
  let took = 0

  const read = async (name: DocumentName): Promise<StoredDocument & { readonly document: string }> => {
    const document = newest.of(formatDocumentName(name))
    return { document, ...(await log.read(document)) }
  }
  const keep = async ({ grid, ledger: isLedgerDue, notes: notesDue }: Due): Promise<void> => {
    const known = new Set([...buildingsOf(grid), ...((await withRosters(log, grid)) as RecordId[])])
    const buildings = [...known].filter((building) => isLedgerDue || notesDue.has(building))
    const ledger = isLedgerDue ? await read({ kind: 'ledger', grid }) : undefined
    const notesOf = await Promise.all(buildings.map((building) => read({ kind: 'notes', grid, building })))
    const standing = new Map(
      [...(ledger ? [ledger] : []), ...notesOf].map(({ document, through }) => [document, through]),
    )
    if (ledger && (await standings.isAt(grid, standing))) return
    const rosters = await Promise.all(buildings.map((building) => read({ kind: 'roster', grid, building })))
    const changes = await queue.ask({
      grid,
      ledger: ledger && updatesOf(ledger),
      buildings: buildings.map((building, index) => ({
        building,
        notes: updatesOf(notesOf[index]),
        roster: updatesOf(rosters[index]),
        client: rosters[index]?.damaged === 0 ? client : undefined,
      })),
    })
    for (const { building, update } of changes)
      await commit(formatDocumentName({ kind: 'roster', grid, building }), update)
    await (ledger ? standings.set(grid, standing) : standings.add(grid, standing))
  }
  const keepOrLog = async (one: Due): Promise<void> => {
    try {
      if (!isClosed) await keep(one)
    } catch (error) {
      if (isClosed) return
      logger.error(
        { grid: one.grid, error: error instanceof Error ? error.message : 'unknown' },
        'rosters cannot be kept',
      )
    }
  }
  /** What changes meanwhile goes first. */
  const nextLater = (): Due | undefined => (timer === undefined && !isClosed ? due.takeLater() : undefined)
  const round = async (): Promise<void> => {
    const began = performance.now()
    for (const one of due.takeChanged()) await keepOrLog(one)
    took = performance.now() - began
    for (let one = nextLater(); one; one = nextLater()) await keepOrLog(one)
  }
  const soon = (): void => {
    if (isClosed) return
    timer ??= setTimeout(
      () => {
        timer = undefined
        running = running.then(round)
      },
      Math.max(delay, took),
    )
  }
  const note = (rows: readonly LoggedUpdate[]): void => {
    for (const { document } of rows) {
      const name = parseDocumentName(document)
      const grid = name && 'grid' in name ? parseGridCode(name.grid) : undefined
      if (!grid || (name?.kind !== 'ledger' && name?.kind !== 'notes')) continue
      due.add(grid, name.kind === 'ledger' ? 'ledger' : (name.building as RecordId))
      soon()
    }
  }
  return {
    watch: (watched) => ({
      ...watched,
      async append(rows, at) {
        const sequences = await watched.append(rows, at)
        note(rows)
        return sequences
      },
    }),
    look(grid) {
      due.add(grid, 'ledger')
      soon()
    },
    catchUp(grids) {
      for (const grid of grids) due.addLater(grid)
      soon()
    },
    async close() {
      isClosed = true
      clearTimeout(timer)
      await queue.close()
      await running
    },
  }
}

/** Buildings that ever had a roster: one that is gone keeps it, empty. */
async function withRosters(log: UpdateLog, grid: GridCode): Promise<readonly string[]> {
  return (await log.documents()).flatMap((document) => {
    const name = document.startsWith(`grid/${grid}/building/`) ? parseDocumentName(document) : undefined
    return name?.kind === 'roster' ? [name.building] : []
  })
}

function updatesOf(stored: StoredDocument | undefined): readonly Uint8Array[] {
  return stored ? [...(stored.snapshot ? [stored.snapshot] : []), ...stored.tail] : []
}
