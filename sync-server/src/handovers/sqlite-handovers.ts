/** The quarantine in the accounts' file: what happened to it stands among the accounts' events, in the same transaction. What was written rests sealed. */
import type { GridCode, Instant } from '@tongge/model'
import type { AuditEvent } from '@tongge/protocol/audit'
import type { HandedEdit } from '@tongge/protocol'
import type Database from 'better-sqlite3'
import type { RowSeal } from '../ports.ts'
import { handoverLimits, type Decision, type Handover, type HandoverRecord, type Handovers } from './handovers.ts'

const schema = `
  create table if not exists handover (id text primary key, author text not null, grid text not null, document text not null,
    received_at integer not null, content blob, verdict text, decided_by text, decided_at integer) strict;
  create index if not exists handover_author on handover (author);
  create index if not exists handover_grid on handover (grid) where verdict is null;
`

type Row = {
  id: string
  author: string
  grid: string
  document: string
  received_at: number
  content: Uint8Array | null
  verdict: string | null
  decided_by: string | null
  decided_at: number | null
}
type Content = Omit<HandedEdit, 'id' | 'document'>

export interface SqliteHandoversOptions {
  /** Undefined where the relay has no key: what waits then rests as it is, like the log. */
  readonly seal: RowSeal | undefined
  /** Id of the key under which bytes rest. */
  readonly keyIdOf: (sealed: Uint8Array) => string | undefined
  /** Keeps events beside the accounts, within the running transaction. */
  readonly tell: (events: readonly AuditEvent[]) => void
  readonly now: () => Instant
}

export function createSqliteHandovers(
  database: Database.Database,
  { seal, keyIdOf, tell, now }: SqliteHandoversOptions,
): Handovers {
  database.exec(schema)
  // What is decided is gone, not only out of sight.
  database.pragma('secure_delete = ON')
  const one = database.prepare<[string], Row>('select * from handover where id = ?')
  const put = database.prepare(
    'insert into handover (id, author, grid, document, received_at, content) values (?, ?, ?, ?, ?, ?)',
  )
  const load = database.prepare<[string], { count: number; bytes: number | null }>(
    'select count(*) as count, sum(length(content)) as bytes from handover where author = ? and verdict is null',
  )
  const byAuthor = database.prepare<[string], Row>(
    'select * from handover where author = ? order by received_at, rowid',
  )
  const byGrid = database.prepare<[string], Row>(
    `select * from handover where grid = ? and verdict is null order by received_at, rowid limit ${handoverLimits.shown}`,
  )
  const settle = database.prepare(
    'update handover set content = null, verdict = ?, decided_by = ?, decided_at = ? where id = ?',
  )
  const everyContent = database.prepare<[], { id: string; content: Uint8Array }>(
    'select id, content from handover where content is not null',
  )
  const putContent = database.prepare('update handover set content = ? where id = ?')

  /** No document is called that: nothing sealed here opens in the log, or under another id. */
  const placeOf = (id: string): string => `handover/${id}`
  const sealed = (id: string, content: Content): Uint8Array => {
    const bytes = new TextEncoder().encode(JSON.stringify(content))
    return seal ? seal.seal(bytes, 'change', placeOf(id)) : bytes
  }
  const opened = ({ id, content }: Pick<Row, 'id' | 'content'>): Uint8Array | undefined => {
    if (!content) return undefined
    return seal ? seal.open(content, 'change', placeOf(id)) : keyIdOf(content) === undefined ? content : undefined
  }

  return {
    async take({ id, author, grid, document, ...content }) {
      return database
        .transaction((): HandoverRecord | 'foreign' | 'tooMuch' => {
          const known = one.get(id)
          if (known) return known.author === author ? toRecord(known) : 'foreign'
          const bytes = sealed(id, content)
          const { count = 0, bytes: waiting } = load.get(author) ?? { bytes: null }
          if (count >= handoverLimits.waiting || (waiting ?? 0) + bytes.length > handoverLimits.waitingBytes)
            return 'tooMuch'
          put.run(id, author, grid, document, now(), bytes)
          tell([{ type: 'handover', act: 'handedOver', account: author, author, handover: id, document }])
          return { id, author, grid }
        })
        .immediate()
    },
    async find(id) {
      const row = one.get(id)
      return row && toRecord(row)
    },
    async of(author) {
      return byAuthor.all(author).map(toRecord)
    },
    async waiting(grid) {
      return byGrid.all(grid).flatMap((row): Handover[] => {
        const bytes = opened(row)
        if (!bytes) return []
        const content = JSON.parse(new TextDecoder().decode(bytes)) as Content
        const { id, author, document, received_at: receivedAt } = row
        return [{ ...content, id, author, grid, document, receivedAt }]
      })
    },
    async decide(id, { verdict, by }) {
      return database
        .transaction((): Decision | undefined => {
          const row = one.get(id)
          const decision = row && toRecord(row).decision
          if (!row || decision) return decision
          const at = now()
          settle.run(verdict, by, at, id)
          const { author, document } = row
          tell([{ type: 'handover', act: verdict, account: by, author, handover: id, document }])
          return { verdict, by, at }
        })
        .immediate()
    },
    keys() {
      return new Set(everyContent.all().flatMap(({ content }) => keyIdOf(content) ?? []))
    },
    reseal() {
      return database
        .transaction(() => {
          let count = 0
          for (const row of everyContent.all()) {
            const bytes = seal && opened(row)
            if (!bytes) continue
            putContent.run(seal.seal(bytes, 'change', placeOf(row.id)), row.id)
            count++
          }
          return count
        })
        .immediate()
    },
  }
}

function toRecord({ id, author, grid, verdict, decided_by: by, decided_at: at }: Row): HandoverRecord {
  const record = { id, author, grid: grid as GridCode }
  if ((verdict !== 'adopted' && verdict !== 'discarded') || by === null || at === null) return record
  return { ...record, decision: { verdict, by, at } }
}
