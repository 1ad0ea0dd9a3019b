/** 民情日记: the household's diary, written together. */
import type { Entry } from '@tongge/model'
import { Show, untrack, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import { useText } from '../../../session/use-text.ts'
import { CoTextArea } from '../../../ui/co-text-area/CoTextArea.tsx'
import styles from './household.module.css'

export function Diary(props: { readonly household: Entry<'household'>; readonly readOnly: boolean }): JSX.Element {
  const session = useSession()
  const text = useText({ kind: 'household', id: untrack(() => props.household.id), field: 'diary' })
  return (
    <section class={styles.diary}>
      <h2 class={styles.heading}>{t('ledger.diary')}</h2>
      <Show when={text()} fallback={<p class={styles.quiet}>{session.complete() && t('ledger.diaryClosed')}</p>}>
        {(open) => (
          <CoTextArea
            text={open()}
            label={t('ledger.diary')}
            hideLabel
            placeholder={t('ledger.diaryPlaceholder')}
            readOnly={props.readOnly}
            onFocusChange={(editing) => session.watch(`household/${props.household.id}`, editing)}
          />
        )}
      </Show>
    </section>
  )
}
