import {
  mayWrite,
  roles,
  type DocumentClass,
  type Edit,
  type Operation,
  type RecordId,
  type Role,
  type StepAction,
  transitions,
} from '@tongge/model'
import { describe, expect, it, test } from 'vitest'
import { Doc, encodeStateAsUpdate, Map as YMap, Text } from 'yjs'
import { createGuard } from '../../sync-server/src/guard/guard.ts'
import { relayAccount } from '../../sync-server/src/ports.ts'
import { birth, createStage, grid, names, type Person, type Stage } from './guard-stage.ts'

const id = (text: string): RecordId => text as RecordId
const household: Edit = { op: 'create', kind: 'household', id: id('h1'), fields: { phone: '13800000001' } }
const person: Edit = {
  op: 'create',
  kind: 'person',
  id: id('p1'),
  fields: { name: '王小明', idNo: '990101199001010115' },
}
const setPhone = (value: string, of = 'h1'): Edit => ({
  op: 'set',
  kind: 'household',
  id: id(of),
  field: 'phone',
  value,
})
const note = (account: string, of = 'n1'): Edit => ({
  op: 'create',
  kind: 'note',
  id: id(of),
  fields: { building: 'b1', noteType: 'note', text: '三楼灯坏了', notedAt: 1_790_000_000_000, author: account },
})

/** A household, a person, a note of the leader's, and a ticket with a description. */
function grownStage(): Stage {
  const stage = createStage()
  const leader = stage.person('lead', 'gridLeader')
  for (const edit of [household, person, note('lead')]) expect(leader.edit(edit)).toBe('allowed')
  expect(leader.step('submit', { from: 'draft', to: 'submitted', birth })).toBe('allowed')
  expect(leader.type('t1', '路灯')).toBe('allowed')
  return stage
}

type Act = (stage: Stage, role: Role) => string
const acts: readonly (readonly [DocumentClass, path: string, Operation, Act])[] = [
  ['ledger', 'household', 'insert', (stage, role) => stage.person('eve', role).edit({ ...household, id: id('h2') })],
  ['ledger', 'household/phone', 'set', (stage, role) => hackLedger(stage, role)],
  [
    'sensitive',
    'person/idNo',
    'set',
    (stage, role) => stage.person('eve', role).hack('sensitive', writeSlot('p1/id/sloteve', '990101199001010115')),
  ],
  ['sensitive', 'reporter', 'insert', (stage, role) => stage.person('eve', role).hack('sensitive', beginReporter)],
  ['diary', 'record/diary', 'insert', (stage, role) => stage.person('eve', role).hack('diary', beginDiary)],
  ['notes', 'note/own', 'insert', (stage, role) => stage.person('eve', role).edit(note('eve', 'n2'))],
  [
    'notes',
    'note/other',
    'set',
    (stage, role) => stage.person('eve', role).hack('notes', writeSlot('n1/tx/sloteve', '改过')),
  ],
  ['work', 'description', 'insert', (stage, role) => stage.person('eve', role).type('t1', '不亮')],
  ['journal', 'journal/own', 'insert', (stage, role) => stage.person('eve', role).hack('journal', appendJournal)],
  ['sensitive', 'reveals/own', 'insert', (stage, role) => stage.person('eve', role).hack('sensitive', pushReveal())],
  ...[...new Set(transitions.map(({ action }) => action))].map((action): (typeof acts)[number] => [
    'work',
    `steps/${action}`,
    'insert',
    (stage, role) => stage.person('eve', role).step(action, { role, ...(action === 'submit' && { birth }) }),
  ]),
]

function claim(doc: Doc): void {
  doc.getMap('meta').set('author/sloteve/eve', 'phone')
}

function writeSlot(key: string, value: unknown): (doc: Doc) => void {
  return (doc) => {
    claim(doc)
    doc.getMap('s').set(key, [value, 1_790_000_000_000])
  }
}

function beginReporter(doc: Doc): void {
  claim(doc)
  doc.getMap('blobs').set('t1', '{"k":"reporter","c":[1790000000000,"sloteve"]}\u001fqn:张三')
}

