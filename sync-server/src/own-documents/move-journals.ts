/**
 * Brings the journals that an older version kept in the work documents into documents of their own, before anybody is served (decision
 * 0020). What is left of a quarter's work is stored as one snapshot, so that no row sends a journal to who may not read it.
 */
import { hasPending, moveJournal } from '@tongge/crdt'
import { formatDocumentName, parseDocumentName } from '@tongge/protocol'
import { encodeStateAsUpdate } from 'yjs'
import { relayAccount, type LoggedUpdate } from '../ports.ts'
import type { ApartMove } from './move-diaries.ts'
import { docOf, updatesOf } from './read-entries.ts'

const doneNote = 'journalsApart'
/** Begins the name of every root that holds one, and stays when it is empty. */
const mark = Buffer.from('journal/')

/** What breaks off is done anew at the next start. Work with damaged rows is left as it is, named, and tried again then. */
export async function moveJournalsOnce(move: ApartMove): Promise<void> {
  const { log, notes } = move
  if ((await notes.note(doneNote)) !== undefined) return
  let isDone = true
  for (const document of await log.documents()) if (!(await moveOne(document, move))) isDone = false
  if (isDone) await notes.setNote(doneNote, 'true')
}

/** False where the document cannot be read. */
async function moveOne(document: string, { log, logger }: ApartMove): Promise<boolean> {
  const name = parseDocumentName(document)
  if (name?.kind !== 'work') return true
  const apart = formatDocumentName({ ...name, kind: 'journal' })
  const stored = await log.read(document)
  if (!updatesOf(stored).some((update) => Buffer.from(update).includes(mark))) return true
  const work = docOf(updatesOf(stored))
  if (stored.damaged > 0 || hasPending(work)) {
    logger.error({ document }, 'the work document has damaged rows: a journal stays in it, for everybody who reads it')
    return false
  }
  const journal = docOf(updatesOf(await log.read(apart)))
  const rows: LoggedUpdate[] = []
  for (const [doc, of] of [
    [journal, apart],
    [work, document],
  ] as const)
    doc.on('update', (update: Uint8Array) => rows.push({ document: of, update, account: relayAccount }))
  const moved = moveJournal(work, journal, name.quarter)
  const sequences = rows.length > 0 ? await log.append(rows) : []
  const through = sequences[rows.findLastIndex((row) => row.document === document)] ?? stored.through
  await log.compact(document, encodeStateAsUpdate(work), through)
  logger.info({ document, rows: moved }, 'the journal has a document of its own')
  return true
}
