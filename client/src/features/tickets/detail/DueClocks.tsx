/** The terms of a ticket as a short line of marks: done, running, overdue. */
import type { Ticket } from '@tongge/model'
import Check from 'lucide-solid/icons/check'
import ClockIcon from 'lucide-solid/icons/clock'
import { For, Show, type JSX } from 'solid-js'
import { lengthText, momentText } from '../../../i18n/format.ts'
import { t } from '../../../i18n/i18n.ts'
import { useTickets } from '../tickets-context.ts'
import { clocksOf, type Clock } from './clocks.ts'
import styles from './detail.module.css'

export function DueClocks(props: { readonly ticket: Ticket }): JSX.Element {
  const { now } = useTickets()
  const clocks = () => clocksOf(props.ticket, now())
  const main = ({ due, doneAt, state }: Clock): string => {
    if (doneAt !== undefined) return momentText(doneAt, now())
    if (due === undefined || state === 'stopped') return '—'
    const length = lengthText(Math.abs(due - now()))
    return state === 'overdue' ? t('tickets.detail.overdue', length) : t('tickets.detail.left', length)
  }
  const more = ({ due, doneAt, state }: Clock): string => {
    if (state === 'late') return t('tickets.detail.doneLate')
    return due === undefined || doneAt !== undefined ? '' : t('tickets.detail.dueAt', momentText(due, now()))
  }
  return (
    <Show when={clocks().length > 0}>
      <ol class={styles.clocks} aria-label={t('tickets.detail.clocks')}>
        <For each={clocks()}>
          {(clock) => (
            <li class={styles.clock} data-state={clock.state}>
              <span class={styles.dot} aria-hidden="true">
                {clock.doneAt === undefined ? <ClockIcon size="0.875rem" /> : <Check size="0.875rem" />}
              </span>
              <span class={styles.term}>{t(`tickets.detail.${clock.what}`)}</span>
              <span class={styles.time}>{main(clock)}</span>
              <span class={styles.quiet}>{more(clock)}</span>
            </li>
          )}
        </For>
      </ol>
      <Show when={props.ticket.state === 'suspended'}>
        <p class={styles.quiet}>{t('tickets.detail.paused')}</p>
      </Show>
      <Show when={clocks().some(({ isEstimate }) => isEstimate)}>
        <p class={styles.quiet}>{t('tickets.detail.estimated')}</p>
      </Show>
    </Show>
  )
}
