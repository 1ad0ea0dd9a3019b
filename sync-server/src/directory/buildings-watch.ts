/**
 * Keeps the public names of a grid's buildings as its ledger has them: they make up the directory and the list of a session's documents,
 * and no document of a building begins before they name it.
 */
import { parseGridCode, type GridCode } from '@tongge/model'
import { formatDocumentName, parseDocumentName } from '@tongge/protocol'
import type { Building } from '../accounts/accounts.ts'
import { readEntries } from '../own-documents/read-entries.ts'
import type { LoggedUpdate, Logger, StoredDocument, UpdateLog } from '../ports.ts'
import type { Newest } from '../sync.ts'

export interface BuildingsWatch {
  /**
   * The same log, whose appends are looked at once they are committed. Rejects to read a document that was never written of a building that
   * is not registered: a room that cannot be read closes for now, not for good, and the ledger that names the building may be on its way.
   */
  readonly log: UpdateLog
  /** Resolves when nothing is left to be read. */
  close(): Promise<void>
}

/** A building comes with its record's kind spelled out, and back with the mark of a restoration; other edits of records do without either. */
const marks = ['building', '/+/'].map((text) => Buffer.from(text))
/** An import is many updates; they are read together. */
const delay = 500

export interface BuildingsWatchOptions {
  readonly log: UpdateLog
  readonly newest: Pick<Newest, 'of'>
  readonly logger: Logger
  readonly isRegistered: (grid: string, building: string) => boolean
  readonly onBuildings: (grid: GridCode, buildings: readonly Building[]) => Promise<void>
}

export function watchBuildings({
  log,
  newest,
  logger,
  isRegistered,
  onBuildings,
}: BuildingsWatchOptions): BuildingsWatch {
  const due = new Set<GridCode>()
  /** Grids whose ledger was read since the start; one that was committed just before the last end may have been missed. */
  const looked = new Set<GridCode>()
  let timer: NodeJS.Timeout | undefined
  let reading: Promise<void> = Promise.resolve()

  const readDue = async (): Promise<void> => {
    for (const grid of due) {
      due.delete(grid)
      const stored = await log.read(newest.of(formatDocumentName({ kind: 'ledger', grid })))
      await onBuildings(grid, buildingsIn(grid, stored))
      looked.add(grid)
    }
  }
  const flush = (): Promise<void> => {
    timer = undefined
    reading = reading
      .then(readDue)
      .catch((error: unknown) =>
        logger.error({ error: error instanceof Error ? error.message : 'unknown' }, 'buildings cannot be read'),
      )
    return reading
  }
  const look = (grid: GridCode): void => {
    due.add(grid)
    timer ??= setTimeout(() => void flush(), delay)
  }
  const note = (rows: readonly LoggedUpdate[]): void => {
    for (const { document, update } of rows) {
      const name = parseDocumentName(document)
      const grid = name?.kind === 'ledger' ? parseGridCode(name.grid) : undefined
      const bytes = Buffer.from(update.buffer, update.byteOffset, update.length)
      if (grid && marks.some((mark) => bytes.includes(mark))) look(grid)
    }
  }
  const mayBegin = (document: string): boolean => {
    const name = parseDocumentName(document)
    if ((name?.kind !== 'notes' && name?.kind !== 'roster') || isRegistered(name.grid, name.building)) return true
    const grid = parseGridCode(name.grid)
    if (grid && !looked.has(grid)) look(grid)
    return false
  }
  return {
    log: {
      ...log,
      async append(rows, at) {
        const sequences = await log.append(rows, at)
        note(rows)
        return sequences
      },
      async read(document) {
        const stored = await log.read(document)
        if (stored.through === 0 && !mayBegin(document)) throw new Error('no ledger names this building')
        return stored
      },
    },
    close() {
      clearTimeout(timer)
      return flush()
    },
  }
}

function buildingsIn(grid: GridCode, { snapshot, tail }: StoredDocument): readonly Building[] {
  return readEntries(grid, { ledger: [...(snapshot ? [snapshot] : []), ...tail] }).flatMap(({ id, kind, fields }) =>
    kind === 'building' ? [{ grid, id, name: nameOf(fields) }] : [],
  )
}

/** Estate and number; both are public. */
function nameOf(fields: object): string {
  const part = (name: string): string => (Object.hasOwn(fields, name) ? String(Reflect.get(fields, name)) : '')
  return part('estate') + part('name')
}