function beginDiary(doc: Doc): void {
  doc.getMap('texts').set('h1/di/sloteve', new Text('今天'))
}

function hackLedger(stage: Stage, role: Role): string {
  return stage.person('eve', role).hack('ledger', writeSlot('h1/ph/sloteve', '13900000002'))
}

function appendJournal(doc: Doc): void {
  claim(doc)
  doc.getArray('journal/2026-11').push([JSON.stringify(['h1', 'ph', 'c', '1', '2', 1_790_000_000_000, 'sloteve'])])
}

const lookedAt = Date.parse('2026-11-20T00:00:00Z')
const reveal = ['p1', ['id'], 'verify', null, lookedAt, 'sloteve']

function pushReveal(row: unknown = reveal, month = '2026-11'): (doc: Doc) => void {
  return (doc) => {
    claim(doc)
    doc.getArray(`reveals/${month}`).push([typeof row === 'string' ? row : JSON.stringify(row)])
  }
}

describe('the permission table at the relay', () => {
  const cells = acts.flatMap(([document, path, operation, act]) =>
    roles.map((role) => ({ document, path, operation, act, role })),
  )
  test(`[GUARD3] each of ${cells.length} acts of a role passes exactly where the table allows it`, () => {
    for (const { document, path, operation, act, role } of cells) {
      const answer = act(grownStage(), role)
      const expected = mayWrite([role], document, path, operation) ? 'allowed' : `notAllowed ${path} ${operation}`
      expect([role, path, operation, answer]).toEqual([role, path, operation, expected])
    }
  })

  it('[GUARD3] gives a person with several roles what any of them may, and a step only in the role that is named and held', () => {
    const stage = grownStage()
    const both = stage.person('bo', 'volunteer', 'gridMember')
    expect(both.edit(setPhone('13900000009'))).toBe('allowed')
    expect(both.step('accept', { role: 'gridMember' })).toBe('allowed')
    expect(both.step('dispatch', { role: 'gridLeader' })).toBe('notAllowed steps/dispatch insert')
  })
})

describe('steps', () => {
  it('[GUARD4] one that merely conflicts is taken', () => {
    const stage = grownStage()
    expect(stage.person('m1', 'gridMember').step('accept')).toBe('allowed')
    expect(stage.person('m2', 'gridMember').step('accept')).toBe('allowed')
    expect(stage.person('m2', 'gridMember').step('start', { from: 'assigned', to: 'inProgress' })).toBe('allowed')
  })
  it('[GUARD4] nobody takes one in the name of another, or takes one back', () => {
    const stage = grownStage()
    const eve = stage.person('eve', 'gridLeader')
    expect(eve.step('verify', { actor: 'lead' as never })).toBe('foreignStep steps/verify')
    expect(eve.hack('work', (doc) => doc.getArray('steps/2026-11').delete(0))).toBe('writtenOnce steps')
    expect(eve.hack('work', (doc) => doc.getArray('steps/2026-11').push(['{}']))).toBe('badValue steps')
    expect(eve.hack('work', (doc) => doc.getArray('steps/2027-01').push(['{}']))).toBe('unknownPlace')
  })
  it('[GUARD4] the one who rectified a matter does not verify it, and who asked for time does not grant it', () => {
    const stage = grownStage()
    const lead = stage.person('lead', 'gridLeader')
    const other = stage.person('other', 'community')
    const step = (who: typeof lead, action: StepAction): string =>
      who.step(action, { note: '已修好', role: who.roles[0] ?? 'resident' })
    expect(step(lead, 'finish')).toBe('allowed')
    expect(step(lead, 'verify')).toBe('ownWork steps/verify')
    expect(step(other, 'verify')).toBe('allowed')
    expect(step(other, 'finish')).toBe('allowed')
    // Which of the two finished last is for the fold to say.
    expect(step(lead, 'verify')).toBe('allowed')
    expect(step(lead, 'requestExtension')).toBe('allowed')
    expect(step(lead, 'approveExtension')).toBe('ownWork steps/approveExtension')
  })
})

