/** Name and telephone of who reported a ticket. */
import { dayOf, fieldsOf, type Ticket } from '@tongge/model'
import { untrack, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { useDirty } from '../../../pwa/dirty.ts'
import { useSession } from '../../../session/use-session.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { toast } from '../../../ui/toast.ts'
import { createDraft } from '../../ledger/form/draft.ts'
import { DraftFields } from '../../ledger/form/RecordForm.tsx'
import { refusalText, useActs } from '../../ledger/record/use-acts.ts'
import { reporterOf } from '../reporter-view.ts'

const fields = fieldsOf('reporter')
const names = fields.map(({ name }) => name)

export function ReporterDialog(props: { readonly ticket: Ticket; readonly onClose: () => void }): JSX.Element {
  const session = useSession()
  const { tryAct } = useActs()
  const draft = untrack(() => {
    const entry = session.store.entries[props.ticket.id]
    const known = { ...reporterOf(props.ticket, entry, session.roles) }
    return createDraft('reporter', entry ? known : {}, entry ? {} : known, () => dayOf(session.context().now))
  })
  useDirty(() => draft.isDirty())
  const save = (): void => {
    if (!draft.check(names)) return
    const changes = draft.changes()
    if (Object.keys(changes).length > 0) {
      const answer = tryAct(
        { do: 'nameReporter', ticket: props.ticket.id, fields: changes },
        t('tickets.detail.reporterSaved'),
      )
      if (!answer.ok) {
        if (answer.refusal.reason === 'invalid') draft.place(answer.refusal.problems)
        return toast(refusalText(answer.refusal))
      }
    }
    draft.settle()
    props.onClose()
  }
  return (
    <Dialog
      open
      title={t('tickets.detail.reporter')}
      shape="sheet"
      onClose={() => props.onClose()}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('ui.cancel')}</Button>
          <Button kind="primary" onClick={save}>
            {t('ui.save')}
          </Button>
        </>
      }
    >
      <DraftFields draft={draft} fields={fields} />
    </Dialog>
  )
}
