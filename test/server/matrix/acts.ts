/**
 * Everything that may be done to a document, one act for each path and operation that the guard can name: every field of every kind of
 * record, records as a whole, their texts, steps, journal, reveals, photos. Written as bytes of Yjs, past the app.
 */
import {
  codeList,
  fieldsOf,
  isSealed,
  tables,
  transitions,
  type DocumentClass,
  type Field,
  type Kind,
  type Operation,
} from '@tongge/model'
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector, Text } from 'yjs'

export type Written = 'ledger' | 'sensitive' | 'diary' | 'notes' | 'work' | 'journal' | 'photos'

/** Who acts, in which slot; `tag` keeps what one begins apart from what others do. */
export interface Hand {
  readonly account: string
  readonly role: string
  readonly tag: string
}

export interface Act {
  readonly document: Written
  readonly path: string
  readonly operation: Operation
  readonly write: (doc: Doc, hand: Hand) => void
}

const clock = 1_795_000_000_000
const slotOf = ({ account }: Hand): string => `slot-${account}`
const noteOf = (account: string): string => `own-${account}`
const lead: Hand = { account: 'lead', role: 'gridLeader', tag: '' }
const kinds = Object.keys(tables) as Kind[]
const ledgerKinds = kinds.filter((kind) => kind !== 'note' && kind !== 'reporter')

function claim(doc: Doc, hand: Hand): void {
  doc.getMap('meta').set(`author/${slotOf(hand)}/${hand.account}`, 'phone')
}

function begin(doc: Doc, hand: Hand, kind: string, id: string): void {
  doc.getMap('blobs').set(id, JSON.stringify({ k: kind, c: [clock, slotOf(hand)] }))
}

function put(id: string, field: string, value: unknown): Act['write'] {
  return (doc, hand) => void doc.getMap('s').set(`${id}/${field}/${slotOf(hand)}`, [value, clock])
}

function putOwn(field: string, value: unknown): Act['write'] {
  return (doc, hand) => put(noteOf(hand.account), field, value)(doc, hand)
}

function lengthen(key: string): Act['write'] {
  return (doc) => doc.getMap<Text>('texts').get(key)?.insert(0, '走访')
}

function shorten(key: string): Act['write'] {
  // What another has taken away already would be no news.
  return (doc, { tag }) =>
    doc
      .getMap<Text>('texts')
      .get(key)
      ?.delete(Number(tag.slice(0, 2)), 1)
}

function push(root: string, row: (hand: Hand) => unknown): Act['write'] {
  return (doc, hand) => doc.getArray(root).push([JSON.stringify(row(hand))])
}

/** What stands in the documents before anybody acts: all of it the leader's, but for a note of each of these. */
export function seed(document: Written, authors: readonly string[] = []): Uint8Array {
  const doc = new Doc()
  doc.clientID = 1
  claim(doc, lead)
  const texts = doc.getMap<Text>('texts')
  if (document === 'ledger' || document === 'sensitive')
    for (const kind of document === 'ledger' ? ledgerKinds : kinds.filter((kind) => kind !== 'note')) {
      begin(doc, lead, kind, `${kind}1`)
    }
  if (document === 'notes') {
    begin(doc, lead, 'note', 'note1')
    for (const account of authors) {
      const hand = { ...lead, account }
      claim(doc, hand)
      begin(doc, hand, 'note', noteOf(account))
    }
  }
  if (document === 'diary') texts.set(diaryKey, new Text('记录'.repeat(50)))
  if (document === 'work') texts.set('t1/description/slot-lead', new Text('路灯'.repeat(50)))
  if (document === 'photos') doc.getMap('photos').set('0', new Uint8Array([0xff, 0xd8]))
  return encodeStateAsUpdate(doc)
}

export function updateOf(act: Act, seeded: Uint8Array, hand: Hand): Uint8Array {
  const doc = new Doc()
  applyUpdate(doc, seeded)
  const before = encodeStateVector(doc)
  doc.transact(() => {
    if (act.document !== 'photos') claim(doc, hand)
    act.write(doc, hand)
  })
  return encodeStateAsUpdate(doc, before)
}

const records: readonly Act[] = (['ledger', 'sensitive'] as const).flatMap((document) =>
  (document === 'ledger' ? ledgerKinds : kinds.filter((kind) => kind !== 'note')).flatMap((kind): Act[] => [
    { document, path: kind, operation: 'insert', write: (doc, hand) => begin(doc, hand, kind, `${kind}-${hand.tag}`) },
    { document, path: kind, operation: 'delete', write: put(`${kind}1`, '~', { l: [] }) },
    { document, path: kind, operation: 'set', write: put(`${kind}1`, '+', null) },
    ...values(kind, document).map((field): Act => {
      return {
        document,
        path: `${kind}/${field.name}`,
        operation: 'set',
        write: put(`${kind}1`, field.code, sample(field)),
      }
    }),
  ]),
)

