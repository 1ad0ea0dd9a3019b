import { plan, type Command, type Edit, type Kind, type PlanContext, type RecordId } from '@tongge/model'
import { expect, test } from 'vitest'
import { historyOf } from '../read/history.ts'
import { inboxOf } from '../read/inbox.ts'
import { createProjection } from '../read/projection.ts'
import { createHand, exchange, type TestHand } from '../testing/hand.ts'
import { grid } from '../testing/replicas.ts'
import { applyEdits } from './apply-edits.ts'

const create = (kind: Kind, name: string, fields: Readonly<Record<string, string>>): Edit => ({
  op: 'create',
  kind,
  id: name as RecordId,
  fields: { status: 'active', gridCode: grid, ...fields },
})
const place: readonly Edit[] = [
  create('building', 'b1', { estate: '和平里', name: '3号楼' }),
  create('house', 'o1', { building: 'b1', door: '101' }),
  create('household', 'h1', { house: 'o1' }),
  create('household', 'h2', { house: 'o1' }),
  create('person', 'p1', { household: 'h1', name: '张三' }),
  create('person', 'p2', { household: 'h2', name: '李四' }),
]

interface Team {
  readonly hands: readonly TestHand[]
  /** Answers what was written. */
  act(hand: TestHand, command: Command): readonly Edit[]
  /** What everybody sees after all have met: the records in view, with a mark where they are deleted; the bin; the inbox. */
  seen(): readonly unknown[]
}

function createTeam(): Team {
  const hands = [createHand('a'), createHand('b')]
  const views = hands.map(({ documents }) => createProjection(documents, grid, { foldTicket: () => undefined }))
  const [first] = hands
  if (first) applyEdits(first.documents, place, first.writer)
  exchange(...hands)
  let count = 0
  return {
    hands,
    act(hand, command) {
      const actor: PlanContext['actor'] = {
        account: hand.writer.account,
        roles: ['gridMember'],
        device: hand.writer.device,
        grid,
        buildings: [],
      }
      const snapshot = views[hands.indexOf(hand)]?.snapshot()
      const planned =
        snapshot &&
        plan(snapshot, command, {
          actor,
          now: hand.writer.now(),
          newId: () => `n${hands.indexOf(hand)}${count++}` as RecordId,
        })
      if (!planned?.ok) throw new Error(JSON.stringify(planned))
      return applyEdits(hand.documents, planned.value, hand.writer).edits
    },
    seen() {
      exchange(...hands)
      const pages = views.map((view) => {
        const snapshot = view.snapshot()
        return {
          shown: [...snapshot.entries.values()].map(({ id, deletion }) => (deletion ? `${id}~` : id)).toSorted(),
          trash: [...snapshot.trash.keys()].toSorted(),
          inbox: inboxOf(snapshot)
            .map((item) => ('entry' in item ? item.entry.id : ''))
            .toSorted(),
        }
      })
      expect(pages[1]).toEqual(pages[0])
      return Object.values(pages[0] ?? {})
    },
  }
}

const merge = (keep: string, duplicate: string): Command => ({
  do: 'mergeRecords',
  keep: keep as RecordId,
  duplicate: duplicate as RecordId,
  fields: {},
})

test.each([
  ['p1', 'p2'],
  ['h1', 'h2'],
])(
  '[DEL4] two who merge %s and %s in opposite directions, unseen, find both in view and in the inbox',
  (one, other) => {
    const team = createTeam()
    const [a, b] = team.hands
    if (!a || !b) throw new Error('nobody')
    team.act(a, merge(one, other))
    team.act(b, merge(other, one))
    const [shown, trash, inbox] = team.seen()
    expect(shown).toEqual(expect.arrayContaining([`${one}~`, `${other}~`]))
    expect(trash).toEqual([])
    expect(inbox).toEqual(expect.arrayContaining([one, other]))
  },
)

test('[DEL4] that a merge kept a record is no line of its history', () => {
  const team = createTeam()
  const [a] = team.hands
  if (!a) throw new Error('nobody')
  team.act(a, merge('p1', 'p2'))
  const lines = historyOf({ ...a.documents, journal: new Map() }, 'p1' as RecordId)
  expect(lines.map(({ action }) => action)).toEqual(['created'])
})
