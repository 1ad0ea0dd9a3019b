/** 可能已有人上报: open tickets of the same kind at the same place. */
import type { Ticket } from '@tongge/model'
import Copy from 'lucide-solid/icons/copy'
import { For, Show, type JSX } from 'solid-js'
import { momentText } from '../../../i18n/format.ts'
import { t } from '../../../i18n/i18n.ts'
import { paths } from '../../../paths.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Row } from '../../../ui/Row.tsx'
import { useTickets } from '../tickets-context.ts'
import styles from './report.module.css'

const shown = 3

export function SimilarHint(props: { readonly tickets: readonly Ticket[] }): JSX.Element {
  const { now, isWide, list } = useTickets()
  return (
    <div role="status" class={styles.hint}>
      <Show when={props.tickets.length > 0}>
        <Banner tone="notice" icon={<Copy size="1.25rem" />} title={t('tickets.form.similar')}>
          <p>{t('tickets.form.similarText')}</p>
          <div class={styles.similar}>
            <For each={props.tickets.slice(0, shown)}>
              {(ticket) => (
                <Row
                  title={ticket.birth.title}
                  detail={`${t(`records.state.${ticket.state}`)} · ${momentText(ticket.reportedAt, now())}`}
                  href={paths.ticket(ticket.id) + (isWide() ? list.query : '')}
                />
              )}
            </For>
          </div>
        </Banner>
      </Show>
    </div>
  )
}
