import { describe, expect, it } from 'vitest'
import type { AdoptedLine, Command } from '../commands.ts'
import type { TrashedEntry } from '../records.ts'
import type { Actor, Edit, Snapshot } from '../snapshot.ts'
import {
  account,
  actorOf,
  birth,
  contextOf,
  entryOf,
  folded,
  id,
  leader,
  member,
  smallGrid,
  snapshotOf,
  stepOf,
} from '../testing/fixture.ts'
import { plan } from './plan.ts'

const author = account('lisi')
const adopt = (...lines: readonly AdoptedLine[]): Command => ({ do: 'adopt', author, lines })
const entries = smallGrid()
const run = (command: Command, on: Snapshot = snapshotOf(entries), actor: Actor = leader) =>
  plan(on, command, contextOf(actor))
const editsOf = (command: Command, on?: Snapshot, actor?: Actor): readonly Edit[] => {
  const planned = run(command, on, actor)
  if (!planned.ok) throw new Error(JSON.stringify(planned.failure))
  return planned.value
}
const changed = (name: string, kind: AdoptedLine['kind'], field: string, after: AdoptedLine['after']): AdoptedLine => ({
  id: id(name),
  kind,
  action: 'changed',
  field,
  after,
})
const ticket = folded(stepOf('s0', 'submit', 'draft', member, 0))
const withTicket = snapshotOf(entries, { tickets: new Map([[ticket.id, ticket]]) })

describe('adopting', () => {
  it('[HAND6] a changed field is written as its own command would, and the record is told whose it was', () => {
    expect(editsOf(adopt(changed('h1', 'household', 'phone', '13811112222')))).toEqual([
      { op: 'set', kind: 'household', id: 'h1', field: 'phone', value: '13811112222' },
      { op: 'attribute', kind: 'household', id: 'h1', author },
    ])
    expect(editsOf(adopt(changed('h1', 'household', 'phone', undefined)))[0]).toMatchObject({ value: undefined })
  })

  it('[HAND6] what the record says already is written by nobody', () => {
    expect(editsOf(adopt(changed('h1', 'household', 'phone', '13800000001')))).toEqual([])
  })

  it('[HAND6] records that refer to each other are begun together, under the ids that their author gave them', () => {
    const begun = (name: string, kind: AdoptedLine['kind']): AdoptedLine => ({ id: id(name), kind, action: 'created' })
    const edits = editsOf(
      adopt(
        begun('r104', 'house'),
        changed('r104', 'house', 'building', 'b1'),
        changed('r104', 'house', 'door', '104'),
        changed('r104', 'house', 'occupancy', 'vacant'),
        begun('h4', 'household'),
        changed('h4', 'household', 'house', 'r104'),
      ),
    )
    expect(edits.map((edit) => ('id' in edit ? `${edit.op} ${edit.id}` : edit.op))).toEqual([
      'create r104',
      'create h4',
      'attribute r104',
      'attribute h4',
    ])
    const there = snapshotOf([...entries, entryOf('house', 'r104', { building: 'b1', door: '104' })])
    expect(editsOf(adopt(begun('r104', 'house'), changed('r104', 'house', 'door', '104')), there)).toEqual([])
  })

  it('[HAND6] deletions and restorations are those of today: what is there no more is not deleted again', () => {
    const of = (action: AdoptedLine['action'], name = 'li'): Command => adopt({ id: id(name), kind: 'person', action })
    expect(editsOf(of('deleted')).map(({ op }) => op)).toEqual(['delete', 'attribute'])
    const li = entries.find((entry) => entry.id === 'li')
    if (!li) throw new Error('no li')
    const trashed: TrashedEntry = { id: li.id, kind: 'person', fields: li.fields, deletion: li.updated }
    const without = snapshotOf(
      entries.filter((entry) => entry !== li),
      { trash: new Map([[li.id, trashed]]) },
    )
    expect(editsOf(of('deleted'), without)).toEqual([])
    expect(editsOf(of('restored'), without).map(({ op }) => op)).toEqual(['restore', 'attribute'])
    expect(run(of('deleted', 'r101'))).toMatchObject({ ok: false, failure: { reason: 'inUse' } })
  })

  it('[HAND6] a step is taken by whoever adopts, in their own role and in the state of now, and told whose it was', () => {
    const dispatch = stepOf('s9', 'accept', 'submitted', member, 1, { note: '我去看' })
    const line: AdoptedLine = { id: ticket.id, kind: 'ticket', action: 'step', step: dispatch }
    const [step, attribution] = editsOf(adopt(line), withTicket)
    expect(step).toMatchObject({
      op: 'step',
      step: { action: 'accept', actor: 'leader', role: 'gridLeader', note: '我去看', from: 'submitted' },
    })
    expect(attribution).toEqual({ op: 'attribute', kind: 'ticket', id: 't1', step: 'new1', author })
    const closing = { ...line, step: stepOf('s9', 'close', 'verified', leader, 1) }
    expect(run(adopt(closing), withTicket)).toMatchObject({ ok: false, failure: { reason: 'wrongState' } })
  })

  it('[HAND6] a report is reported by whoever adopts it, with its description', () => {
    const step = stepOf('s0', 'submit', 'draft', member, 0, { birth: { ...birth, reporterName: '何丽' } })
    const edits = editsOf(
      adopt(
        { id: step.ticket, kind: 'ticket', action: 'step', step },
        changed(step.ticket, 'ticket', 'description', '晚上全黑'),
      ),
    )
    expect(edits[0]).toMatchObject({
      op: 'step',
      description: '晚上全黑',
      step: { actor: 'leader', birth: { title: '路灯不亮' } },
    })
    expect(JSON.stringify(edits)).not.toContain('何丽')
    expect(edits[1]).toMatchObject({ op: 'attribute', kind: 'ticket', author })
  })

  it('[HAND6] a note begins as a note of whoever adopts it', () => {
    const note = (field: string, after: string): AdoptedLine => changed('n1', 'note', field, after)
    const edits = editsOf(
      adopt(
        { id: id('n1'), kind: 'note', action: 'created' },
        note('building', 'b1'),
        note('noteType', 'note'),
        note('text', '灯坏了'),
        note('author', 'lisi'),
      ),
    )
    expect(edits[0]).toMatchObject({ op: 'create', kind: 'note', fields: { text: '灯坏了', author: 'leader' } })
  })

  it('[HAND6] what whoever adopts may not write, what does not hold together and what is gone is refused whole, with its reason', () => {
    const phone = changed('h1', 'household', 'phone', '13811112222')
    expect(run(adopt(phone), undefined, actorOf('han', 'police'))).toMatchObject({ failure: { reason: 'notAllowed' } })
    expect(run(adopt(phone, changed('h2', 'household', 'phone', '1')))).toMatchObject({
      failure: { reason: 'invalid' },
    })
    expect(run(adopt(changed('h9', 'household', 'phone', '13811112222')))).toMatchObject({
      failure: { reason: 'notFound' },
    })
  })

  it('[HAND6] a text that several people write in is carried over by hand', () => {
    for (const command of [
      adopt(changed('h1', 'household', 'diary', '来过')),
      adopt(changed('t1', 'ticket', 'description', '来过')),
      adopt(),
    ])
      expect(run(command, withTicket)).toEqual({ ok: false, failure: { reason: 'wrongState', detail: 'byHand' } })
  })
})
