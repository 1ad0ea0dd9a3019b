/** Says that a note is on this device once it is, and offers to take it back. */
import type { RecordId } from '@tongge/model'
import { t } from '../../i18n/i18n.ts'
import type { Session } from '../../session/session.ts'
import { toast } from '../../ui/toast.ts'
import { refusalText } from '../ledger/record/use-acts.ts'

export async function tellSaved(session: Session, saved: Promise<void>, id: RecordId): Promise<void> {
  try {
    await saved
  } catch {
    toast(t('ledger.notSaved'))
    return
  }
  toast(t('ledger.saved'), {
    label: t('ui.undo'),
    run: () => {
      const answer = session.dispatch({ do: 'deleteRecord', id })
      if (!answer.ok) return toast(refusalText(answer.refusal))
      toast(t('ledger.undone'), {
        label: t('ui.redo'),
        run: () => {
          const restored = session.dispatch({ do: 'restoreRecord', id })
          toast(restored.ok ? t('ledger.redone') : refusalText(restored.refusal))
        },
      })
    },
  })
}