describe('what is whose', () => {
  it('[GUARD5] a slot is written by the account that claimed it, and nobody claims what is claimed', () => {
    const stage = grownStage()
    const eve = stage.person('eve', 'gridMember')
    const into = (slot: string) => (doc: Doc) => void doc.getMap('s').set(`h1/ph/${slot}`, ['13900000002', 2e12])
    expect(eve.hack('ledger', into('slotlead'))).toBe('foreignSlot household')
    expect(eve.hack('ledger', into('slotnew'))).toBe('unclaimedSlot household')
    expect(eve.hack('ledger', into('sloteve^1'))).toBe('foreignSlot household')
    const claiming = (key: string) => (doc: Doc) => void doc.getMap('meta').set(key, 'phone')
    expect(eve.hack('ledger', claiming('author/slotlead/eve'))).toBe('foreignClaim meta')
    expect(eve.hack('ledger', claiming('author/slotnew/lead'))).toBe('foreignClaim meta')
    expect(eve.hack('ledger', claiming('author/slotnew/eve'))).toBe('allowed')
    expect(eve.hack('ledger', (doc) => doc.getMap('meta').delete('author/slotlead/lead'))).toBe('writtenOnce meta')
  })
  it('[GUARD5] a note is changed, deleted and brought back by its author alone', () => {
    const stage = grownStage()
    const vol = stage.person('vol', 'volunteer')
    expect(vol.edit(note('vol', 'n2'))).toBe('allowed')
    expect(vol.edit({ op: 'set', kind: 'note', id: id('n2'), field: 'text', value: '已修好' })).toBe('allowed')
    expect(vol.edit({ op: 'delete', kind: 'note', id: id('n2') })).toBe('allowed')
    expect(vol.edit({ op: 'restore', kind: 'note', id: id('n2') })).toBe('allowed')
    for (const eve of [stage.person('eve', 'volunteer'), stage.person('chief', 'gridLeader')]) {
      expect(eve.edit({ op: 'set', kind: 'note', id: id('n2'), field: 'text', value: '改' })).toBe(
        'notAllowed note/other set',
      )
      expect(eve.edit({ op: 'delete', kind: 'note', id: id('n2') })).toBe('notAllowed note/other delete')
    }
    expect(stage.person('eve', 'volunteer').edit(note('vol', 'n3'))).toBe('foreignSlot note/own')
  })
  it('[GUARD5] what is written once stays: first texts of records, journal rows, texts', () => {
    const stage = grownStage()
    const eve = stage.person('eve', 'gridLeader')
    expect(eve.hack('ledger', (doc) => doc.getMap('blobs').delete('h1'))).toBe('writtenOnce record')
    expect(eve.hack('ledger', (doc) => doc.getMap('blobs').set('h1', doc.getMap('blobs').get('p1')))).toBe(
      'writtenOnce record',
    )
    expect(eve.hack('journal', appendJournal)).toBe('allowed')
    expect(eve.hack('journal', (doc) => doc.getArray('journal/2026-11').delete(0))).toBe('writtenOnce journal')
    expect(eve.hack('work', appendJournal)).toBe('unknownPlace')
    expect(eve.hack('work', (doc) => doc.getMap('texts').delete('t1/description/slotlead'))).toBe(
      'writtenOnce description',
    )
    expect(eve.hack('work', (doc) => doc.getMap('texts').set('t1/description/slotlead', new Text('x')))).toBe(
      'writtenOnce description',
    )
  })
  it('[GUARD5] nobody takes away what others wrote without writing something in its place', () => {
    const stage = grownStage()
    const eve = stage.person('eve', 'gridMember')
    expect(stage.person('lead', 'gridLeader').edit(setPhone('13700000003'))).toBe('allowed')
    expect(eve.hack('ledger', (doc) => doc.getMap('s').delete('h1/ph/slotlead'))).toBe('bareDeletion household')
    expect(eve.edit(setPhone('13900000004'))).toBe('allowed')
    expect(stage.relay.ledger.getMap('s').has('h1/ph/slotlead')).toBe(false)
  })
})

