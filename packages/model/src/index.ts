/** What the records of a community grid mean: types, code lists, rules and permissions. Pure: no clock, no randomness, no platform. */
export {
  checkField,
  idCheckCharacter,
  maskIdNo,
  maskName,
  maskPhone,
  normaliseField,
  normaliseValue,
  parseDay,
  parseIdNo,
  parsePhone,
  parseUscc,
  plainText,
  upgradeIdNo,
  usccCheckCharacter,
  type CheckContext,
  type IdentityNumber,
} from './checks/index.ts'
export {
  codeList,
  findCode,
  isCode,
  isOpenList,
  isOwnCode,
  labelOf,
  openLists,
  ownLabel,
  withOwnCodes,
  type Code,
  type CodeListId,
  type Language,
  type OwnCode,
  type OwnLists,
} from './codes/index.ts'
export type {
  AdoptedLine,
  Command,
  FieldProblem,
  FieldProblemCode,
  FieldValues,
  ImportedRecord,
  Refusal,
  StepInput,
} from './commands.ts'
export type { Field, FieldClass, FieldGroup, FieldTable, FieldType, Value, ValueOf } from './field.ts'
export { fieldsOf, type NamedField } from './fields.ts'
export { communityOf, parseCommunityCode, parseGridCode, parseRecordId, parseStreetCode, streetOf } from './ids.ts'
export type { AccountId, CommunityCode, GridCode, RecordId, StreetCode } from './ids.ts'
export { missingFields } from './missing.ts'
export { formatPhotoRef, mostPhotos, parsePhotoRef, type PhotoRef } from './photo-ref.ts'
export {
  boundaryProblem,
  checkGrid,
  checkOrganisationField,
  checkStaff,
  gridFields,
  isPublishedLongEnough,
  outlineOf,
  publicityWorkdays,
  publishedFields,
  readOrganisationField,
  soundFields,
  staffFields,
  type Boundary,
  type Equipment,
  type GridDetails,
  type GridMember,
  type GridRecord,
  type OrganisationField,
  type OrganisationProblem,
  type Outline,
  type Point,
  type Position,
  type StaffDetails,
  type StaffRecord,
} from './organisation/index.ts'
export {
  checkParameters,
  createTimetable,
  defaultTimes,
  isSameTerm,
  parameterChanges,
  setTimes,
  settingOf,
  soundEarlierTimes,
  soundParameters,
  termNames,
  termsOfKind,
  timeUnits,
  type CommunityParameters,
  type EarlierTimes,
  type ParametersProblem,
  type TermName,
  type TermSetting,
  type TicketTimes,
  type TicketTimesByKind,
  type TimeUnit,
} from './parameters/index.ts'
export {
  mayRead,
  mayReadAudit,
  mayReadReveals,
  mayReveal,
  maySetParameters,
  mayStep,
  mayWrite,
  mayWriteDocument,
  scopeOf,
  type Scope,
} from './policy/rights.ts'
export { roleNames, roles, type Role } from './policy/roles.ts'
export { readers, writeRules, type DocumentClass, type Operation, type WriteRule } from './policy/table.ts'
export { mayRestore, maySetField, maySettleDeletion } from './plan/authority.ts'
export { plan } from './plan/plan.ts'
export type { Plan } from './plan/refusals.ts'
export { ticketLimits } from './plan/ticket-checks.ts'
export { ticketNumber } from './plan/tickets.ts'
export { coverage, type Coverage, type Rate } from './query/coverage.ts'
export { doorState, doorStates, type DoorState } from './query/door-state.ts'
export { indexGrid, type BuildingNode, type GridIndex, type HouseholdNode, type HouseNode } from './query/grid-index.ts'
export { compareNaturally } from './query/natural-order.ts'
export {
  knockDue,
  lastKnocks,
  rosterOf,
  type RosterDoor,
  type RosterHousehold,
  type RosterKnock,
} from './query/roster.ts'
export { doorOf, doorOnWall, searchRows, searchRowsOf, type SearchRow } from './query/search-rows.ts'
export { dueState, isMine, openTickets, type DueState } from './query/tickets.ts'
export { todayFor, type Today, type Visit } from './query/today.ts'
export { documentOf, fieldOf, isActive, isKind, isKindOf, isLedgerKind, isSealed, tables } from './records.ts'
export type {
  Entry,
  FieldConflict,
  FieldName,
  Fields,
  Kind,
  LedgerKind,
  RecordDocument,
  Rival,
  Stamp,
  TrashedEntry,
} from './records.ts'
export { isRevealReason, longestRevealNote, revealReasons, type RevealReason } from './reveals.ts'
export { exhaustive, fail, ok, type Result } from './result.ts'
export type { Actor, Edit, PlanContext, Snapshot } from './snapshot.ts'
export { allowedSteps, stepDenial, type AllowedStep } from './tickets/allowed-steps.ts'
export type { CalendarOverrides } from './tables/workdays.ts'
export { createCalendar, type WorkCalendar } from './tickets/calendar.ts'
export { dueOf, type DueInput, type Suspension } from './tickets/due.ts'
export { foldTicket } from './tickets/fold.ts'
export {
  openStates,
  publicState,
  transitions,
  type PublicState,
  type StepField,
  type TakeRefusal,
  type Transition,
} from './tickets/machine.ts'
export { acceptedAt, type Receipt } from './tickets/step-checks.ts'
export { timeOfStep, type StepTime } from './tickets/step-time.ts'
export { findSimilarTickets, suggestCategory } from './tickets/suggest.ts'
export {
  categoryOf,
  taxonomy,
  type Category,
  type CategoryGroup,
  type EventClass,
  type Term,
} from './tickets/taxonomy.ts'
export type {
  Due,
  DueTerm,
  Level,
  Report,
  Severity,
  Step,
  StepAction,
  Ticket,
  TicketBirth,
  TicketState,
  Visibility,
} from './tickets/types.ts'
export {
  dayLength,
  dayOf,
  isDay,
  quarterOf,
  startOfDay,
  yearsBetween,
  type Day,
  type Instant,
  type Quarter,
} from './time.ts'
