/** A begun report holds back updates and asks before the tab closes. Leaving its page needs no question: the draft stays. */
import { useBeforeLeave } from '@solidjs/router'
import { useDirty } from '../../../pwa/dirty.ts'
import type { ReportDraft } from './report-draft.ts'

export function useUnsent(draft: Pick<ReportDraft, 'isDirty'>): void {
  let isLeaving = false
  useBeforeLeave(() => {
    isLeaving = true
    queueMicrotask(() => {
      isLeaving = false
    })
  })
  useDirty(() => !isLeaving && draft.isDirty())
}
