/** Turns a grid's demo content into its documents, by the same edits a device would make. */
import type { Quarter, RecordId } from '@tongge/model'
import { applyEdits, openCoText, type GridDocuments } from '@tongge/crdt'
import { formatDocumentName } from '@tongge/protocol'
import { Doc, encodeStateAsUpdate } from 'yjs'
import { create, type Batch } from './content.ts'
import type { DiaryEntry } from './diaries.ts'
import type { GridContent } from './grid.ts'

export interface WrittenDocument {
  readonly document: string
  readonly update: Uint8Array
}

/** Replicas of the demo: no device is ever leased a number this small. */
const firstClient = 1000

export function writeGrid(grid: string, content: GridContent): readonly WrittenDocument[] {
  const replicas = new Map<string, Doc>()
  const open = (name: string): Doc => {
    const doc = new Doc()
    doc.clientID = firstClient + replicas.size
    replicas.set(name, doc)
    return doc
  }
  const ledger = open(formatDocumentName({ kind: 'ledger', grid }))
  const sensitive = open(formatDocumentName({ kind: 'sensitive', grid }))
  const work = new Map<Quarter, Doc>()
  for (const [quarter, steps] of content.tickets) {
    const doc = open(formatDocumentName({ kind: 'work', grid, quarter }))
    work.set(quarter, doc)
    const documents: GridDocuments = {
      ledger: undefined,
      sensitive,
      work: new Map([[quarter, doc]]),
      notes: new Map(),
    }
    for (const { step, description, reporter } of steps) {
      write(documents, {
        at: step.at,
        by: step.actor,
        device: step.device,
        edits: [
          ...(reporter ? [create('reporter', step.ticket, reporter)] : []),
          { op: 'step', step, ...(description === undefined ? {} : { description }) },
        ],
      })
    }
  }
  const notes = new Map<RecordId, Doc>()
  for (const building of content.notes.keys())
    notes.set(building, open(formatDocumentName({ kind: 'notes', grid, building })))

  const diary = open(formatDocumentName({ kind: 'diary', grid }))

  const documents: GridDocuments = { ledger, sensitive, diary, work, notes }
  for (const batch of [...content.ledger, ...[...content.notes.values()].flat()]) write(documents, batch)
  for (const entry of content.diaries) writeDiary(documents, entry)
  return [...replicas].map(([document, doc]) => {
    const update = encodeStateAsUpdate(doc)
    doc.destroy()
    return { document, update }
  })
}

function write(documents: GridDocuments, { at, by, device, edits }: Batch): void {
  const { unplaced } = applyEdits(documents, edits, { slot: `demo-${by}`, account: by, device, now: () => at })
  if (unplaced.length > 0) throw new Error(`the demo made ${unplaced.length} edits that no document takes`)
}

function writeDiary(documents: GridDocuments, { household, at, by, text }: DiaryEntry): void {
  const writer = { slot: `demo-${by}`, account: by, device: '演示手机', now: () => at }
  const diary = openCoText(documents, { kind: 'household', id: household, field: 'diary' }, writer)
  diary?.splice(diary.value().length, 0, text)
  diary?.dispose()
}
