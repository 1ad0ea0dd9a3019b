import { expect, test } from 'vitest'
import { createNewest } from './newest.ts'

const ledger = 'grid/990101001001001/ledger'

test('[GEN7] a generation is called what none was called before, also after the data was put back to an older state', () => {
  let minute = 480_000
  const before = createNewest([ledger], () => minute)
  const lost = before.next(ledger)
  before.note(lost)
  expect([before.of(ledger), before.next(lost)]).toEqual([`${ledger}/g480000`, `${ledger}/g480001`])
  minute += 60
  const putBack = createNewest([ledger], () => minute)
  expect([putBack.hasBegun(lost), putBack.next(ledger)]).toEqual([false, `${ledger}/g480060`])
})

test('[GEN2] generations stand in the order of their numbers, whatever is between them', () => {
  const newest = createNewest([`${ledger}/g480060`, ledger, `${ledger}/g2`])
  expect(newest.after(ledger)).toEqual([`${ledger}/g2`, `${ledger}/g480060`])
  expect(newest.after(`${ledger}/g480060`)).toEqual([])
  expect([newest.hasBegun(`${ledger}/g3`), newest.of(`${ledger}/g2`)]).toEqual([false, `${ledger}/g480060`])
})
