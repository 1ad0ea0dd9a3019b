/** A person of some role at work in a grid, with the documents that the role may read; often without a network. */
import { applyEdits, createProjection, createUndoStack, openCoText, type GridDocuments } from '@tongge/crdt'
import {
  allowedSteps,
  codeList,
  createCalendar,
  fieldsOf,
  foldTicket,
  mayRead,
  mayWrite,
  mayWriteDocument,
  plan,
  revealReasons,
  tables,
  type AccountId,
  type Command,
  type Entry,
  type Field,
  type FieldValues,
  type GridCode,
  type Kind,
  type RecordId,
  type Role,
  type Snapshot,
  type Value,
} from '@tongge/model'
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import type { RandomSource } from '../support/random-source.ts'
import { grid, names, type Name } from './guard-stage.ts'

export interface Colleague {
  readonly account: string
  readonly role: Role
  /** Does one thing that the app would let them do; answers what, or undefined. */
  act(): string | undefined
  /** What they wrote that a document at the relay lacks. */
  news(name: Name, relay: Doc): Uint8Array | undefined
  hear(name: Name, relay: Doc): void
}

export interface World {
  readonly random: RandomSource
  readonly now: () => number
  readonly newId: () => RecordId
}

const calendar = createCalendar()
const building = 'b1' as RecordId
const kinds = Object.keys(tables) as Kind[]

export function createColleague(role: Role, number: number, world: World): Colleague {
  const { random, now, newId } = world
  const account = `${role}${number}`
  const readable = (Object.keys(names) as Name[]).filter((name) => mayRead([role], name))
  const docs = new Map(readable.map((name) => [name, new Doc()] as const))
  const documents: GridDocuments = {
    ledger: docs.get('ledger'),
    sensitive: docs.get('sensitive'),
    diary: docs.get('diary'),
    work: new Map(pairOf('2026q4', docs.get('work'))),
    journal: new Map(pairOf('2026q4', docs.get('journal'))),
    notes: new Map(pairOf(building, docs.get('notes'))),
  }
  const projection = createProjection(documents, grid as GridCode, {
    foldTicket: (steps, receipts) => foldTicket(steps, calendar, receipts),
  })
  const undo = createUndoStack()
  const writer = { slot: `slot${account}`, account: account as AccountId, device: `phone of ${role}`, now }
  const actor = {
    account: writer.account,
    roles: [role],
    device: writer.device,
    grid: grid as GridCode,
    buildings: role === 'volunteer' || role === 'buildingLeader' ? [building] : [],
  }

  const command = (one: Command): string | undefined => {
    const planned = plan(projection.snapshot(), one, { actor, now: now(), newId })
    if (!planned.ok) return undefined
    const applied = applyEdits(documents, planned.value, writer)
    if (applied.unplaced.length > 0) return undefined
    undo.record(applied)
    return one.do
  }
  const acts: readonly (() => string | undefined)[] = [
    () => command({ do: 'addRecord', ...anyRecord(projection.snapshot(), random) }),
    () =>
      command({
        do: 'addNote',
        fields: { noteType: 'note', building: 'b1', ...someFields('note', projection.snapshot(), random) },
      }),
    ...Array.from({ length: 6 }, () => () => change(projection.snapshot())),
    () => command({ do: 'deleteRecord', id: anyOf(projection.snapshot().entries, random) }),
    () => command({ do: 'restoreRecord', id: anyOf(projection.snapshot().trash, random) }),
    () => settle(projection.snapshot()),
    () => merge(projection.snapshot()),
    () => command({ do: 'confirmUnchanged', household: anyOf(projection.snapshot().entries, random) }),
    () => command({ do: 'reportTicket', birth, description: '不亮' }),
    () => look(projection.snapshot()),
    () => step(projection.snapshot()),
    () => step(projection.snapshot()),
    () => type(projection.snapshot()),
    () => (undo.undo(documents, projection.snapshot(), writer) ? 'undo' : undefined),
    () => (undo.redo(documents, projection.snapshot(), writer) ? 'redo' : undefined),
  ]

  function change({ entries }: Snapshot): string | undefined {
    const entry = entries.get(anyOf(entries, random))
    // Often the same few fields, so that people get in each other's way.
    const often =
      entry?.kind === 'household' ? { dogs: random.pick(['一只', '两只']) } : { text: random.pick(['甲', '乙']) }
    const isOften = random.chance(0.5) && (entry?.kind === 'household' || entry?.kind === 'note')
    return (
      entry &&
      command({
        do: 'editRecord',
        id: entry.id,
        fields: isOften ? often : oneField(entry, projection.snapshot(), random),
      })
    )
  }

  function look({ entries }: Snapshot): string | undefined {
    const entry = entries.get(anyOf(entries, random))
    const fields = entry ? fieldsOf(entry.kind).filter((field) => field.class === 'sensitive') : []
    const reason = random.pick(revealReasons)
    return (
      entry && command({ do: 'reveal', id: entry.id, fields: fields.map(({ name }) => name), reason, note: '民政核对' })
    )
  }

  function settle({ entries }: Snapshot): string | undefined {
    for (const entry of entries.values()) {
      if (entry.deletion) return command({ do: 'settleDeletion', id: entry.id, keep: random.chance(0.5) })
      const [conflict] = entry.conflicts
      if (conflict)
        return command({
          do: 'settleField',
          id: entry.id,
          field: conflict.field,
          value: random.pick(conflict.rivals).value,
        })
    }
    return undefined
  }

  function merge({ entries }: Snapshot): string | undefined {
    const keep = entries.get(anyOf(entries, random))
    const duplicate = keep && [...entries.values()].find(({ id, kind }) => kind === keep.kind && id !== keep.id)
    return duplicate && command({ do: 'mergeRecords', keep: keep.id, duplicate: duplicate.id, fields: {} })
  }

  function step({ tickets }: Snapshot): string | undefined {
    const ticket = tickets.get(anyOf(tickets, random))
    const allowed = ticket ? allowedSteps(ticket, actor) : []
    if (!ticket || allowed.length === 0) return undefined
    const { action, needs } = random.pick(allowed)
    const [pending] = ticket.conflicting
    if (action === 'settle')
      return pending && command({ do: 'settleStep', ticket: ticket.id, step: pending.id, verdict: 'applies' })
    if (action === 'submit') return undefined
    const assignee = `${random.pick(['gridMember', 'partTimeMember', 'police', 'department'])}0` as AccountId
    return command({
      do: 'takeStep',
      ticket: ticket.id,
      action,
      note: '已到现场',
      ...(needs.includes('assignee') && { assignee }),
      ...(needs.includes('dueAt') && { dueAt: now() + 86_400_000 }),
      ...(needs.includes('level') && { level: 'street' as const }),
      ...(needs.includes('score') && { score: 5 as const }),
    })
  }

  /** As the pages let them: a diary of a household, the description of a ticket. */
  function type({ entries, tickets }: Snapshot): string | undefined {
    const isTicket = random.chance(0.5) && mayWrite([role], 'work', 'description', 'set')
    if (!isTicket && !mayWrite([role], 'diary', 'household/diary', 'set')) return undefined
    const household = [...entries.values()].find(({ kind }) => kind === 'household')
    const id = isTicket ? anyOf(tickets, random) : household?.id
    const kind = isTicket ? 'ticket' : 'household'
    const text = id && openCoText(documents, { kind, id, field: isTicket ? 'description' : 'diary' }, writer)
    if (!text) return undefined
    text.splice(random.below(text.value().length + 1), random.below(3), random.pick(['走访', '😀', 'x']))
    if (random.chance(0.3)) text.undo()
    text.dispose()
    return 'type'
  }

  return {
    account,
    role,
    act: () => (readable.some((name) => mayWriteDocument([role], name)) ? random.pick(acts)() : undefined),
    news(name, relay) {
      const doc = docs.get(name)
      if (!doc || !mayWriteDocument([role], name)) return undefined
      return encodeStateAsUpdate(doc, encodeStateVector(relay))
    },
    hear(name, relay) {
      const doc = docs.get(name)
      if (doc) applyUpdate(doc, encodeStateAsUpdate(relay, encodeStateVector(doc)))
    },
  }
}

