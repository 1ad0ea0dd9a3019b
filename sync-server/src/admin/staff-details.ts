/** What the rows of a staff sheet say of people beside their roles. One person may have several rows. */
import {
  checkStaff,
  createCalendar,
  isPublishedLongEnough,
  publicityWorkdays,
  type Day,
  type Role,
  type StaffDetails,
} from '@tongge/model'
import { merged, readDetails, sentenceFor, staffColumns, titleOf } from './detail-columns.ts'
import type { NamedRow } from './sheet-table.ts'

export interface SaidOfStaff {
  /** Reads a row; what is wrong with it goes to the problems. */
  hear(row: NamedRow, of: { readonly account: string; readonly name: string; readonly role: Role } | undefined): void
  /** Of the people of whom the sheet says anything. */
  details(): ReadonlyMap<string, StaffDetails>
  warnings(): readonly string[]
}

/** `known`: what was there before. */
export function hearStaff(known: ReadonlyMap<string, StaffDetails>, today: Day, problems: string[]): SaidOfStaff {
  const saidBy = new Map<string, Map<string, unknown>>()
  const staff = new Map<string, StaffDetails>()
  return {
    hear(row, of) {
      const read = readDetails(row, staffColumns, today, problems)
      if (!of || read.size === 0) return
      const { account, name, role } = of
      const said = saidBy.get(account) ?? new Map<string, unknown>()
      saidBy.set(account, said)
      for (const [field, value] of read) {
        const before = said.get(field)
        // An empty cell says nothing against another row.
        if (before === undefined) said.set(field, value)
        else if (value !== undefined && JSON.stringify(before) !== JSON.stringify(value))
          problems.push(`${row.at} ${titleOf(staffColumns, field)}: account ${account} has another further up`)
      }
      const next = merged(known.get(account) ?? {}, said)
      staff.set(account, next)
      for (const problem of checkStaff({ ...next, name, role }, { today }))
        if (problem.problem === 'endsBeforeStart' || problem.problem === 'idBirthMismatch')
          problems.push(`${row.at} ${titleOf(staffColumns, problem.field)}: ${sentenceFor(problem.problem)}`)
    },
    details: () => staff,
    warnings: () => [...staff].flatMap(([account, details]) => hasty(account, details)),
  }
}

/** 公示 7 个工作日. That it was shorter is a fact to be told, not a mistake in the sheet. */
function hasty(account: string, { publicityFrom, publicityTo }: StaffDetails): readonly string[] {
  return publicityFrom === undefined ||
    publicityTo === undefined ||
    isPublishedLongEnough(publicityFrom, publicityTo, createCalendar())
    ? []
    : [`${account}: 公示 from ${publicityFrom} to ${publicityTo} is less than ${publicityWorkdays} working days`]
}
