/** Where in the four steps the import stands. */
import { For, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import type { ImportStep } from './create-import.ts'
import styles from './import.module.css'

const steps = ['file', 'columns', 'preview', 'done'] as const satisfies readonly ImportStep[]

export function StepBar(props: { readonly step: ImportStep }): JSX.Element {
  return (
    <ol class={styles.steps} aria-label={t('imports.steps')}>
      <For each={steps}>
        {(step, i) => (
          <li
            class={styles.step}
            data-passed={steps.indexOf(props.step) > i()}
            aria-current={step === props.step ? 'step' : undefined}
          >
            <span class={styles.stepNumber} aria-hidden="true">
              {i() + 1}
            </span>
            {t(`imports.step.${step}`)}
          </li>
        )}
      </For>
    </ol>
  )
}
