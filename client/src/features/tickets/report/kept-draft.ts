/** The report begun by a person of a grid outlives its page, in memory alone: what it says of residents never rests on the device in the clear. */
import type { RecordId } from '@tongge/model'
import { createRoot } from 'solid-js'
import type { Session } from '../../../session/session.ts'
import { createReportDraft, type ReportDraft } from './report-draft.ts'

let kept: { readonly owner: string; readonly draft: ReportDraft; readonly dispose: () => void } | undefined

export function keptDraft(session: Session): ReportDraft {
  const owner = `${session.account}/${session.grid}`
  if (kept?.owner !== owner) {
    kept?.dispose()
    kept = createRoot((dispose) => ({
      owner,
      dispose,
      draft: createReportDraft(
        () => lastBuilding(session),
        () => session.context().now,
      ),
    }))
  }
  return kept.draft
}

export function rememberBuilding(session: Session, building: RecordId | ''): void {
  localStorage.setItem(key(session), building)
}

function lastBuilding(session: Session): RecordId | '' {
  return (localStorage.getItem(key(session)) ?? '') as RecordId | ''
}

function key(session: Session): string {
  return `tongge.building.${session.account}.${session.grid}`
}
