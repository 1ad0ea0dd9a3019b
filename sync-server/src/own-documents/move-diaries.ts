/**
 * Brings the diaries that an older version kept in the ledgers into documents of their own, before anybody is served (decision 0017).
 * What is left of a ledger is stored as one snapshot, so that no row sends a diary to who may not read it.
 */
import { hasPending, moveDiaries } from '@tongge/crdt'
import type { AccountId } from '@tongge/model'
import { formatDocumentName, generationOf, parseDocumentName } from '@tongge/protocol'
import { encodeStateAsUpdate } from 'yjs'
import { MovedOn, relayAccount, type LoggedUpdate, type Logger, type StoredDocument, type UpdateLog } from '../ports.ts'
import { docOf, updatesOf } from './read-entries.ts'

export interface ApartMove {
  readonly log: UpdateLog
  readonly notes: {
    note(key: string): Promise<string | undefined>
    setNote(key: string, value: string): Promise<void>
  }
  readonly logger: Logger
  readonly now: () => number
}

const doneNote = 'diariesApart'
/** Stands in the key of every diary, and stays there when the diary is empty. */
const mark = Buffer.from('/di/')

/** What breaks off is done anew at the next start. A ledger with damaged rows is left as it is, named, and tried again then. */
export async function moveDiariesOnce(move: ApartMove): Promise<void> {
  const { log, notes } = move
  if ((await notes.note(doneNote)) !== undefined) return
  const ledgersByGrid = new Map<string, string[]>()
  for (const document of await log.documents()) {
    const name = parseDocumentName(document)
    if (name?.kind === 'ledger') ledgersByGrid.set(name.grid, [...(ledgersByGrid.get(name.grid) ?? []), document])
  }
  let isDone = true
  for (const [grid, ledgers] of ledgersByGrid) {
    ledgers.sort((a, b) => generationOf(a) - generationOf(b))
    if (!(await untilNobodyElse(() => moveGrid(grid, ledgers, move)))) isDone = false
  }
  if (isDone) await notes.setNote(doneNote, 'true')
}

/** Two relays may start at once. */
async function untilNobodyElse<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof MovedOn)) throw error
    return untilNobodyElse(work)
  }
}

/** `ledgers` are the generations, oldest first. False where one cannot be read. */
async function moveGrid(grid: string, ledgers: readonly string[], { log, logger, now }: ApartMove): Promise<boolean> {
  const document = formatDocumentName({ kind: 'diary', grid })
  const stored = await Promise.all(ledgers.map((ledger) => log.read(ledger)))
  if (!stored.some(mentionsDiaries)) return true
  const before = await log.read(document)
  const diary = docOf(updatesOf(before))
  const docs = stored.map((one) => docOf(updatesOf(one)))
  if (stored.some(({ damaged }) => damaged > 0) || docs.some((doc) => hasPending(doc))) {
    logger.error({ grid }, 'the ledger has damaged rows: its diaries stay in it, for everybody who reads it')
    return false
  }
  const rows: LoggedUpdate[] = []
  for (const [doc, of] of [
    [diary, document] as const,
    ...docs.map((doc, index) => [doc, ledgers[index] ?? ''] as const),
  ])
    doc.on('update', (update: Uint8Array) => rows.push({ document: of, update, account: relayAccount }))
  const writer = { slot: relayAccount, account: relayAccount as AccountId, device: '', now }
  const texts = docs.map((doc, index) => moveDiaries(doc, index === docs.length - 1 ? diary : undefined, writer))
  const at = new Map([
    [document, before.through],
    ...stored.map(({ through }, index) => [ledgers[index] ?? '', through] as const),
  ])
  const sequences = rows.length > 0 ? await log.append(rows, at) : []
  for (const [index, doc] of docs.entries()) {
    const ledger = ledgers[index] ?? ''
    const through = sequences[rows.findLastIndex((row) => row.document === ledger)] ?? stored[index]?.through ?? 0
    await log.compact(ledger, encodeStateAsUpdate(doc), through)
  }
  if (rows.length > 0) logger.info({ grid, texts: texts.at(-1) }, 'diaries have a document of their own')
  return true
}

function mentionsDiaries(stored: StoredDocument): boolean {
  return updatesOf(stored).some(({ buffer, byteOffset, length }) =>
    Buffer.from(buffer, byteOffset, length).includes(mark),
  )
}
