/** People of a relay who sign in over HTTP and open their documents with the app's own link. */
import { createProjection, type GridDocuments } from '@tongge/crdt'
import { createCalendar, foldTicket, type GridCode, type Quarter, type RecordId, type Snapshot } from '@tongge/model'
import { parseDocumentName, type SessionAnswer } from '@tongge/protocol'
import { createRelayLink, webSocketOpener } from '@tongge/sync'
import { WebSocket } from 'ws'
import { Doc } from 'yjs'
import { password, post } from './fixtures.ts'

export interface SignedIn {
  readonly answer: SessionAnswer
  /** Resolves once all of it is here; rejects with a `ProviderFailure` where the relay refuses one. */
  open(names: readonly string[]): Promise<ReadonlyMap<string, Doc>>
  close(): Promise<void>
}

export async function signInAt(port: number, account: string): Promise<SignedIn> {
  const response = await fetch(`http://127.0.0.1:${port}/api/session`, post({ account, password }))
  if (response.status !== 200) throw new Error(`${account} cannot sign in: ${response.status}`)
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
  const Socket = class extends WebSocket {
    constructor(url: string, protocols: string) {
      super(url, protocols, { headers: { cookie } })
    }
  }
  const link = createRelayLink({
    url: `ws://127.0.0.1:${port}/sync`,
    createSocket: webSocketOpener(Socket as unknown as new (url: string, protocols: string) => globalThis.WebSocket),
    random: Math.random,
    now: Date.now,
    setTimer: (callback, milliseconds) => {
      const timer = setTimeout(callback, milliseconds)
      return () => clearTimeout(timer)
    },
  })
  link.connect()
  return {
    answer: (await response.json()) as SessionAnswer,
    async open(names) {
      const docs = new Map(names.map((name) => [name, new Doc()]))
      await Promise.all([...docs].map(([name, doc]) => link.attach(name, doc).ready))
      return docs
    },
    close: () => link.close(),
  }
}

/** What the documents of a grid say together. */
export function readGrid(grid: GridCode, docs: ReadonlyMap<string, Doc>): Snapshot {
  const work = new Map<Quarter, Doc>()
  const notes = new Map<RecordId, Doc>()
  const read: { ledger: Doc | undefined; sensitive: Doc | undefined } = { ledger: undefined, sensitive: undefined }
  for (const [text, doc] of docs) {
    const name = parseDocumentName(text)
    if (!name || !('grid' in name) || name.grid !== grid) continue
    if (name.kind === 'work') work.set(name.quarter, doc)
    else if (name.kind === 'notes') notes.set(name.building as RecordId, doc)
    else if (name.kind === 'ledger' || name.kind === 'sensitive') read[name.kind] = doc
  }
  const documents: GridDocuments = { ...read, work, notes }
  const calendar = createCalendar()
  return createProjection(documents, grid, { foldTicket: (steps) => foldTicket(steps, calendar) }).snapshot()
}
