import { fieldsOf, type AccountId, type FieldConflict, type Rival, type Value } from '@tongge/model'
import { expect, test } from 'vitest'
import { fieldText } from '../ledger/record/field-text.ts'
import { photosOfAll } from './photos-of.ts'

const rival = (at: number, value: Value | undefined): Rival => ({
  value,
  stamp: { at, by: 'lin' as AccountId, device: 'phone' },
  slot: `s${at}`,
})

test('[PHOTO7] kept together, the photos of all rivals stand each once, the earliest first', () => {
  const conflict: FieldConflict = {
    field: 'photos',
    rivals: [rival(3, ['a1/0', 'b1/0']), rival(2, undefined), rival(1, ['a1/0', 'c1/0'])],
  }
  expect(photosOfAll(conflict)).toEqual(['a1/0', 'c1/0', 'b1/0'])
})

test('[PHOTO7] in words photos are told by how many they are', () => {
  const field = fieldsOf('facility').find(({ name }) => name === 'photos')
  const text = field && fieldText(field, ['a1/0', 'b1/0'], { now: 0, titleOf: (id) => id })
  expect(text).toBe('2 张照片')
})
