import { expect, test } from 'vitest'
import { countByTerm } from './due-terms.ts'

const now = Date.parse('2026-11-23T02:00:00Z')
const at = (text: string) => ({ label: 'ok' as const, what: 'resolve' as const, at: Date.parse(text) })

test('[APP12] due times are grouped by days of China Standard Time, tickets without one apart, so that the parts make the whole', () => {
  const dues = [
    { label: 'overdue' as const, what: 'resolve' as const, at: now - 1 },
    at('2026-11-23T15:59:59Z'),
    at('2026-11-23T16:00:00Z'),
    at('2026-11-29T15:59:59Z'),
    at('2026-11-29T16:00:00Z'),
    { label: 'none' as const },
  ]
  expect(countByTerm(dues, now)).toEqual({ overdue: 1, today: 1, week: 2, later: 1, none: 1 })
})
