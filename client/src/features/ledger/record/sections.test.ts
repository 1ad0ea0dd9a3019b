import { fieldsOf, type Kind } from '@tongge/model'
import { expect, test } from 'vitest'
import { formFields, isRare, orderedFields, sectionOf, sections } from './sections.ts'

const kinds: readonly Kind[] = ['building', 'house', 'household', 'person', 'unit', 'facility']

test('[LED10] every field has its section, and a form leaves out only what the app keeps by itself', () => {
  for (const kind of kinds) {
    for (const field of fieldsOf(kind)) expect(sections).toContain(sectionOf(field))
    const offered = new Set(formFields(kind).map((field) => field.name))
    const left = fieldsOf(kind).filter((field) => !offered.has(field.name))
    expect(left.filter((field) => field.required)).toEqual([])
    expect(orderedFields(kind)).toHaveLength(fieldsOf(kind).length)
  }
})

test('[LED10] fields collected only by choice are behind 更多, required ones never', () => {
  for (const kind of kinds) {
    for (const field of formFields(kind)) {
      if (field.optIn) expect(isRare(field)).toBe(true)
      if (field.required) expect(isRare(field)).toBe(false)
    }
  }
})

test('[LED9] every field of the sensitive class stands in the masked section', () => {
  for (const kind of kinds) {
    for (const field of fieldsOf(kind)) expect(sectionOf(field) === 'sensitive').toBe(field.class === 'sensitive')
  }
})
