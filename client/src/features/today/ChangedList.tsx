/** What colleagues changed since this person last said 都看过了. */
import type { Instant, Today } from '@tongge/model'
import { createMemo, Show, type JSX } from 'solid-js'
import { momentText } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { paths, recordPath } from '../../paths.ts'
import { useSession } from '../../session/use-session.ts'
import { Row } from '../../ui/Row.tsx'
import { personName } from '../records/people.ts'
import { recordTitle } from '../records/record-title.ts'
import { ShortList } from './ShortList.tsx'
import styles from './today.module.css'

export interface ChangedListProps {
  readonly changed: Today['changed']
  readonly now: Instant
  readonly onSeen: () => void
}

export function ChangedList(props: ChangedListProps): JSX.Element {
  const session = useSession()
  const lines = createMemo(() =>
    [
      ...props.changed.entries.map((entry) => ({
        id: entry.id,
        at: entry.updated.at,
        by: entry.updated.by,
        href: recordPath(entry.kind, entry.id),
      })),
      ...props.changed.tickets.map((ticket) => ({
        id: ticket.id,
        at: ticket.updatedAt,
        by: ticket.steps.at(-1)?.actor ?? ticket.reportedBy,
        href: paths.ticket(ticket.id),
      })),
    ].sort((a, b) => b.at - a.at),
  )
  return (
    <ShortList
      title={t('today.changed')}
      items={lines()}
      empty={t('today.noChanges')}
      aside={
        <Show when={lines().length > 0}>
          <button type="button" class={styles.seen} onClick={() => props.onSeen()}>
            {t('today.seen')}
          </button>
        </Show>
      }
    >
      {(line) => (
        <Row
          title={recordTitle(session.store, line().id).title}
          detail={`${personName(session, line().by)} · ${momentText(line().at, props.now)}`}
          href={line().href}
        />
      )}
    </ShortList>
  )
}