describe('reveals', () => {
  it('[REVEAL2] those who may reveal add rows of their own to the sensitive document, and who writes nothing else there writes nothing else there', () => {
    for (const role of ['gridMember', 'gridLeader', 'police', 'community'] as const)
      expect([role, grownStage().person('eve', role).hack('sensitive', pushReveal())]).toEqual([role, 'allowed'])
    for (const role of ['police', 'community'] as const) {
      const eve = grownStage().person('eve', role)
      expect(eve.hack('sensitive', pushReveal())).toBe('allowed')
      const both = (doc: Doc): void => {
        pushReveal()(doc)
        writeSlot('p1/id/sloteve', '990101199001010115')(doc)
      }
      expect(eve.hack('sensitive', both)).toBe('notAllowed person/idNo set')
      expect(eve.hack('sensitive', writeSlot('p9/id/sloteve', null))).toBe('notAllowed record/idNo set')
      expect(eve.hack('sensitive', (doc) => doc.getMap('blobs').delete('p1'))).toBe('writtenOnce record')
      expect(eve.hack('sensitive', (doc) => doc.getArray('steps/2026-11').push(['{}']))).toBe('unknownPlace')
      expect(eve.hack('ledger', pushReveal())).toMatch(/^(unknownPlace|notAllowed)/)
    }
  })
  it('[REVEAL2] nobody changes, removes or puts in the row of another, or one in another slot or month', () => {
    const stage = grownStage()
    const lead = stage.person('lead', 'gridLeader')
    const look: Edit = { op: 'reveal', kind: 'person', id: id('p1'), fields: ['idNo'], reason: 'service' }
    expect(lead.edit(look)).toBe('allowed')
    const rows = [...stage.relay.sensitive.share.keys()].find((root) => root.startsWith('reveals/')) ?? ''
    for (const eve of [lead, stage.person('eve', 'gridLeader'), stage.person('han', 'police')])
      expect(eve.hack('sensitive', (doc) => doc.getArray(rows).delete(0))).toBe('writtenOnce reveals')
    const eve = stage.person('eve', 'community')
    const row = (...row: readonly unknown[]): string => eve.hack('sensitive', pushReveal(row))
    expect(row('p1', ['id'], 'verify', null, lookedAt, 'slotlead')).toBe('foreignSlot reveals')
    expect(row('p1', ['id'], 'verify', null, lookedAt, 'slotnew')).toBe('unclaimedSlot reveals')
    expect(eve.hack('sensitive', pushReveal(reveal, '2026-12'))).toBe('badValue reveals')
    expect(eve.hack('sensitive', pushReveal(reveal, 'x'))).toBe('unknownPlace')
    expect(eve.hack('sensitive', (doc) => void doc.getMap('reveals/2026-11').set('a', '1'))).toBe(
      'unknownPlace reveals',
    )
    expect(row('p1', ['id'], 'verify', null, lookedAt, 'sloteve')).toBe('allowed')
  })
  it.each([
    ['no text', [1]],
    ['a name for a record', ['王小明', ['id'], 'verify', null, lookedAt, 'sloteve']],
    ['a value for a field', ['p1', ['990101199001010115'], 'verify', null, lookedAt, 'sloteve']],
    ['a reason that is none', ['p1', ['id'], 'curious', null, lookedAt, 'sloteve']],
    ['words that nobody said', ['p1', ['id'], 'other', null, lookedAt, 'sloteve']],
    ['too many words', ['p1', ['id'], 'other', 'x'.repeat(101), lookedAt, 'sloteve']],
    ['words beside a reason of the list', ['p1', ['id'], 'verify', '因为', lookedAt, 'sloteve']],
    ['a time that is none', ['p1', ['id'], 'verify', null, 8.6e15, 'sloteve']],
    [
      'more fields than there are',
      ['p1', Array.from({ length: 1000 }, () => 'id'), 'verify', null, lookedAt, 'sloteve'],
    ],
  ])('[REVEAL2] a row with %s is refused', (_, row) => {
    expect(grownStage().person('eve', 'gridMember').hack('sensitive', pushReveal(row))).toBe('badValue reveals')
  })
  it('[AUDIT14] what is told of a reveal names its author, also where a colleague gives it back after a loss', () => {
    const lost = grownStage()
    expect(lost.person('eve', 'police').hack('sensitive', pushReveal())).toBe('allowed')
    const update = encodeStateAsUpdate(lost.relay.sensitive)
    const verdict = createStage({ isHealing: true }).send('sensitive', update, { account: 'm2', roles: ['gridMember'] })
    expect(verdict).toEqual({
      allowed: true,
      told: [
        {
          type: 'reveal',
          account: 'eve',
          document: names.sensitive,
          record: 'p1',
          fields: ['id'],
          reason: 'verify',
          deviceAt: lookedAt,
        },
      ],
    })
  })
})