const notes: readonly Act[] = [
  {
    document: 'notes',
    path: 'note/own',
    operation: 'insert',
    write: (doc, hand) => begin(doc, hand, 'note', `n-${hand.tag}`),
  },
  ...values('note', 'notes').flatMap((field): Act[] => [
    { document: 'notes', path: 'note/own', operation: 'set', write: putOwn(field.code, sample(field)) },
    { document: 'notes', path: 'note/other', operation: 'set', write: put('note1', field.code, sample(field)) },
  ]),
  { document: 'notes', path: 'note/own', operation: 'delete', write: putOwn('~', { l: [] }) },
  { document: 'notes', path: 'note/other', operation: 'delete', write: put('note1', '~', { l: [] }) },
]

const birth = {
  no: '001-1120-00001AA',
  source: 'grid',
  category: 'facility.repair',
  title: '路灯不亮',
  place: '1号楼',
  occurredAt: clock,
  severity: 'normal',
  level: 'grid',
  visibility: 'public',
}

const work: readonly Act[] = [
  ...[...new Set(transitions.map(({ action }) => action))].map((action): Act => ({
    document: 'work',
    path: `steps/${action}`,
    operation: 'insert',
    write: push('steps/2026-11', ({ account, role, tag }) => ({
      id: `step-${action}-${tag}`,
      ticket: `t-${tag}`,
      action,
      from: 'submitted',
      to: 'registered',
      actor: account,
      role,
      device: 'phone',
      at: clock,
      clock,
      ...(action === 'submit' && { birth }),
    })),
  })),
  { document: 'work', path: 'description', operation: 'insert', write: lengthen('t1/description/slot-lead') },
  { document: 'work', path: 'description', operation: 'delete', write: shorten('t1/description/slot-lead') },
  {
    document: 'journal',
    path: 'journal/own',
    operation: 'insert',
    write: push('journal/2026-11', (hand) => ['household1', 'ph', 'c', '1', '2', clock, slotOf(hand)]),
  },
  {
    document: 'work',
    path: 'receipt',
    operation: 'insert',
    write: (doc, hand) => void doc.getMap('receipts').set(`step-${hand.tag}`, [clock]),
  },
]

const looks: readonly Act[] = [
  {
    document: 'sensitive',
    path: 'reveals/own',
    operation: 'insert',
    write: push('reveals/2026-11', (hand) => ['person1', ['id'], 'verify', null, clock, slotOf(hand)]),
  },
  { document: 'sensitive', path: 'record/idNo', operation: 'set', write: put('person2', 'id', '990101199001010115') },
]

/** Whose household it is the ledger tells. */
const diaryKey = 'household1/di/slot-lead'
const diaries: readonly Act[] = [
  { document: 'diary', path: 'record/diary', operation: 'insert', write: lengthen(diaryKey) },
  { document: 'diary', path: 'record/diary', operation: 'delete', write: shorten(diaryKey) },
]

const photos: Act = {
  document: 'photos',
  path: 'photo',
  operation: 'insert',
  write: (doc, { tag }) => void doc.getMap('photos').set(tag.slice(0, 2), new Uint8Array([0xff, 0xd8, 1])),
}

export const acts: readonly Act[] = [...records, ...looks, ...diaries, ...notes, ...work, photos]

/** The relay has no layout for them, or writes them alone. */
export const unwritable = ['org', 'roster', 'board', 'meeting', 'proposal'] as const satisfies readonly DocumentClass[]

function values(kind: Kind, document: 'ledger' | 'sensitive' | 'notes'): ReturnType<typeof fieldsOf> {
  return fieldsOf(kind).filter(
    ({ name, type }) =>
      type !== 'coText' && (document === 'notes' || isSealed(kind, name) === (document === 'sensitive')),
  )
}

function sample(field: Field): unknown {
  switch (field.type) {
    case 'text':
      return '甲'
    case 'code':
      return codeList(field.list)[0]?.code
    case 'codes':
      return [codeList(field.list)[0]?.code]
    case 'day':
      return '2026-11-20'
    case 'instant':
      return clock
    case 'int':
    case 'decimal':
      return field.min
    case 'flag':
      return true
    case 'phone':
      return '13800000001'
    case 'idNo':
      return '990101199001010115'
    case 'uscc':
    case 'ref':
      return 'x1'
    case 'gridCode':
      return '990101001001001'
    case 'photos':
      return ['a1/1']
    case 'coText':
      return undefined
  }
}
