/** What a community may set for itself. */
export { parameterChanges } from './changes.ts'
export { checkParameters, soundEarlierTimes, soundParameters, termsOfKind, type ParametersProblem } from './check.ts'
export {
  termNames,
  timeUnits,
  type CommunityParameters,
  type EarlierTimes,
  type TermName,
  type TermSetting,
  type TicketTimes,
  type TicketTimesByKind,
  type TimeUnit,
} from './parameters.ts'
export { defaultTimes, isSameTerm, setTimes, settingOf } from './terms.ts'
export { createTimetable } from './timetable.ts'
