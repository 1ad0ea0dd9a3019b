/** What an edit said, line by line: before, after, and what stands there by now where that is something else. */
import { For, Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import type { TextLine } from './refused-lines.ts'
import styles from './refused.module.css'

export function EditLines(props: { readonly lines: readonly TextLine[] }): JSX.Element {
  return (
    <dl class={styles.lines}>
      <For each={props.lines}>
        {(line) => (
          <div class={styles.line}>
            <dt>{line.label}</dt>
            <dd>
              <Show when={line.before !== undefined}>
                <del class={styles.before}>{line.before}</del>
              </Show>
              <Show when={line.after !== undefined}>
                <ins class={styles.after}>{line.after}</ins>
              </Show>
            </dd>
            <Show when={line.now !== undefined}>
              <dd class={styles.now}>{t('refused.now', line.now ?? '')}</dd>
            </Show>
          </div>
        )}
      </For>
    </dl>
  )
}
