/**
 * What a community may set for itself (domain.md §3.1: all numbers configurable). Only what differs from the app's own numbers stands
 * here: a number that the app corrects later reaches every community that never touched it.
 */
import type { OwnLists } from '../codes/index.ts'
import type { CalendarOverrides } from '../tables/workdays.ts'
import type { Instant } from '../time.ts'

export const timeUnits = ['minutes', 'hours', 'days', 'workdays'] as const
export type TimeUnit = (typeof timeUnits)[number]

export interface TermSetting {
  /** Whole, from 1. */
  readonly count: number
  readonly unit: TimeUnit
}

/** 响应, 到场, 办结; and 办结 of a danger that was graded high, medium or low, where the kind is graded. */
export const termNames = ['respond', 'onSite', 'resolve', 'resolveH', 'resolveM', 'resolveL'] as const
export type TermName = (typeof termNames)[number]
export type TicketTimes = { readonly [T in TermName]?: TermSetting }
/** By code of a category (`safety.fire`) or of a whole group (`safety`); the category's own counts before its group's. */
export type TicketTimesByKind = Readonly<Record<string, TicketTimes>>

export interface CommunityParameters {
  readonly ticketTimes?: TicketTimesByKind
  /** Days on which this community works or rests otherwise than published. */
  readonly workdays?: CalendarOverrides
  /** What it adds to the lists that the standards leave open. */
  readonly lists?: OwnLists
}

/** Times that held for tickets reported before an instant. */
export interface EarlierTimes {
  readonly until: Instant
  readonly ticketTimes: TicketTimesByKind
}
