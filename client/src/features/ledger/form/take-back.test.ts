import type { RecordId } from '@tongge/model'
import { expect, test } from 'vitest'
import { takeBackEdit } from './take-back.ts'

const id = 'u1' as RecordId
const before = { phone: '19900000001', careTags: ['aged'] }
const written = { phone: '19900000002', dogs: 1, careTags: undefined }

test('[LED30] taking an edit back brings what stood there before, cleared and added fields too', () => {
  expect(takeBackEdit(id, before, written, { phone: '19900000002', dogs: 1 })).toEqual([
    { do: 'editRecord', id, fields: { phone: '19900000001', dogs: undefined, careTags: ['aged'] } },
  ])
})

test('[LED30] a field that somebody changed since is left alone', () => {
  const now = { phone: '19900000003', dogs: 1 }
  expect(takeBackEdit(id, before, written, now)).toEqual([
    { do: 'editRecord', id, fields: { dogs: undefined, careTags: ['aged'] } },
  ])
  expect(takeBackEdit(id, before, { phone: '19900000002' }, now)).toEqual([])
})
