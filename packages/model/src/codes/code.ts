/** What a code list is; the lists themselves are in the files beside. */

export type CodeListId =
  | 'SOURCE'
  | 'VERIFY'
  | 'STATUS'
  | 'LEGAL_BASIS'
  | 'STRUCTURE'
  | 'RISK'
  | 'HOUSE_USE'
  | 'OCCUPANCY'
  | 'UNIT_TYPE'
  | 'PLACE9'
  | 'ATTENTION'
  | 'FACILITY_TYPE'
  | 'CONDITION'
  | 'HAZARD'
  | 'ORGANISATION'
  | 'PERMIT'
  | 'HOUSEHOLD_TYPE'
  | 'REGMATCH'
  | 'CARE_TAG'
  | 'INCOME'
  | 'VISIT_RULE'
  | 'SEX'
  | 'NATION'
  | 'RESIDENT'
  | 'MARITAL'
  | 'POLIT'
  | 'EDU'
  | 'EMPLOY'
  | 'KIN'
  | 'RELIGION'
  | 'CERT'
  | 'DISAB'
  | 'DISAB_GRADE'
  | 'HEALTH'
  | 'INFLOW'
  | 'DWELL'
  | 'LEFT'
  | 'NOTE_TYPE'
  | 'VISIT_OUTCOME'
  | 'CURTAIN'
  | 'TICKET_SOURCE'

export interface Code {
  readonly code: string
  readonly zh: string
  readonly en: string
}

export type Language = 'zh' | 'en'
