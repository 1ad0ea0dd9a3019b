import type { RecordId } from '@tongge/model'
import { createRoot } from 'solid-js'
import { expect, test } from 'vitest'
import { createReportDraft, type ReportDraft } from './report-draft.ts'

const start = Date.parse('2026-11-23T02:00:00Z')
const names = { category: (code: string) => `<${code}>`, building: (id: RecordId) => `<${id}>`, grid: () => '<grid>' }
let clock = start

function open(building = ''): ReportDraft {
  clock = start
  return createRoot(() =>
    createReportDraft(
      () => building as RecordId | '',
      () => clock,
    ),
  )
}

test('[TKA10] the likeliest category of the words is chosen until a person chooses another', () => {
  const draft = open()
  draft.set('title', '三单元路灯不亮')
  expect(draft.category()).toBe('facility.repair')
  draft.set('category', 'property.complaint')
  draft.set('title', '着火了')
  expect([draft.category(), draft.suggestions()[0]]).toEqual(['property.complaint', 'emergency.fire'])
})

test('[TKA11] an emergency is major, named by its kind and marked as one-key unless a person says otherwise', () => {
  const draft = open('b1')
  draft.set('category', 'emergency.fire')
  expect(draft.birth(start, names)).toMatchObject({
    title: '<emergency.fire>',
    severity: 'major',
    source: 'emergency',
    place: '<b1>',
  })
  draft.set('severity', 'normal')
  draft.set('title', '厨房冒烟')
  expect(draft.birth(start, names)).toMatchObject({ title: '厨房冒烟', severity: 'normal' })
})

test('[TKA18] an emergency that says no place is reported for the grid, and nothing else is', () => {
  const draft = open()
  draft.set('title', '三单元路灯不亮')
  expect(draft.birth(start, names).place).toBe('')
  draft.set('category', 'emergency.fire')
  expect([draft.birth(start, names).place, draft.saysPlace()]).toEqual(['<grid>', false])
  draft.set('spot', '南门')
  expect([draft.birth(start, names).place, draft.saysPlace()]).toEqual(['南门', true])
})

test('[TKA12] the place is the building used last, the words, or both', () => {
  const draft = open('b1')
  draft.set('spot', '门口')
  expect(draft.birth(start, names)).toMatchObject({ place: '<b1> 门口', building: 'b1' })
  draft.set('building', '')
  expect(draft.birth(start, names).place).toBe('门口')
  expect('building' in draft.birth(start, names)).toBe(false)
})

test('[TKA13] the time of discovery is when the writing began, until another is entered', () => {
  const draft = open()
  clock += 60_000
  draft.set('title', '灯')
  clock += 600_000
  expect(draft.birth(clock, names).occurredAt).toBe(start + 60_000)
  draft.set('occurredAt', start)
  expect(draft.birth(clock, names).occurredAt).toBe(start)
})

test('[TKA14] what concerns everybody is public, matters of single persons are not, and a named reporter makes a resident’s report', () => {
  const draft = open()
  draft.set('category', 'facility.repair')
  expect([draft.visibility(), draft.source()]).toEqual(['public', 'grid'])
  draft.set('category', 'dispute.family')
  draft.set('reporterName', '张三')
  expect([draft.visibility(), draft.source()]).toEqual(['private', 'resident'])
})

test('[TKA15] a draft is dirty from the first input until it is cleared; the preselected building is no input', () => {
  const draft = open('b1')
  expect(draft.isDirty()).toBe(false)
  draft.set('spot', '门口')
  expect(draft.isDirty()).toBe(true)
  draft.clear()
  expect([draft.isDirty(), draft.fields.building]).toEqual([false, 'b1'])
})