function pairOf<K>(key: K, doc: Doc | undefined): [K, Doc][] {
  return doc ? [[key, doc]] : []
}

function anyOf(all: ReadonlyMap<RecordId, unknown>, random: RandomSource): RecordId {
  return all.size > 0 ? random.pick([...all.keys()]) : ('none' as RecordId)
}

function anyRecord(snapshot: Snapshot, random: RandomSource): { readonly kind: Kind; readonly fields: FieldValues } {
  const kind = random.pick(kinds)
  const required = fieldsOf(kind).filter((field) => field.required === true)
  const fields = Object.fromEntries(required.map((field) => [field.name, valueOf(field, snapshot, random)]))
  return { kind, fields: { ...fields, ...someFields(kind, snapshot, random) } }
}

function someFields(kind: Kind, snapshot: Snapshot, random: RandomSource): FieldValues {
  const chosen = fieldsOf(kind).filter((field) => field.name !== 'author' && random.chance(0.2))
  return Object.fromEntries(chosen.map((field) => [field.name, valueOf(field, snapshot, random)]))
}

function oneField(entry: Entry, snapshot: Snapshot, random: RandomSource): FieldValues {
  const field = random.pick(fieldsOf(entry.kind))
  return { [field.name]: random.chance(0.1) ? undefined : valueOf(field, snapshot, random) }
}

function valueOf(field: Field, { entries }: Snapshot, random: RandomSource): Value {
  switch (field.type) {
    case 'code':
      return random.pick(codeList(field.list)).code
    case 'codes':
      return [random.pick(codeList(field.list)).code]
    case 'photos':
      return ['a1/0']
    case 'text':
      return '向阳路三号楼'.slice(0, 1 + random.below(Math.min(6, field.max)))
    case 'day':
      return `20${10 + random.below(15)}-0${1 + random.below(9)}-1${random.below(9)}`
    case 'instant':
      return 1_700_000_000_000 + random.below(1e9)
    case 'int':
    case 'decimal':
      return field.min + random.below(10)
    case 'flag':
      return random.chance(0.5)
    case 'phone':
      return `139${String(random.below(1e8)).padStart(8, '0')}`
    case 'gridCode':
      return grid
    case 'ref': {
      const fitting = [...entries.values()].filter(({ kind }) => kind === field.kind)
      return fitting.length > 0 ? random.pick(fitting).id : 'b1'
    }
    case 'idNo':
      return '990101199001010115'
    case 'uscc':
    case 'coText':
      return 'x'
  }
}

const birth = {
  source: 'grid',
  category: 'facility.repair',
  title: '路灯不亮',
  place: '1号楼门前',
  occurredAt: 1_700_000_000_000,
  severity: 'normal',
  level: 'grid',
  visibility: 'public',
} as const
