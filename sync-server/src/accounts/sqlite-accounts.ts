/** Accounts in one SQLite file, beside the log but apart from it: a backup or a look at people needs no document, and the other way round. */
import { parameterChanges } from '@tongge/model'
import type { AuditEvent } from '@tongge/protocol/audit'
import Database from 'better-sqlite3'
import { randomUUID } from 'node:crypto'
import { accountEvents, type Standing } from './account-events.ts'
import type { Accounts } from './accounts.ts'
import { createEverHeld } from './ever-held.ts'
import { formatScope } from './scope.ts'
import {
  toAccount,
  toAssignment,
  toBuilding,
  toCommunity,
  toGrid,
  toSetParameters,
  toStaffDetails,
  toStreet,
  type AccountRow,
  type AssignmentRow,
  type GridRow,
  type ParametersRow,
} from './stored-rows.ts'

const schema = `
  create table if not exists street (code text primary key, name text not null) strict;
  create table if not exists community (code text primary key, name text not null) strict;
  create table if not exists grid (code text primary key, name text not null, kind text not null check (kind in ('basic', 'dedicated'))) strict;
  create table if not exists building (grid text not null, id text not null, name text not null, primary key (grid, id)) strict, without rowid;
  create table if not exists account (account text primary key, name text not null, password_hash text not null, disabled integer not null) strict, without rowid;
  create table if not exists assignment (
    account text not null references account on delete cascade, role text not null, scope text not null, since text, until text,
    primary key (account, role, scope)) strict, without rowid;
  create table if not exists session (hash blob primary key, account text not null references account on delete cascade,
    created_at integer not null, seen_at integer not null) strict, without rowid;
  create table if not exists contact (session blob primary key references session on delete cascade, at integer not null) strict, without rowid;
  create index if not exists session_account on session (account);
  create table if not exists note (key text primary key, value text not null) strict, without rowid;
  create table if not exists grid_detail (grid text primary key references grid on delete cascade, fields text not null) strict, without rowid;
  create table if not exists staff_detail (account text primary key references account on delete cascade, fields text not null)
    strict, without rowid;
  create table if not exists parameters (id integer primary key autoincrement, community text not null, at integer not null,
    by text not null, value text not null) strict;
  create index if not exists parameters_community on parameters (community, id);
  create table if not exists event (id integer primary key autoincrement, at integer not null, event text not null) strict;
`
/** Raised with each change of the schema that an older relay could not read; what is added stands in tables of its own, which it passes over. */
const schemaVersion = 1

/** Something else that is kept in the same file; `tell` keeps events within its transactions. */
export type KeptBeside = (database: Database.Database, tell: (events: readonly AuditEvent[]) => void) => void

