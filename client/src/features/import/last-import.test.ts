import { expect, it } from 'vitest'
import { importToUndo, rememberImport } from './last-import.ts'

const figures = { households: 2, people: 5, changed: 1 }

it('[IMP25] an import can be taken back while it is the last edit, and no longer after another one', () => {
  let last: object | undefined
  const session = { lastEdit: () => last }
  rememberImport(session, figures)
  expect(importToUndo(session)).toBeUndefined()

  const written = {}
  last = written
  rememberImport(session, figures)
  expect(importToUndo(session)).toEqual(figures)
  expect(importToUndo({ lastEdit: () => written })).toBeUndefined()

  last = {}
  expect(importToUndo(session)).toBeUndefined()
  // The other edit was taken back.
  last = written
  expect(importToUndo(session)).toEqual(figures)
})
