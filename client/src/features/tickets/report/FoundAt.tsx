/** When it was found: the device's time until somebody says another. */
import { createSignal, Show, untrack, type JSX } from 'solid-js'
import { momentText, timeText } from '../../../i18n/format.ts'
import { t } from '../../../i18n/i18n.ts'
import { TextInput } from '../../../ui/TextInput.tsx'
import { instantToInput, parseInput } from '../cst-input.ts'
import { useTickets } from '../tickets-context.ts'
import type { ReportDraft } from './report-draft.ts'
import styles from './report.module.css'

export function FoundAt(props: { readonly draft: ReportDraft; readonly error: string | undefined }): JSX.Element {
  const { now } = useTickets()
  const [editing, setEditing] = createSignal(untrack(() => props.draft.fields.occurredAt !== undefined))
  const at = () => props.draft.occurredAt(now())
  const text = () => (now() - at() < 60_000 ? t('tickets.form.justNow', timeText(at())) : momentText(at(), now()))
  return (
    <Show
      when={editing() || props.error !== undefined}
      fallback={
        <div class={styles.found}>
          <span class={styles.label}>{t('tickets.form.foundAt')}</span>
          <button type="button" class={styles.foundButton} onClick={() => setEditing(true)}>
            <span>{text()}</span>
            <span class={styles.change}>{t('tickets.form.change')}</span>
          </button>
        </div>
      }
    >
      <TextInput
        type="datetime-local"
        label={t('tickets.form.foundAt')}
        error={props.error}
        max={instantToInput(now() + 60_000)}
        value={instantToInput(at())}
        onInput={(value) => {
          const moment = parseInput(value)
          if (moment !== undefined) props.draft.set('occurredAt', moment)
        }}
      />
    </Show>
  )
}