/** `file` may be `:memory:`. Throws when the file cannot be opened or was written by a newer version. */
export function openSqliteAccounts(file: string, now: () => number = Date.now, beside?: KeptBeside): Accounts {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('busy_timeout = 5000')
  const found = Number(db.pragma('user_version', { simple: true }))
  if (found > schemaVersion)
    throw new Error(`${file} was written by a newer version (schema ${found}); this one reads up to ${schemaVersion}`)
  db.exec(schema)
  db.pragma(`user_version = ${schemaVersion}`)

  const oneAccount = db.prepare<[string], AccountRow>('select * from account where account = ?')
  const everyAccount = db.prepare<[], AccountRow>('select * from account order by account')
  const putAccount = db.prepare(
    `insert into account values (@account, @name, @passwordHash, @disabled)
     on conflict (account) do update set name = excluded.name, password_hash = excluded.password_hash, disabled = excluded.disabled`,
  )
  const dropAssignments = db.prepare('delete from assignment where account = ?')
  const putAssignment = db.prepare('insert or replace into assignment values (?, ?, ?, ?, ?)')
  const setHash = db.prepare('update account set password_hash = ? where account = ?')
  const dropSessions = db.prepare('delete from session where account = ?')
  const putSession = db.prepare('insert into session values (?, ?, ?, ?)')
  const oneSession = db.prepare<[Uint8Array], { account: string; created_at: number; seen_at: number }>(
    'select account, created_at, seen_at from session where hash = ?',
  )
  const seenSession = db.prepare('update session set seen_at = ? where hash = ?')
  const dropSession = db.prepare('delete from session where hash = ?')
  const expire = db.prepare('delete from session where created_at < ? or seen_at < ?')
  const oneContact = db.prepare<[Uint8Array], { at: number }>('select at from contact where session = ?')
  const putContact = db.prepare('insert or replace into contact select hash, ? from session where hash = ?')
  const oneNote = db.prepare<[string], { value: string }>('select value from note where key = ?')
  const putNote = db.prepare('insert or replace into note values (?, ?)')
  const everyAssignment = db.prepare<[], AssignmentRow>('select * from assignment order by account, role, scope')
  const assignmentsOf = db.prepare<[string], AssignmentRow>(
    'select * from assignment where account = ? order by role, scope',
  )
  const putEvent = db.prepare('insert into event (at, event) values (?, ?)')
  const eventsAfter = db.prepare<[number, number], { id: number; at: number; event: string }>(
    'select * from event where id > ? order by id limit ?',
  )
  const everyGrid = db.prepare<[], GridRow>(
    'select code, name, kind, fields from grid left join grid_detail on grid = code order by code, name',
  )
  const putGridDetails = db.prepare('insert or replace into grid_detail values (?, ?)')
  const putStaffDetails = db.prepare('insert or replace into staff_detail values (?, ?)')
  const everyStaffDetail = db.prepare<[], { account: string; fields: string }>(
    'select * from staff_detail order by account',
  )
  const oneStaffDetail = db.prepare<[string], string>('select fields from staff_detail where account = ?').pluck()
  const everyParameters = db.prepare<[string], ParametersRow>(
    'select id, at, by, value from parameters where community = ? order by id',
  )
  const lastParameters = db.prepare<[string], ParametersRow>(
    'select id, at, by, value from parameters where community = ? order by id desc limit 1',
  )
  const putParameters = db.prepare('insert into parameters (community, at, by, value) values (?, ?, ?, ?)')
  const dropBuildings = db.prepare('delete from building where grid = ?')
  const putPlace = {
    streets: db.prepare(
      'insert into street values (@code, @name) on conflict (code) do update set name = excluded.name',
    ),
    communities: db.prepare(
      'insert into community values (@code, @name) on conflict (code) do update set name = excluded.name',
    ),
    grids: db.prepare(
      'insert into grid values (@code, @name, @kind) on conflict (code) do update set name = excluded.name, kind = excluded.kind',
    ),
    buildings: db.prepare(
      'insert into building values (@grid, @id, @name) on conflict (grid, id) do update set name = excluded.name',
    ),
  }

  db.prepare("insert or ignore into note values ('name', ?)").run(randomUUID())
  const name = oneNote.get('name')?.value ?? ''
  const keepEvents = (events: readonly AuditEvent[]): void => {
    for (const event of events) putEvent.run(now(), JSON.stringify(event))
  }
  beside?.(db, keepEvents)
  const everHeld = createEverHeld(db)
  const standingOf = (account: string): Standing | undefined => {
    const row = oneAccount.get(account)
    return (
      row && {
        account: toAccount(row),
        assignments: assignmentsOf.all(account).flatMap(toAssignment),
        details: oneStaffDetail.get(account),
      }
    )
  }

  return {
    name,
    async find(account) {
      const row = oneAccount.get(account)
      return row && toAccount(row)
    },
    async all() {
      return everyAccount.all().map(toAccount)
    },
    async save(accounts, assignments, by = 'relay', staff = new Map()) {
      db.transaction(() => {
        const before = accounts.map(({ account }) => standingOf(account))
        for (const one of accounts) {
          putAccount.run({ ...one, disabled: one.disabled ? 1 : 0 })
          dropAssignments.run(one.account)
          if (one.disabled) dropSessions.run(one.account)
        }
        for (const { account, role, scope, from, to } of assignments)
          putAssignment.run(account, role, formatScope(scope), from ?? null, to ?? null)
        for (const [account, details] of staff) putStaffDetails.run(account, JSON.stringify(details))
        for (const [index, { account }] of accounts.entries()) {
          const after = standingOf(account)
          if (after) keepEvents(accountEvents(before[index], after, by))
        }
      }).immediate()
    },
    async staff() {
      return new Map(everyStaffDetail.all().map(({ account, fields }) => [account, toStaffDetails(fields)]))
    },
    async setPassword(account, passwordHash, by = 'relay') {
      return db
        .transaction(() => {
          dropSessions.run(account)
          const isSet = setHash.run(passwordHash, account).changes > 0
          if (isSet) keepEvents([{ type: 'password', account, by }])
          return isSet
        })
        .immediate()
    },
    async happened(event) {
      keepEvents([event])
    },
    async events(after, limit) {
      return eventsAfter
        .all(after, limit)
        .map(({ id, at, event }) => ({ id, at, event: JSON.parse(event) as AuditEvent }))
    },
    async assignments(account) {
      return (account === undefined ? everyAssignment.all() : assignmentsOf.all(account)).flatMap(toAssignment)
    },
    async everHeld(account) {
      return everHeld(account)
    },
    async territory() {
      const rows = (table: string): Record<string, string>[] =>
        db.prepare<[], Record<string, string>>(`select * from ${table} order by 1, 2`).all()
      return {
        streets: rows('street').flatMap(toStreet),
        communities: rows('community').flatMap(toCommunity),
        grids: everyGrid.all().flatMap(toGrid),
        buildings: rows('building').flatMap(toBuilding),
      }
    },
    async saveTerritory(places) {
      db.transaction(() => {
        for (const place of places.streets ?? []) putPlace.streets.run(place)
        for (const place of places.communities ?? []) putPlace.communities.run(place)
        for (const { code, name, kind, details } of places.grids ?? []) {
          putPlace.grids.run({ code, name, kind })
          if (details) putGridDetails.run(code, JSON.stringify(details))
        }
        for (const place of places.buildings ?? []) putPlace.buildings.run(place)
      }).immediate()
    },
    async setBuildings(grid, buildings) {
      db.transaction(() => {
        dropBuildings.run(grid)
        for (const place of buildings) putPlace.buildings.run(place)
      }).immediate()
    },
    async parameters(community) {
      return everyParameters.all(community).map(toSetParameters)
    },
    async setParameters(community, parameters, { by, version }) {
      return db
        .transaction(() => {
          const row = lastParameters.get(community)
          if ((row?.id ?? 0) !== version) return undefined
          const last = row && toSetParameters(row)
          const changes = parameterChanges(last?.parameters ?? {}, parameters)
          if (last && changes.length === 0) return last
          const at = now()
          const { lastInsertRowid } = putParameters.run(community, at, by, JSON.stringify(parameters))
          keepEvents([{ type: 'parameters', community, changes, by }])
          return { version: Number(lastInsertRowid), at, by, parameters }
        })
        .immediate()
    },
    async addSession(hash, session) {
      putSession.run(hash, session.account, session.createdAt, session.seenAt)
    },
    async session(hash) {
      const row = oneSession.get(hash)
      return row && { account: row.account, createdAt: row.created_at, seenAt: row.seen_at }
    },
    async touchSession(hash, seenAt) {
      seenSession.run(seenAt, hash)
    },
    async removeSession(hash) {
      dropSession.run(hash)
    },
    async expireSessions(createdBefore, seenBefore) {
      expire.run(createdBefore, seenBefore)
    },
    async contact(session) {
      return oneContact.get(session)?.at
    },
    async setContacts(contacts) {
      if (contacts.length === 0) return
      db.transaction(() => {
        for (const [session, at] of contacts) putContact.run(at, session)
      }).immediate()
    },
    async note(key) {
      return oneNote.get(key)?.value
    },
    async setNote(key, value) {
      putNote.run(key, value)
    },
    async version() {
      return Number(db.pragma('data_version', { simple: true }))
    },
    async verify() {
      const found = db.prepare<[], string>('pragma integrity_check').pluck().all()
      return found.length === 1 && found[0] === 'ok' ? [] : found
    },
    async backup(to) {
      await db.backup(to)
    },
    async close() {
      db.close()
    },
  }
}
