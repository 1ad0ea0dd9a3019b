/** The three coverage rates with their denominators, and what is estimated in them or left out: the same figures wherever they are shown. */
import type { Coverage, Rate } from '@tongge/model'
import { For, Show, type JSX } from 'solid-js'
import { number } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { List } from '../../ui/List.tsx'
import { Ring } from '../../ui/Ring.tsx'
import styles from './coverage.module.css'

const names = ['registration', 'floating', 'care'] as const

export interface CoverageCardProps {
  readonly coverage: Coverage
  /** Above a list that matters more. */
  readonly small?: boolean
}

export function CoverageCard(props: CoverageCardProps): JSX.Element {
  const rate = (name: (typeof names)[number]): Rate => props.coverage[name]
  const unknown = () =>
    names
      .filter((name) => rate(name).unknown > 0)
      .map((name) => t(`records.coverage.${name}.unknown`, rate(name).unknown))
  const notes = (): readonly string[] => [
    ...(rate('registration').estimated > 0 ? [t('records.coverage.estimated', rate('registration').estimated)] : []),
    ...(unknown().length > 0 ? [t('records.coverage.unknown', unknown().join(t('sync.summary.separator')))] : []),
  ]
  return (
    <List title={t('records.coverage.title')}>
      <div class={styles.rings} data-small={props.small}>
        <For each={names}>
          {(name) => (
            <Ring
              label={t(`records.coverage.${name}.label`)}
              part={rate(name).numerator}
              whole={rate(name).denominator}
              detail={`${number(rate(name).numerator)} / ${number(rate(name).denominator)} ${t(`records.coverage.${name}.unit`)}`}
            />
          )}
        </For>
      </div>
      <Show when={notes().length > 0}>
        <p class={styles.footnote}>{notes().join(' ')}</p>
      </Show>
    </List>
  )
}