describe('values', () => {
  it('[CODE6] a code that a community added is taken in an open list, by a relay that was never told of it', () => {
    const eve = grownStage().person('eve', 'gridLeader')
    expect(eve.hack('sensitive', writeSlot('h1/ct/sloteve', ['aged', 'x-a1b2']))).toBe('allowed')
  })
  it('[GUARD6] a value has the type, the size and the code of its field, and rests where its class belongs', () => {
    const stage = grownStage()
    const eve = stage.person('eve', 'gridLeader')
    const set = (name: 'ledger' | 'sensitive' | 'diary', key: string, value: unknown): string =>
      eve.hack(name, writeSlot(`${key}/sloteve`, value))
    expect(set('ledger', 'h1/ph', 42)).toBe('badValue household/phone')
    expect(set('ledger', 'h1/rk', 'x'.repeat(501))).toBe('badValue household/remark')
    expect(set('ledger', 'h1/st', 'nonsense')).toBe('badValue household/status')
    expect(set('ledger', 'h1/ef', 'yesterday')).toBe('badValue household/effectiveFrom')
    expect(set('ledger', 'h1/di', 'no text')).toBe('misplaced household/diary')
    expect(eve.hack('ledger', beginDiary)).toBe('misplaced household/diary')
    expect(eve.hack('sensitive', beginDiary)).toBe('misplaced record/diary')
    expect(eve.hack('diary', beginDiary)).toBe('allowed')
    expect(eve.hack('diary', (doc) => doc.getMap('texts').delete('h1/di/sloteve'))).toBe('writtenOnce record/diary')
    expect(set('diary', 'h1/ph', '13800000001')).toBe('unknownPlace')
    expect(eve.hack('diary', (doc) => void doc.getMap('texts').set('h1/ph/x', new Text('1')))).toBe('badValue record')
    expect(set('ledger', 'p1/id', '990101199001010115')).toBe('misplaced person/idNo')
    expect(set('sensitive', 'p1/nm', '王')).toBe('misplaced person/name')
    expect(set('sensitive', 'p9/nm', '王')).toBe('misplaced record/name')
    expect(set('ledger', 'h1/ph', null)).toBe('allowed')
    expect(set('sensitive', 'h1/ct', ['nonsense'])).toBe('badValue record/careTags')
    expect(set('ledger', 'p1/sx', 'x-own')).toMatch(/^badValue person/)
    for (const name of ['ledger', 'notes'] as const) expect(eve.hack(name, beginReporter)).toMatch(/^misplaced/)
    expect(eve.hack('sensitive', beginReporter)).toBe('allowed')
    expect(set('sensitive', 't1/qp', '13800000001')).toBe('allowed')
    expect(set('sensitive', 't1/qn', 'x'.repeat(41))).toBe('badValue reporter/name')
    expect(set('sensitive', 't1/id', '990101199001010115')).toBe('allowed')
    expect(set('ledger', 'h1/~', 'gone')).toBe('badValue household')
    expect(eve.hack('ledger', (doc) => void doc.getMap('blobs').set('h9', '{"k":"household"}'))).toBe('badValue record')
    const blob = (text: string) => (doc: Doc) => {
      claim(doc)
      doc.getMap('blobs').set('h9', text)
    }
    expect(eve.hack('ledger', blob('{"k":"王小明","c":[1,"sloteve"]}'))).toBe('badValue record')
    expect(eve.hack('ledger', blob('{"k":"household","c":[1,"sloteve"]}\u001f王小明:1'))).toBe('badValue household')
    expect(eve.edit({ ...household, id: id('bad id') })).toBe('unknownPlace record')
    expect(eve.hack('work', (doc) => doc.getMap('texts').set('t1/other/sloteve', new Text('x')))).toBe(
      'unknownPlace text',
    )
  })
  it('[PHOTO6] names of photos are all that the photos of a facility may be, and nine of them at most', () => {
    const eve = grownStage().person('eve', 'gridLeader')
    const set = (value: unknown): string => eve.hack('ledger', writeSlot('f1/pc/sloteve', value))
    expect(set(['a1/0', 'a2/11'])).toBe('allowed')
    for (const value of [
      'a1/0',
      ['a1'],
      ['javascript:1'],
      [1],
      Array.from({ length: 10 }, (_, index) => `a1/${index}`),
    ])
      expect(set(value), JSON.stringify(value)).toBe('badValue record/photos')
  })
  it('[GUARD7] what a later version knows of a known record is taken, within a size', () => {
    const stage = grownStage()
    const eve = stage.person('eve', 'gridMember')
    expect(eve.hack('ledger', writeSlot('h1/zz/sloteve', { later: ['一', 2] }))).toBe('allowed')
    expect(eve.hack('ledger', writeSlot('h1/zz/sloteve', 'x'.repeat(5000)))).toBe('badValue household/zz')
    expect(
      eve.hack('ledger', (doc) => {
        claim(doc)
        doc.getMap('blobs').set('x1', JSON.stringify({ k: 'shop', c: [1, 'sloteve'], z: 1 }))
      }),
    ).toBe('allowed')
    expect(eve.hack('ledger', (doc) => void doc.getMap('meta').set('schema/2', true))).toBe('allowed')
  })
  it('[GUARD8] there is no place but those of the layout', () => {
    const stage = grownStage()
    const eve = stage.person('eve', 'gridLeader')
    expect(eve.hack('ledger', (doc) => void doc.getMap('evil').set('a', 1))).toBe('unknownPlace')
    expect(eve.hack('ledger', (doc) => doc.getArray('s').push([1]))).toBe('unknownPlace record')
    expect(eve.hack('ledger', (doc) => void doc.getMap('s').set('h1/ph/sloteve', new YMap()))).toBe(
      'unclaimedSlot household',
    )
    expect(
      eve.hack('ledger', (doc) => {
        claim(doc)
        doc.getMap('s').set('h1/ph/sloteve', new YMap())
      }),
    ).toBe('badValue household')
    expect(eve.hack('notes', (doc) => doc.getArray('steps/2026-11').push(['{}']))).toBe('unknownPlace')
    expect(eve.hack('work', (doc) => void doc.getMap('s').set('h1/ph/slotlead', [1, 1]))).toBe('unknownPlace')
  })
})

