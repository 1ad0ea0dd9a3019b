/** 今日: what waits for this person, how complete the register is, and what others changed; all from the data on this device. */
import { coverage, dayOf, mayRead, mayStep, mayWrite, roleNames, todayFor } from '@tongge/model'
import MegaphoneIcon from 'lucide-solid/icons/megaphone'
import Search from 'lucide-solid/icons/search'
import { A } from '@solidjs/router'
import { createMemo, Show, type JSX } from 'solid-js'
import { longDayText } from '../../i18n/format.ts'
import { nameOf, t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session/use-session.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { Page } from '../../ui/Page.tsx'
import { DueDoorsToday, HelperActs, NotesDoor, NotesLink, RecentNotes, TryAgainList } from '../notes/NotesToday.tsx'
import { CoverageCard } from '../records/CoverageCard.tsx'
import { gridName } from '../records/people.ts'
import { useNow } from '../records/use-now.ts'
import { AccountCan, AccountComes } from './AccountGuide.tsx'
import { ChangedList } from './ChangedList.tsx'
import { FloatingList, TicketList, VisitList } from './DutyLists.tsx'
import { InboxNotice } from './InboxNotice.tsx'
import { createLooked } from './looked.ts'
import styles from './today.module.css'

export function TodayPage(): JSX.Element {
  const session = useSession()
  const now = useNow()
  const looked = createLooked(session)
  const { snapshot } = session.store
  const today = createMemo(() => todayFor(snapshot(), session, now(), looked.since()))
  const rates = createMemo(() =>
    coverage(snapshot().entries.values(), now(), session.directory().grid?.targetHouseholds),
  )
  const readsLedger = () => mayRead(session.roles, 'ledger')
  const readsNotes = () => mayRead(session.roles, 'notes')
  const hasNews = () => readsLedger() || mayRead(session.roles, 'work') || readsNotes()
  /** Keeps notes of a building and nothing else. */
  const isHelper = () => readsNotes() && !readsLedger() && !mayRead(session.roles, 'work')
  /** Has neither ledger nor notes: is told what there is instead. */
  const isGuided = () => !readsLedger() && !readsNotes()
  const place = () =>
    session.grids.length > 0
      ? gridName(session, session.grid)
      : session.roles.map((role) => nameOf(roleNames[role])).join(t('roles.comma'))
  return (
    <Page title={t('app.today')} wide>
      <div class={styles.layout}>
        <header class={styles.head}>
          <div>
            <p class={styles.day}>{longDayText(dayOf(now()))}</p>
            <p class={styles.who}>
              {session.name} ·{' '}
              <Show when={session.grids.length > 0} fallback={place()}>
                <A href={paths.grid} class={styles.place}>
                  {place()}
                </A>
              </Show>
            </p>
          </div>
          <Show when={!isHelper()} fallback={<HelperActs />}>
            <div class={styles.acts}>
              <Show when={mayStep(session.roles, 'submit')}>
                <ButtonLink
                  kind="primary"
                  icon={<MegaphoneIcon size="1.125rem" aria-hidden="true" />}
                  href={paths.newTicket}
                >
                  {t('today.report')}
                </ButtonLink>
              </Show>
              <Show when={readsLedger()}>
                <ButtonLink icon={<Search size="1.125rem" aria-hidden="true" />} href={paths.find}>
                  {t('today.find')}
                </ButtonLink>
              </Show>
              <Show when={!readsLedger() && mayRead(session.roles, 'notes')}>
                <NotesLink />
              </Show>
            </div>
          </Show>
        </header>
        <div class={styles.column}>
          <InboxNotice />
          <Show when={mayRead(session.roles, 'work')}>
            <TicketList tickets={today().tickets} now={now()} />
          </Show>
          <Show when={mayWrite(session.roles, 'ledger', 'household/lastConfirmedAt', 'set')}>
            <VisitList visits={today().visits} now={now()} />
            <FloatingList persons={today().floating} now={now()} />
          </Show>
          <Show when={isHelper()}>
            <DueDoorsToday />
            <TryAgainList />
            <RecentNotes />
          </Show>
          <Show when={isGuided()}>
            <AccountCan />
          </Show>
        </div>
        <div class={styles.column}>
          <Show when={readsLedger()}>
            <CoverageCard coverage={rates()} />
          </Show>
          <Show when={readsNotes() && !isHelper()}>
            <NotesDoor />
          </Show>
          <Show when={hasNews()}>
            <ChangedList changed={today().changed} now={now()} onSeen={looked.markSeen} />
          </Show>
          <Show when={isGuided()}>
            <AccountComes />
          </Show>
        </div>
      </div>
    </Page>
  )
}
