/** What is being done and how far it is. */
import { Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import styles from './import.module.css'

export interface ProgressBarProps {
  readonly step: 'read' | 'tables' | 'plan' | 'write'
  /** 0 to 1; 0 shows as running without a measure. */
  readonly share: number
}

export function ProgressBar(props: ProgressBarProps): JSX.Element {
  return (
    <div class={styles.progress} role="status">
      <span id="import-progress">{t(`imports.busy.${props.step}`)}</span>
      <Show when={props.share > 0} fallback={<progress aria-labelledby="import-progress" max="1" />}>
        <progress aria-labelledby="import-progress" max="1" value={props.share} />
      </Show>
    </div>
  )
}