describe('where the relay alone writes', () => {
  it('[GUARD8] nobody else does, whatever their roles, nor the relay anywhere else, and nobody where nothing is laid out yet', () => {
    const guard = createGuard({ logger: { info: () => undefined, warn: () => undefined, error: () => undefined } })
    const doc = new Doc()
    doc.getMap('directory').set('street', { code: '990101001', name: '演示街道' })
    const update = encodeStateAsUpdate(doc)
    const relay = { account: relayAccount, roles: [] }
    const judged = (document: string, by: { account: string; roles: readonly string[] }): string => {
      const verdict = guard.judge(document, update, by)
      return verdict.allowed ? 'allowed' : verdict.reason
    }
    for (const document of ['org/990101001', `grid/${grid}/building/b1/roster`]) {
      expect(judged(document, relay)).toBe('allowed')
      expect(judged(document, { account: 'eve', roles })).toBe('notAllowed')
      expect(judged(document, { account: relayAccount, roles: ['gridLeader'] })).toBe('notAllowed')
    }
    for (const document of Object.values(names)) expect(judged(document, relay)).toBe('notAllowed')
    for (const document of ['board/990101001001', 'meeting/m1', 'proposal/p1', 'nonsense'])
      expect(judged(document, { account: 'eve', roles })).toBe('unknownPlace')
  })
})

