/** A co-edited text of a record or a ticket, as one string with splices, whatever number of texts it is made of. */
import { fieldOf } from '@tongge/model'
import { Text, type Transaction, UndoManager, YTextEvent, type Doc } from 'yjs'
import type { CoText, CoTextAddress, CoTextDelta, GridDocuments, LocalOrigin, Writer } from '../api.ts'
import { fieldHomeOf, journalsOf, ticketHomeOf } from '../documents.ts'
import { descriptionField, slotKey, textsOf } from '../layout.ts'
import { localOrigin } from '../origin.ts'
import { appendJournal, textRow } from '../write/journal.ts'
import { migrate } from '../write/migrate.ts'
import { recordIndexOf } from '../record-index.ts'
import { deltaOf, partsOf, spliceParts, wholeCharacters } from './text-parts.ts'

/** Typing within this time of the last is taken back together. */
const runLength = 800
/** Milliseconds of writing that are one line of the record's history. It is written as they begin: an app may end at any moment. */
const sittingLength = 1_800_000

/** Undefined when the record's or ticket's document is not open, or the field is no co-edited text. */
export function openCoText(
  documents: GridDocuments,
  { kind, id, field }: CoTextAddress,
  writer: Writer,
): CoText | undefined {
  if (kind === 'ticket') {
    const home = field === descriptionField ? ticketHomeOf(documents, id) : undefined
    return home && createCoText(home.doc, id, field, localOrigin([`ticket/${id}`]), writer)
  }
  const known = fieldOf(kind, field)
  if (known?.type !== 'coText') return undefined
  const home = fieldHomeOf(documents, kind, id, field)
  const origin = localOrigin([`${kind}/${id}`])
  return (
    home &&
    createCoText(home.doc, id, known.code, origin, writer, noteSittings(documents, id, known.code, origin, writer))
  )
}

function noteSittings(
  documents: GridDocuments,
  id: string,
  code: string,
  origin: LocalOrigin,
  writer: Writer,
): (at: number) => void {
  const journal = journalsOf(documents)[0]
  let notedAt = Number.NEGATIVE_INFINITY
  return (at) => {
    if (!journal || Math.abs(at - notedAt) < sittingLength) return
    notedAt = at
    const pen = { writer, at }
    journal.doc.transact(() => appendJournal(journal, pen, [textRow(pen, id, code)]), origin)
  }
}

function createCoText(
  doc: Doc,
  id: string,
  field: string,
  origin: LocalOrigin,
  writer: Writer,
  /** Told when something is typed. */
  onTyped: (at: number) => void = () => undefined,
): CoText {
  const texts = textsOf(doc)
  const listeners = new Set<(delta: readonly CoTextDelta[]) => void>()
  recordIndexOf(doc)
  let parts = partsOf(doc, id, field)
  let lengthByKey = lengthsOf(parts)
  let lastTyped = Number.NEGATIVE_INFINITY
  // The undo manager is the origin of the transactions it makes: marked, they count as local edits like any other.
  const undoManager = Object.assign(
    new UndoManager(texts, { trackedOrigins: new Set([origin]), captureTimeout: Number.POSITIVE_INFINITY }),
    origin,
  )

  const follow = (events: readonly { readonly target: unknown }[], transaction: Transaction): void => {
    const before = lengthByKey
    parts = partsOf(doc, id, field)
    lengthByKey = lengthsOf(parts)
    if (transaction.origin === origin) return
    const eventByText = new Map(
      events.flatMap((event) => (event instanceof YTextEvent ? [[event.target, event.delta] as const] : [])),
    )
    const changes = new Map(parts.flatMap(({ key, text }) => [[key, eventByText.get(text) ?? []] as const]))
    const delta = deltaOf(before, parts, changes)
    if (delta.length > 0) for (const listener of listeners) listener(delta)
  }
  texts.observeDeep(follow)
  const value = (): string => parts.map(({ text }) => text.toJSON()).join('')

  return {
    value,
    splice(at, remove, insert) {
      const [from, count, whole] = wholeCharacters(value(), at, remove, insert)
      if (count === 0 && whole === '') return
      // Outside the run that undo takes back: removing the text itself would take others' words with it.
      if (parts.length === 0)
        doc.transact(() => createText(doc, slotKey(id, field, writer.slot)), localOrigin(origin.subjects))
      const now = writer.now()
      if (Math.abs(now - lastTyped) > runLength) undoManager.stopCapturing()
      lastTyped = now
      doc.transact(() => spliceParts(parts, from, count, whole), origin)
      onTyped(now)
    },
    onRemote(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    undo() {
      undoManager.undo()
    },
    dispose() {
      texts.unobserveDeep(follow)
      undoManager.destroy()
      listeners.clear()
    },
  }
}

function createText(doc: Doc, key: string): void {
  textsOf(doc).set(key, new Text())
  migrate(doc)
}

function lengthsOf(parts: readonly { readonly key: string; readonly text: Text }[]): ReadonlyMap<string, number> {
  return new Map(parts.map(({ key, text }) => [key, text.length]))
}
