/** The three coverage rates with their denominators, and what nobody knows yet. */
import type { Coverage, Rate } from '@tongge/model'
import { For, Show, type JSX } from 'solid-js'
import { number } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { List } from '../../ui/List.tsx'
import { Ring } from '../../ui/Ring.tsx'
import styles from './today.module.css'

const names = ['registration', 'floating', 'care'] as const

export function CoverageCard(props: { readonly coverage: Coverage }): JSX.Element {
  const rate = (name: (typeof names)[number]): Rate => props.coverage[name]
  const unknown = () =>
    names
      .filter((name) => rate(name).unknown > 0)
      .map((name) => t(`today.coverage.${name}.unknown`, rate(name).unknown))
  return (
    <List title={t('today.coverage.title')}>
      <div class={styles.rings}>
        <For each={names}>
          {(name) => (
            <Ring
              label={t(`today.coverage.${name}.label`)}
              part={rate(name).numerator}
              whole={rate(name).denominator}
              unknown={rate(name).unknown}
              detail={`${number(rate(name).numerator)} / ${number(rate(name).denominator)}`}
            />
          )}
        </For>
      </div>
      <Show when={unknown().length > 0}>
        <p class={styles.footnote}>{t('today.coverage.unknown', unknown().join(t('sync.summary.separator')))}</p>
      </Show>
    </List>
  )
}