describe('receipts', () => {
  const inReceipts =
    ({ hack }: Person, document: 'work' | 'ledger' = 'work') =>
    (change: (map: YMap<unknown>) => void): string =>
      hack(document, (doc) => change(doc.getMap('receipts')))
  it("[GUARD14] are the relay's: nobody writes, replaces or takes away one, whatever their roles", () => {
    const stage = grownStage()
    const eve = stage.person('eve', ...roles)
    const put = inReceipts(eve)
    const [step = ''] = stage.relay.work.getMap('receipts').keys()
    expect(step).not.toBe('')
    expect(put((map) => void map.set('later', [1]))).toBe('notAllowed receipt insert')
    expect(put((map) => void map.set(step, [1]))).toBe('writtenOnce receipt')
    expect(put((map) => map.delete(step))).toBe('writtenOnce receipt')
    expect(put((map) => void map.set('later', new YMap()))).toBe('badValue receipt')
    expect(inReceipts(eve, 'ledger')((map) => void map.set('later', [1]))).toBe('unknownPlace')
    expect(eve.hack('work', (doc) => doc.getArray('receipts').push([1]))).toBe('unknownPlace receipt')
  })
  it('[GUARD14] a step that has its receipt is not written again: what came later would seem to have come then', () => {
    const stage = grownStage()
    const member = stage.person('m1', 'gridMember')
    expect(member.step('comment', { id: id('again'), note: '一' })).toBe('allowed')
    expect(member.step('comment', { id: id('again'), note: '二' })).toBe('writtenOnce steps/comment')
    expect(stage.relay.work.getMap('receipts').has('again')).toBe(true)
  })
  it('[GUARD14] that the relay lost are given back by whoever has them, of their form and once', () => {
    const stage = grownStage()
    const healing = createStage({ isHealing: true })
    const giver = { account: 'm2', roles: ['gridMember'] as const }
    expect(healing.send('work', encodeStateAsUpdate(stage.relay.work), giver)).toEqual({ allowed: true })
    expect(healing.relay.work.getMap('receipts').toJSON()).toEqual(stage.relay.work.getMap('receipts').toJSON())
    const eve = healing.person('eve', 'gridMember')
    const put = inReceipts(eve)
    const [step = ''] = stage.relay.work.getMap('receipts').keys()
    expect(put((map) => void map.set('later', ['soon']))).toBe('badValue receipt')
    expect(put((map) => void map.set('no id!', [1]))).toBe('unknownPlace receipt')
    expect(put((map) => void map.set(step, [1]))).toBe('writtenOnce receipt')
    expect(put((map) => map.delete(step))).toBe('writtenOnce receipt')
  })
})

describe('after a loss', () => {
  it.each([
    ['for a while after a restore', { isHealing: true }],
    ['where stored rows are damaged', { isWhole: false }],
  ])('[GUARD10] %s a colleague gives back what others wrote, in its places and within its sizes', (_, options) => {
    const lost = grownStage()
    expect(lost.person('m1', 'gridMember').edit(setPhone('13700000003'))).toBe('allowed')
    expect(lost.person('m1', 'gridMember').step('accept')).toBe('allowed')
    // What the relay itself carried over from an older generation is lost as well.
    lost.relay.ledger.getMap('s').set('h1/rk/slotm1^1', ['常住', 1_790_000_000_000])
    const member = { account: 'm2', roles: ['gridMember'] as const }
    const giveBack = (stage: Stage): string[] =>
      (['ledger', 'sensitive', 'work', 'journal', 'notes'] as const).map((name) => {
        const verdict = stage.send(name, encodeStateAsUpdate(lost.relay[name]), member)
        return verdict.allowed ? 'allowed' : verdict.reason
      })
    expect(giveBack(createStage())).not.toContain('allowed')
    const healing = createStage(options)
    expect(giveBack(healing)).toEqual(['allowed', 'allowed', 'allowed', 'allowed', 'allowed'])
    expect(healing.relay.ledger.getMap('s').toJSON()).toEqual(lost.relay.ledger.getMap('s').toJSON())
    const eve = healing.person('eve', 'gridMember')
    expect(eve.hack('ledger', writeSlot('h1/ph/sloteve', 42))).toBe('badValue household/phone')
    expect(eve.hack('work', (doc) => doc.getArray('steps/2026-11').delete(0))).toBe('writtenOnce steps')
  })
})
