/** Keeps the public names of a grid's buildings as its ledger has them: they make up the directory and the list of a session's documents. */
import { createProjection } from '@tongge/crdt'
import { parseGridCode, type GridCode, type RecordId } from '@tongge/model'
import { formatDocumentName, parseDocumentName } from '@tongge/protocol'
import { applyUpdate, Doc } from 'yjs'
import type { Building } from '../accounts/accounts.ts'
import type { LoggedUpdate, Logger, StoredDocument, UpdateLog } from '../ports.ts'

export interface BuildingsWatch {
  /** The same log, whose appends are looked at once they are committed. */
  readonly log: UpdateLog
  /** Resolves when nothing is left to be read. */
  close(): Promise<void>
}

/** A building comes with its record's kind spelled out; edits of other records do without the word. */
const mark = Buffer.from('building')
/** An import is many updates; they are read together. */
const delay = 500

export function watchBuildings(log: UpdateLog, logger: Logger, onBuildings: (grid: GridCode, buildings: readonly Building[]) => Promise<void>): BuildingsWatch {
  const due = new Set<GridCode>()
  let timer: NodeJS.Timeout | undefined
  let reading: Promise<void> = Promise.resolve()

  const readDue = async (): Promise<void> => {
    for (const grid of due) {
      due.delete(grid)
      const stored = await log.read(formatDocumentName({ kind: 'ledger', grid }))
      await onBuildings(grid, buildingsIn(grid, stored))
    }
  }
  const flush = (): Promise<void> => {
    timer = undefined
    reading = reading.then(readDue).catch((error: unknown) => logger.error({ error: error instanceof Error ? error.message : 'unknown' }, 'buildings cannot be read'))
    return reading
  }
  const note = (rows: readonly LoggedUpdate[]): void => {
    for (const { document, update } of rows) {
      const name = parseDocumentName(document)
      const grid = name?.kind === 'ledger' && Buffer.from(update.buffer, update.byteOffset, update.length).includes(mark) ? parseGridCode(name.grid) : undefined
      if (!grid) continue
      due.add(grid)
      timer ??= setTimeout(() => void flush(), delay)
    }
  }
  return {
    log: {
      ...log,
      async append(rows) {
        const sequences = await log.append(rows)
        note(rows)
        return sequences
      },
    },
    close() {
      clearTimeout(timer)
      return flush()
    },
  }
}

function buildingsIn(grid: GridCode, { snapshot, tail }: StoredDocument): readonly Building[] {
  const ledger = new Doc()
  for (const update of [...(snapshot ? [snapshot] : []), ...tail]) applyUpdate(ledger, update)
  const projection = createProjection({ ledger, sensitive: undefined, work: new Map(), notes: new Map<RecordId, Doc>() }, grid, { foldTicket: () => undefined })
  const entries = [...projection.snapshot().entries.values()]
  projection.dispose()
  ledger.destroy()
  return entries.flatMap(({ id, kind, fields }) => (kind === 'building' ? [{ grid, id, name: nameOf(fields) }] : []))
}

/** Estate and number; both are public. */
function nameOf(fields: object): string {
  const part = (name: string): string => (Object.hasOwn(fields, name) ? String(Reflect.get(fields, name)) : '')
  return part('estate') + part('name')
}
