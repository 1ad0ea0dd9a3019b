/** The description, written together. */
import { mayWrite, type RecordId } from '@tongge/model'
import { Show, untrack, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import { useText } from '../../../session/use-text.ts'
import { CoTextArea } from '../../../ui/co-text-area/CoTextArea.tsx'
import styles from './detail.module.css'

/** For one ticket only: a page of another one makes another. */
export function Description(props: {
  readonly id: RecordId
  readonly onEditing: (editing: boolean) => void
}): JSX.Element {
  const session = useSession()
  const text = useText({ kind: 'ticket', id: untrack(() => props.id), field: 'description' })
  const readOnly = () => !mayWrite(session.roles, 'work', 'description', 'set')
  return (
    <section class={styles.section}>
      <h3 class={styles.heading}>{t('tickets.detail.description')}</h3>
      <Show
        when={text()}
        fallback={<p class={styles.quiet}>{session.complete() && t('tickets.detail.descriptionClosed')}</p>}
      >
        {(open) => (
          <CoTextArea
            text={open()}
            label={t('tickets.detail.description')}
            hideLabel
            placeholder={readOnly() ? t('tickets.detail.descriptionEmpty') : t('tickets.detail.descriptionPlaceholder')}
            readOnly={readOnly()}
            onFocusChange={(editing) => props.onEditing(editing)}
          />
        )}
      </Show>
    </section>
  )
}
