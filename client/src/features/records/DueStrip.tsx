/** When tickets fall due, as one bar: overdue, today, within a week, later, not at all. */
import type { Instant, Today } from '@tongge/model'
import { createMemo, For, Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { countByTerm, terms } from './due-terms.ts'
import styles from './due-strip.module.css'

export function DueStrip(props: { readonly tickets: Today['tickets']; readonly now: Instant }): JSX.Element {
  const counts = createMemo(() =>
    countByTerm(
      props.tickets.map(({ due }) => due),
      props.now,
    ),
  )
  const shown = () => terms.filter((term) => counts()[term] > 0)
  return (
    <Show when={shown().length > 0}>
      <div class={styles.strip}>
        <div class={styles.bar} aria-hidden="true">
          <For each={shown()}>{(term) => <span class={styles[term]} style={{ 'flex-grow': counts()[term] }} />}</For>
        </div>
        <ul class={styles.legend} aria-label={t('records.dueStrip.title')}>
          <For each={shown()}>
            {(term) => (
              <li class={styles.key} data-term={term}>
                {t(`records.dueStrip.${term}`, counts()[term])}
              </li>
            )}
          </For>
        </ul>
      </div>
    </Show>
  )
}
