/** A guard over the documents of one grid, and people who write in them as the app does, or otherwise. For tests. */
import { applyEdits, openCoText, type GridDocuments, type Writer } from '@tongge/crdt'
import {
  mayRead,
  type AccountId,
  type Edit,
  type Quarter,
  type RecordId,
  type Role,
  type Step,
  type StepAction,
} from '@tongge/model'
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector, getState } from 'yjs'
import type { Logger, Verdict } from '../../sync-server/src/ports.ts'
import { createGuard } from '../../sync-server/src/guard/guard.ts'
import { writeReceipts } from '../../sync-server/src/guard/write-receipts.ts'

export const grid = '990101001001001'
export type Name = 'ledger' | 'sensitive' | 'diary' | 'work' | 'journal' | 'notes'
export const names: Readonly<Record<Name, string>> = {
  ledger: `grid/${grid}/ledger`,
  sensitive: `grid/${grid}/sensitive`,
  diary: `grid/${grid}/diary`,
  work: `grid/${grid}/work/2026q4`,
  journal: `grid/${grid}/journal/2026q4`,
  notes: `grid/${grid}/building/b1/notes`,
}

const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined }
const start = Date.parse('2026-11-20T00:00:00Z')
/** The relay's own. */
const ownClient = 4_000_000_000

export interface Stage {
  readonly relay: Readonly<Record<Name, Doc>>
  /** Has an update judged, and takes it in if it is allowed, with the receipts of what it brings. */
  send(name: Name, update: Uint8Array, by: { readonly account: string; readonly roles: readonly Role[] }): Verdict
  person(account: string, ...roles: Role[]): Person
}

export interface Person {
  readonly account: string
  readonly roles: readonly Role[]
  readonly writer: Writer
  /** As the app writes it; answers the first refusal, or `allowed`. Nothing of what was refused stays with the person. */
  edit(...edits: readonly Edit[]): string
  type(ticket: string, text: string): string
  step(action: StepAction, more?: Partial<Step>): string
  /** Whatever one may do to a document. */
  hack(name: Name, change: (doc: Doc) => void): string
}

export interface StageOptions {
  /** As for a while after a restore. */
  readonly isHealing?: boolean
  /** False where stored rows are damaged. */
  readonly isWhole?: boolean
}

export function createStage({ isHealing = false, isWhole = true }: StageOptions = {}): Stage {
  const guard = createGuard({ logger: silent, isHealing: () => isHealing })
  const relay = emptyDocs()
  let now = start
  let steps = 0
  for (const name of Object.values(names)) guard.opened?.(name, [], isWhole)

  const take = (name: Name, update: Uint8Array): void => {
    guard.admitted?.(names[name], update)
    applyUpdate(relay[name], update)
  }
  const send: Stage['send'] = (name, update, by) => {
    const verdict = guard.judge(names[name], update, by)
    if (!verdict.allowed) return verdict
    take(name, update)
    const receipts = (verdict.received ?? []).map((of) => ({ of, received: now, lastContact: start }))
    if (receipts.length > 0) take(name, writeReceipts(receipts, ownClient, getState(relay[name].store, ownClient)))
    return verdict
  }

  const person = (account: string, ...roles: Role[]): Person => {
    const writer: Writer = {
      slot: `slot${account}`,
      account: account as AccountId,
      device: `phone of ${account}`,
      now: () => (now += 1000),
    }
    const attempt = (work: (docs: Record<Name, Doc>) => void): string => {
      const docs = emptyDocs()
      for (const name of Object.keys(names) as Name[]) applyUpdate(docs[name], encodeStateAsUpdate(relay[name]))
      work(docs)
      for (const name of Object.keys(names) as Name[]) {
        const update = encodeStateAsUpdate(docs[name], encodeStateVector(relay[name]))
        if (!hasNews(relay[name], update)) continue
        const verdict = send(name, update, { account, roles })
        if (!verdict.allowed) return verdict.reason
      }
      return 'allowed'
    }
    return {
      account,
      roles,
      writer,
      edit: (...edits) =>
        attempt((docs) => {
          const { unplaced } = applyEdits(readable(gridOf(docs), roles), edits, writer)
          // Who may not even read it has it from elsewhere.
          if (unplaced.length > 0) applyEdits(gridOf(docs), edits, writer)
        }),
      type: (ticket, text) =>
        attempt((docs) => {
          const description = openCoText(
            gridOf(docs),
            { kind: 'ticket', id: ticket as RecordId, field: 'description' },
            writer,
          )
          description?.splice(description.value().length, 0, text)
          description?.dispose()
        }),
      step: (action, more = {}) =>
        attempt((docs) => {
          const step: Step = {
            id: `step${++steps}` as RecordId,
            ticket: 't1' as RecordId,
            action,
            from: 'submitted',
            to: 'registered',
            actor: writer.account,
            role: roles[0] ?? 'resident',
            device: writer.device,
            at: writer.now(),
            clock: 0,
            ...more,
          }
          applyEdits(gridOf(docs), [{ op: 'step', step }], writer)
        }),
      hack: (name, change) => attempt((docs) => docs[name].transact(() => change(docs[name]))),
    }
  }
  return { relay, send, person }
}

function emptyDocs(): Record<Name, Doc> {
  return {
    ledger: new Doc(),
    sensitive: new Doc(),
    diary: new Doc(),
    work: new Doc(),
    journal: new Doc(),
    notes: new Doc(),
  }
}

export function gridOf({ ledger, sensitive, diary, work, journal, notes }: Readonly<Record<Name, Doc>>): GridDocuments {
  return {
    ledger,
    sensitive,
    diary,
    work: new Map([['2026q4' as Quarter, work]]),
    journal: new Map([['2026q4' as Quarter, journal]]),
    notes: new Map([['b1' as RecordId, notes]]),
  }
}

function readable(documents: GridDocuments, roles: readonly Role[]): GridDocuments {
  const { ledger, sensitive, diary, work, journal, notes } = documents
  return {
    ledger: mayRead(roles, 'ledger') ? ledger : undefined,
    sensitive: mayRead(roles, 'sensitive') ? sensitive : undefined,
    diary: mayRead(roles, 'diary') ? diary : undefined,
    work: mayRead(roles, 'work') ? work : new Map(),
    journal: mayRead(roles, 'journal') ? journal : new Map(),
    notes: mayRead(roles, 'notes') ? notes : new Map(),
  }
}

function hasNews(doc: Doc, update: Uint8Array): boolean {
  const copy = new Doc()
  applyUpdate(copy, encodeStateAsUpdate(doc))
  let isNews = false
  copy.on('update', () => (isNews = true))
  applyUpdate(copy, update)
  return isNews
}

/** A ticket's first step. */
export const birth: NonNullable<Step['birth']> = {
  no: '001-1120-00001AA',
  source: 'grid',
  category: 'facility.repair',
  title: '路灯不亮',
  place: '1号楼',
  occurredAt: start,
  severity: 'normal',
  level: 'grid',
  visibility: 'public',
}
