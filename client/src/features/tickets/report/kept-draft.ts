/** The report begun by a person of a grid outlives its page and its tab, sealed in the store of this device and nowhere else. */
import type { RecordId } from '@tongge/model'
import { createEffect, createRoot, createSignal, on, type Accessor } from 'solid-js'
import type { Session } from '../../../session/session.ts'
import { createReportDraft, type ReportDraft } from './report-draft.ts'

export interface KeptDraft {
  readonly draft: ReportDraft
  /** Whether it comes from an earlier run of the app. */
  readonly isRestored: Accessor<boolean>
  /** The report was sent: the form is empty at once, the device forgets it when the ticket is on disk. */
  sent(saved: Promise<void>): void
}

const name = 'report'
/** Milliseconds after the last key. */
const pause = 300
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
  const [isRestored, setRestored] = createSignal(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let sending = 0
  const keep = (): void => {
    if (sending > 0 && !draft.isDirty()) return
    session.drafts.keep(name, draft.isDirty() ? { ...draft.fields, occurredAt: draft.occurredAt(now()) } : undefined)
  }
  const sent = (saved: Promise<void>): void => {
    sending++
    draft.clear()
    saved
      .then(() => sending--)
      .then(keep)
      .catch(() => undefined)
  }
  createEffect(
    on(
      () => Object.values(draft.fields),
      () => {
        clearTimeout(timer)
        // A report that was sent must not come back.
        if (draft.isDirty()) timer = setTimeout(keep, pause)
        else keep()
      },
      { defer: true },
    ),
  )
  void session.drafts.recall(name).then((found) => {
    if (draft.isDirty()) return
    draft.restore(found)
    setRestored(draft.isDirty())
  })
  return { draft, isRestored, sent }
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
