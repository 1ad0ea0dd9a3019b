/** The report begun by a person of a grid outlives its page and its tab, sealed in the store of this device and nowhere else. */
import type { RecordId } from '@tongge/model'
import { createRoot, type Accessor } from 'solid-js'
import type { Session } from '../../../session/session.ts'
import { keepForm } from '../../drafts/kept-form.ts'
import { createReportDraft, type ReportDraft } from './report-draft.ts'

export interface KeptDraft {
  readonly draft: ReportDraft
  /** Whether it comes from an earlier run of the app. */
  readonly isRestored: Accessor<boolean>
  /** The report was sent: the form is empty at once, the device forgets it when the ticket is on disk. */
  sent(saved: Promise<void>): void
}

const name = 'report'
let kept: (KeptDraft & { readonly session: Session; readonly dispose: () => void }) | undefined

export function keptDraft(session: Session): KeptDraft {
  if (kept?.session !== session) {
    kept?.dispose()
    kept = createRoot((dispose) => ({ session, dispose, ...openDraft(session) }))
  }
  return kept
}

function openDraft(session: Session): KeptDraft {
  const now = () => session.context().now
  const draft = createReportDraft(() => lastBuilding(session), now)
  const { isRestored, sent } = keepForm(session, name, {
    kept: () => (draft.isDirty() ? { ...draft.fields, occurredAt: draft.occurredAt(now()) } : undefined),
    restore: draft.restore,
  })
  return {
    draft,
    isRestored,
    sent: (saved) => {
      sent(saved)
      draft.clear()
    },
  }
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
