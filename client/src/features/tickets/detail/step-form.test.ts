import type { AccountId, AllowedStep, RecordId } from '@tongge/model'
import { expect, test } from 'vitest'
import { folded, reported } from '../test-tickets.ts'
import { createStepForm, type StepFieldName, type StepFields } from './step-form.ts'

const ticket = folded('t', reported())
const of = (action: AllowedStep['action']) =>
  createStepForm(ticket, { action, needs: [], to: 'submitted' } as unknown as AllowedStep)

test('[TKA31] whatever is filled in for a step makes its form dirty, and taking it back makes it clean again', () => {
  const values: StepFields = {
    note: '到了',
    assignee: 'member01' as AccountId,
    coAssignees: ['member02' as AccountId],
    dueAt: '2026-11-24T10:00',
    level: 'street',
    parent: 't2' as RecordId,
    evidence: ['a1/0'],
    score: '4',
  }
  for (const name of Object.keys(values) as StepFieldName[]) {
    const form = of('escalate')
    const before = form.fields[name]
    expect(form.isDirty(), 'as it opens').toBe(false)
    form.set(name, values[name])
    expect(form.isDirty(), name).toBe(true)
    form.set(name, before)
    expect(form.isDirty(), `${name} taken back`).toBe(false)
  }
})
