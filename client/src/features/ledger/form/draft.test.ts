import { idCheckCharacter, type FieldValues } from '@tongge/model'
import { createRoot } from 'solid-js'
import { expect, test } from 'vitest'
import { createDraft, type Draft } from './draft.ts'

const today = '2026-11-23'
const digits = '99010119850302001'
const idNo = digits + idCheckCharacter(digits)

const open = (before: FieldValues = {}, given: FieldValues = {}): Draft =>
  createRoot(() => createDraft('person', before, given, () => today))

test('[LED11] a field is checked when it is left, and saving finds every problem', () => {
  const draft = open()
  draft.input('phone', '12')
  draft.leave('phone')
  expect(draft.problem('phone')?.problem).toBe('badPhone')
  draft.leave('name')
  expect(draft.problem('name')).toBeUndefined()
  expect(draft.check(['name', 'phone'])).toBe(false)
  expect(draft.problem('name')?.problem).toBe('required')
  draft.input('phone', '138 0000 0001')
  expect(draft.problem('phone')).toBeUndefined()
})

test('[LED12] a valid ID number fills in sex and birth date where they are empty', () => {
  const draft = open({ sex: '2' })
  draft.input('idNo', idNo)
  draft.leave('idNo')
  expect([draft.typed('sex'), draft.typed('birthDate')]).toEqual(['2', '1985-03-02'])
  expect([draft.filledFromIdNo('sex'), draft.filledFromIdNo('birthDate')]).toEqual([false, true])
})

test('[LED12] a wrong ID number fills in nothing', () => {
  const draft = open()
  draft.input('idNo', `${digits}0`)
  draft.leave('idNo')
  expect(draft.problem('idNo')?.problem).toBe('badIdCheckDigit')
  expect(draft.typed('birthDate')).toBeUndefined()
})

test('[LED13] only changed fields are sent, read into stored spelling, and a cleared one as cleared', () => {
  const draft = open({ name: '张伟', phone: '13800000001', education: '20' })
  draft.input('name', '张伟')
  draft.input('phone', '１３８ 0000 0002')
  draft.input('education', '')
  expect(draft.changes()).toEqual({ phone: '13800000002', education: undefined })
})

test('[LED14] a draft is dirty from the first difference until it is settled', () => {
  const draft = open({ name: '张伟' })
  expect(draft.isDirty()).toBe(false)
  draft.input('name', '张玮')
  expect(draft.isDirty()).toBe(true)
  draft.input('name', '张伟')
  expect(draft.isDirty()).toBe(false)
  draft.input('name', '张玮')
  draft.settle()
  expect(draft.isDirty()).toBe(false)
})

test('[LED14] what was filled in beforehand is sent, but nobody typed it', () => {
  const draft = open({}, { resident: '01' })
  expect(draft.changes()).toEqual({ resident: '01' })
  expect(draft.isDirty()).toBe(false)
})

test('[LED23] untouched fields follow others; a touched field keeps the input and tells what others wrote', () => {
  const draft = open({ name: '张伟', phone: '13800000001' })
  draft.input('phone', '13800000009')
  draft.follow({ name: '张玮', phone: '13800000002' })
  expect([draft.typed('name'), draft.typed('phone')]).toEqual(['张玮', '13800000009'])
  expect([draft.theirs('name'), draft.theirs('phone')]).toEqual([undefined, { value: '13800000002' }])
  expect(draft.changes()).toEqual({ phone: '13800000009' })
})

test('[LED34] what was typed goes on over the record as it is by then, and says what others made of it; the rest follows the record', () => {
  const draft = open({ name: '张伟', phone: '13800000001', education: '20', remark: '养狗' })
  draft.input('phone', '13800000009')
  draft.input('education', '')
  draft.input('remark', '养猫')
  const kept: unknown = JSON.parse(JSON.stringify(draft.kept()))
  const later = open({ name: '张玮', phone: '13800000002', education: '20', remark: '养猫' })
  later.restore(kept)
  expect(['name', 'phone', 'education'].map(later.typed)).toEqual(['张玮', '13800000009', ''])
  expect(['phone', 'education', 'remark'].map(later.theirs)).toEqual([{ value: '13800000002' }, undefined, undefined])
  expect(later.changes()).toEqual({ phone: '13800000009', education: undefined })
  later.reset()
  expect([later.kept(), later.typed('phone'), later.theirs('phone')]).toEqual([undefined, '13800000002', undefined])
})

test('[LED34] whatever is kept under a form, what is no input for its fields is left out', () => {
  const draft = open({ name: '张伟' })
  for (const kept of [
    undefined,
    null,
    'x',
    7,
    { name: 'x', no: { typed: 'x', start: '' }, phone: { typed: 7, start: '' } },
  ])
    draft.restore(kept)
  expect(draft.kept()).toBeUndefined()
})
