/** Turns a command into edits or a refusal. Pure: the same snapshot, command and context give the same answer. */
import type { Command } from '../commands.ts'
import type { PlanContext, Snapshot } from '../snapshot.ts'
import { adopt } from './adopt.ts'
import { confirmUnchanged } from './confirm.ts'
import { importRecords } from './imports.ts'
import { mergeRecords } from './merge.ts'
import { moveHousehold, movePerson } from './moves.ts'
import { addNote } from './notes.ts'
import { addRecord, deleteRecord, editRecord, restoreRecord } from './records.ts'
import { markDeceased, markMovedOut } from './leavings.ts'
import type { Plan } from './refusals.ts'
import { nameReporter } from './reporters.ts'
import { reveal } from './reveals.ts'
import { settleDeletion, settleField } from './settlements.ts'
import { reportTicket, settleStep, takeStep } from './tickets.ts'

export function plan(snapshot: Snapshot, command: Command, context: PlanContext): Plan {
  switch (command.do) {
    case 'addRecord':
      return addRecord(snapshot, command, context)
    case 'editRecord':
      return editRecord(snapshot, command, context)
    case 'deleteRecord':
      return deleteRecord(snapshot, command, context)
    case 'restoreRecord':
      return restoreRecord(snapshot, command, context)
    case 'settleField':
      return settleField(snapshot, command, context)
    case 'settleDeletion':
      return settleDeletion(snapshot, command, context)
    case 'confirmUnchanged':
      return confirmUnchanged(snapshot, command, context)
    case 'moveHousehold':
      return moveHousehold(snapshot, command, context)
    case 'movePerson':
      return movePerson(snapshot, command, context)
    case 'markMovedOut':
      return markMovedOut(snapshot, command, context)
    case 'markDeceased':
      return markDeceased(snapshot, command, context)
    case 'mergeRecords':
      return mergeRecords(snapshot, command, context)
    case 'importRecords':
      return importRecords(snapshot, command, context)
    case 'reportTicket':
      return reportTicket(snapshot, command, context)
    case 'nameReporter':
      return nameReporter(snapshot, command, context)
    case 'takeStep':
      return takeStep(snapshot, command, context)
    case 'settleStep':
      return settleStep(snapshot, command, context)
    case 'addNote':
      return addNote(snapshot, command, context)
    case 'adopt':
      return adopt(snapshot, command, context)
    case 'reveal':
      return reveal(snapshot, command, context)
  }
}
