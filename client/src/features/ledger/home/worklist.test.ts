import { coverage, indexGrid, type Entry } from '@tongge/model'
import { expect, test } from 'vitest'
import { testEntry } from '../test-entries.ts'
import { worklist } from './worklist.ts'

const house = (id: string, door: string, occupancy = 'owner'): Entry =>
  testEntry('house', id, { building: 'b1', entrance: '1', floor: 1, door, occupancy })
const file = { visitRule: 'monthly', emergencyContact: '李明', emergencyPhone: '19900000001' } as const

const entries: readonly Entry[] = [
  testEntry('building', 'b1', { name: '3号楼' }),
  house('h1', '101'),
  testEntry('household', 'u1', { house: 'h1', verifyState: '1', careTags: ['aged'], ...file }),
  house('h2', '102'),
  testEntry('household', 'u2', { house: 'h2', verifyState: '0', careTags: ['aged'], visitRule: 'monthly' }),
  house('h3', '103'),
  house('h4', '104', 'vacant'),
]

test('[LED32] doors without a household, households nobody verified and care files that are not complete are left to do', () => {
  const { doors, unverified, careFiles } = worklist(indexGrid(entries).buildings)
  expect([doors, unverified, careFiles].map((list) => list.map(({ id }) => id))).toEqual([['h3'], ['u2'], ['u2']])
})

test('[LED32] the care files left to do are those that the care rate does not count', () => {
  const { care } = coverage(entries, 0)
  expect(worklist(indexGrid(entries).buildings).careFiles).toHaveLength(care.denominator - care.numerator)
})
