import type { AccountId, Entry, RecordId } from '@tongge/model'
import { describe, expect, it } from 'vitest'
import { draftOf, emptyDraft, fieldsFrom, isTouched } from './note-draft.ts'
import { doorsToTryAgain, groupByDay, matches, notesIn, recentDoors, type Note } from './note-list.ts'

const now = Date.parse('2026-11-23T02:00:00Z')
const hour = 3_600_000

function note(id: string, hoursAgo: number, fields: Note['fields'] = {}): Note {
  const stamp = { at: now - hoursAgo * hour, by: 'volunteer01' as AccountId, device: '平板' }
  return {
    id: id as RecordId,
    kind: 'note',
    fields: { building: 'b1', noteType: 'knock', notedAt: stamp.at, ...fields },
    created: stamp,
    updated: stamp,
    conflicts: [],
  }
}

describe('notes', () => {
  it('[NOTE1] the newest come first, in days of China Standard Time', () => {
    const house = { ...note('h1', 0), kind: 'house' } as unknown as Entry
    // 10 hours before 10:00 in China is midnight sharp: the day has begun.
    const all = notesIn([note('a', 10.01), house, note('b', 1), note('c', 10)])
    expect(all.map(({ id }) => id)).toEqual(['b', 'c', 'a'])
    expect(groupByDay(all).map(({ day, notes }) => [day, notes.length])).toEqual([
      ['2026-11-23', 2],
      ['2026-11-22', 1],
    ])
  })

  it('[NOTE2] building, type and any part of the door narrow the list together', () => {
    const one = note('a', 1, { door: '2-501' })
    expect([
      matches(one, {}),
      matches(one, { building: 'b1', type: 'knock', door: ' 50 ' }),
      matches(one, { building: 'b2' }),
      matches(one, { type: 'report' }),
      matches(one, { door: '502' }),
    ]).toEqual([true, true, false, false, false])
  })

  it('[NOTE3] doors noted lately are offered once each, the last one first, and narrow as one types', () => {
    const all = [
      note('a', 1, { door: '501' }),
      note('b', 2, { door: '302' }),
      note('c', 3, { door: '501' }),
      note('d', 4, { door: '502', building: 'b2' }),
      note('e', 5),
    ]
    expect(recentDoors(all, 'b1', '', 9)).toEqual(['501', '302'])
    expect(recentDoors(all, 'b1', '5', 9)).toEqual(['501'])
    expect(recentDoors(all, 'b1', '501', 9)).toEqual([])
    expect(recentDoors(all, 'b1', '', 1)).toEqual(['501'])
  })

  it('[NOTE4] a door is to be tried again while its last knock met nobody, for a month', () => {
    const all = [
      note('a', 1, { door: '101', outcome: 'noAnswer' }),
      note('b', 2, { door: '102', outcome: 'seen' }),
      note('c', 3, { door: '102', outcome: 'noAnswer' }),
      note('d', 4, { door: '103', outcome: 'refused' }),
      note('e', 5, { door: '101', building: 'b2', outcome: 'noAnswer' }),
      note('f', 24 * 31, { door: '104', outcome: 'noAnswer' }),
    ]
    expect(doorsToTryAgain(all, now, 30).map(({ id }) => id)).toEqual(['a', 'e'])
  })

  it('[NOTE5] what only a knock can tell is not written into a note or a report', () => {
    const draft = { ...emptyDraft('knock', 'b1'), door: ' 501 ', outcome: 'seen', curtain: 'open', text: '' }
    expect(fieldsFrom(draft)).toEqual({
      building: 'b1',
      noteType: 'knock',
      door: '501',
      outcome: 'seen',
      curtain: 'open',
      text: undefined,
    })
    expect(fieldsFrom({ ...draft, type: 'report', text: '灯坏了' })).toMatchObject({
      outcome: undefined,
      curtain: undefined,
      text: '灯坏了',
    })
  })

  it('[NOTE6] a form with nothing typed is left without a question', () => {
    expect([
      isTouched(emptyDraft('note', 'b1')),
      isTouched({ ...emptyDraft('note', 'b1'), text: ' ' }),
      isTouched(draftOf(note('a', 1, { door: '501' }))),
    ]).toEqual([false, false, true])
  })
})
