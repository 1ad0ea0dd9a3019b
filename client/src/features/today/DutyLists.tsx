/** My tickets, the visits that are due, and floating persons to check again. */
import { dayLength, type Instant, type Today } from '@tongge/model'
import { createMemo, type JSX } from 'solid-js'
import { lengthText } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session/use-session.ts'
import { Chip } from '../../ui/Chip.tsx'
import { Row } from '../../ui/Row.tsx'
import { DueChip } from '../records/DueChip.tsx'
import { DueStrip } from '../records/DueStrip.tsx'
import { recordTitle } from '../records/record-title.ts'
import { ShortList } from './ShortList.tsx'

export function TicketList(props: { readonly tickets: Today['tickets']; readonly now: Instant }): JSX.Element {
  return (
    <ShortList
      title={t('today.tickets')}
      items={props.tickets}
      empty={t('today.noTickets')}
      head={<DueStrip tickets={props.tickets} now={props.now} />}
    >
      {(item) => (
        <Row
          title={item().ticket.birth.title}
          detail={[t(`records.state.${item().ticket.state}`), item().ticket.birth.place].filter(Boolean).join(' · ')}
          trail={<DueChip due={item().due} now={props.now} />}
          href={paths.ticket(item().ticket.id)}
        />
      )}
    </ShortList>
  )
}

export function VisitList(props: { readonly visits: Today['visits']; readonly now: Instant }): JSX.Element {
  const session = useSession()
  return (
    <ShortList title={t('today.visits')} items={props.visits} empty={t('today.noVisits')}>
      {(visit) => {
        const name = createMemo(() => recordTitle(session.store, visit().household.id))
        return (
          <Row
            title={name().title}
            detail={name().detail}
            trail={<Chip>{sinceText(visit().dueSince, props.now)}</Chip>}
            href={paths.household(visit().household.id)}
          />
        )
      }}
    </ShortList>
  )
}

export function FloatingList(props: { readonly persons: Today['floating']; readonly now: Instant }): JSX.Element {
  const session = useSession()
  return (
    <ShortList title={t('today.floating')} items={props.persons} empty={t('today.noFloating')}>
      {(person) => {
        const name = createMemo(() => recordTitle(session.store, person().id))
        const text = () => {
          const at = person().fields.floatingConfirmedAt
          return at === undefined ? t('today.neverConfirmed') : t('today.confirmedAgo', lengthText(props.now - at))
        }
        return (
          <Row
            title={name().title}
            detail={name().detail}
            trail={<Chip>{text()}</Chip>}
            href={paths.person(person().id)}
          />
        )
      }}
    </ShortList>
  )
}

function sinceText(dueSince: Instant | undefined, now: Instant): string {
  if (dueSince === undefined) return t('today.neverVisited')
  return now - dueSince < dayLength ? t('today.dueToday') : t('today.dueSince', lengthText(now - dueSince))
}
