/** Everything a person can do in the app, as data. `plan` turns a command into edits or a refusal. */
import type { Value } from './field.ts'
import type { AccountId, RecordId } from './ids.ts'
import type { Kind } from './records.ts'
import type { RevealReason } from './reveals.ts'
import type { Level, Report, Step } from './tickets/types.ts'
import type { Day, Instant } from './time.ts'

export type FieldValues = Readonly<Record<string, Value | undefined>>

export type Command =
  | { readonly do: 'addRecord'; readonly kind: Kind; readonly fields: FieldValues }
  /** Only the fields that changed; undefined clears one. */
  | { readonly do: 'editRecord'; readonly id: RecordId; readonly fields: FieldValues }
  | { readonly do: 'deleteRecord'; readonly id: RecordId }
  | { readonly do: 'restoreRecord'; readonly id: RecordId }
  /** Picks one of the rivals (or a new value) for a conflicted field. */
  | { readonly do: 'settleField'; readonly id: RecordId; readonly field: string; readonly value: Value | undefined }
  /** Settles a record that was deleted by one and edited by another. */
  | { readonly do: 'settleDeletion'; readonly id: RecordId; readonly keep: boolean }
  /** 未变化: the household is as it was; one tap. */
  | { readonly do: 'confirmUnchanged'; readonly household: RecordId }
  /** Moves people (all of a household or some) to another house or household of the grid. */
  | { readonly do: 'moveHousehold'; readonly household: RecordId; readonly toHouse: RecordId }
  | { readonly do: 'movePerson'; readonly person: RecordId; readonly toHousehold: RecordId; readonly kinToHead: string }
  | { readonly do: 'markMovedOut'; readonly person: RecordId; readonly on: Day; readonly to?: string }
  | { readonly do: 'markDeceased'; readonly person: RecordId; readonly on: Day }
  /** `keep` takes the missing fields of `duplicate`, whose people or household links follow; `duplicate` goes to the recycle bin. */
  | { readonly do: 'mergeRecords'; readonly keep: RecordId; readonly duplicate: RecordId; readonly fields: FieldValues }
  | { readonly do: 'importRecords'; readonly rows: readonly ImportedRecord[] }
  /** `reporter` are fields of that kind of record; only for those who may write them. */
  | {
      readonly do: 'reportTicket'
      readonly birth: Report
      readonly description: string
      readonly evidence?: readonly string[]
      readonly reporter?: FieldValues
    }
  /** Who reported a ticket that is there already. */
  | { readonly do: 'nameReporter'; readonly ticket: RecordId; readonly fields: FieldValues }
  | ({ readonly do: 'takeStep'; readonly ticket: RecordId } & StepInput)
  | {
      readonly do: 'settleStep'
      readonly ticket: RecordId
      readonly step: RecordId
      readonly verdict: 'applies' | 'discarded'
    }
  | { readonly do: 'addNote'; readonly fields: FieldValues }
  /** Writes in one's own name what `author` had written and nobody took; the history of each record says whose it was. */
  | { readonly do: 'adopt'; readonly author: AccountId; readonly lines: readonly AdoptedLine[] }
  /** Sensitive fields of one record are going to be shown; `note` says why where no reason of the list does. */
  | {
      readonly do: 'reveal'
      readonly id: RecordId
      readonly fields: readonly string[]
      readonly reason: RevealReason
      readonly note?: string
    }

/** What an edit said of one record: one line of before and after. */
export interface AdoptedLine {
  readonly id: RecordId
  readonly kind: Kind | 'ticket'
  readonly action: 'created' | 'changed' | 'deleted' | 'restored' | 'step'
  readonly field?: string | undefined
  /** Undefined clears the field. */
  readonly after?: Value | undefined
  readonly step?: Step | undefined
}

export type StepInput = {
  readonly action: Exclude<Step['action'], 'submit' | 'settle'>
  readonly note?: string
  readonly evidence?: readonly string[]
  readonly assignee?: AccountId
  readonly coAssignees?: readonly AccountId[]
  readonly dueAt?: Instant
  readonly level?: Level
  readonly parent?: RecordId
  readonly score?: 1 | 2 | 3 | 4 | 5
}

/** One record of an import: a new one, or changes to `existing`. `id` is made by the importer so that rows can refer to each other. */
export interface ImportedRecord {
  readonly id: RecordId
  readonly kind: Kind
  readonly existing: boolean
  readonly fields: FieldValues
  /** Where it came from, such as `3号楼!17`, for messages. */
  readonly origin: string
}

/** Why a command was not carried out; `field` names the input beside which to show it. Texts are in the dictionaries, keyed by `reason`. */
export type Refusal =
  | { readonly reason: 'notAllowed'; readonly what: string }
  | { readonly reason: 'notFound'; readonly id: RecordId }
  | { readonly reason: 'invalid'; readonly problems: readonly FieldProblem[] }
  | { readonly reason: 'duplicate'; readonly of: readonly RecordId[]; readonly field: string }
  | { readonly reason: 'wrongState'; readonly detail: string }
  | { readonly reason: 'inUse'; readonly by: readonly RecordId[] }

export interface FieldProblem {
  readonly field: string
  readonly problem: FieldProblemCode
  /** The import row it belongs to, if any. */
  readonly origin?: string
  readonly detail?: string
}

export type FieldProblemCode =
  | 'required'
  | 'unknownField'
  | 'wrongType'
  | 'tooLong'
  | 'outOfRange'
  | 'notInList'
  | 'badDate'
  | 'futureDate'
  | 'badPhone'
  | 'badIdLength'
  | 'badIdDate'
  | 'badIdRegion'
  | 'badIdCheckDigit'
  | 'idSexMismatch'
  | 'idBirthMismatch'
  | 'badUscc'
  | 'badGridCode'
  | 'badRegion'
  | 'unknownReference'
