import type { Entry } from '@tongge/model'
import { expect, test } from 'vitest'
import { testEntry } from '../test-entries.ts'
import { findCandidates } from './candidates.ts'

const nameOf = (entry: Entry): string => (entry as Entry<'person'>).fields.name ?? ''
const person = (id: string, fields: Parameters<typeof testEntry<'person'>>[2]): Entry => testEntry('person', id, fields)
const keep = person('p1', { name: '张建国', phone: '13800000001', birthDate: '1950-01-02', idNo: 'x', household: 'u1' })

const found = (...others: readonly Entry[]): readonly (readonly string[])[] =>
  findCandidates(keep, [keep, ...others], nameOf).map(({ entry, why }) => [entry.id, ...why])

test('[LED16] the same document number comes first, then the same name, then a near name with something else in common', () => {
  expect(
    found(
      person('near', { name: '张健国', birthDate: '1950-01-02' }),
      person('name', { name: '张建国' }),
      person('id', { name: '章建国', idNo: 'x' }),
    ),
  ).toEqual([
    ['id', 'sameId', 'nearName'],
    ['name', 'sameName'],
    ['near', 'sameBirth', 'nearName'],
  ])
})

test('[LED16] a shared telephone, birth date or a near name alone says too little', () => {
  expect(
    found(
      person('a', { name: '李四', phone: '13800000001' }),
      person('b', { name: '李四', birthDate: '1950-01-02' }),
      person('c', { name: '张建' }),
    ),
  ).toEqual([])
})

test('[LED16] records of other kinds and those off the register are no candidates', () => {
  expect(
    found(testEntry('unit', 'n1', { name: '张建国' }), person('gone', { name: '张建国', status: 'movedOut' })),
  ).toEqual([])
})
