import { t } from '../../i18n/i18n.ts'
import type { RefusedEdit, Session } from '../../session/session.ts'
import { toast } from '../../ui/toast.ts'
import { editText } from './refused-lines.ts'

/** To the clipboard, as lines of text; says whether that worked. */
export async function copyEdit(session: Session, edit: RefusedEdit): Promise<void> {
  const text = editText(session.store, edit, session.context().now)
  const isCopied = await navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  )
  toast(t(isCopied ? 'refused.copied' : 'refused.notCopied'))
}
