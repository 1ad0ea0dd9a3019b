/** One ticket: how it stands, what was reported, what was done, and what this person may do next. */
import { useParams } from '@solidjs/router'
import { allowedSteps, type RecordId, type Ticket } from '@tongge/model'
import CircleAlert from 'lucide-solid/icons/circle-alert'
import FileQuestion from 'lucide-solid/icons/file-question-mark'
import { createMemo, createSignal, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { categoryName } from '../category-view.ts'
import { Pane } from '../Pane.tsx'
import { ActionBar } from './ActionBar.tsx'
import { Description } from './Description.tsx'
import styles from './detail.module.css'
import { Facts } from './Facts.tsx'
import { Presence } from './Presence.tsx'
import { Steps } from './Steps.tsx'
import { TicketHead } from './TicketHead.tsx'

export function TicketPage(): JSX.Element {
  const session = useSession()
  const params = useParams()
  return (
    <Show when={params['id']} keyed>
      {(id) => {
        const ticket = () => session.store.tickets[id as RecordId]
        return (
          <Show when={ticket()} fallback={<Missing />}>
            {(found) => <OpenTicket ticket={found()} />}
          </Show>
        )
      }}
    </Show>
  )
}

function OpenTicket(props: { readonly ticket: Ticket }): JSX.Element {
  const session = useSession()
  const [editing, setEditing] = createSignal(false)
  const hasActs = createMemo(() =>
    allowedSteps(props.ticket, session.context().actor).some(({ action }) => action !== 'settle'),
  )
  return (
    <Pane
      title={props.ticket.birth.title}
      shortTitle={categoryName(props.ticket.birth.category)}
      foot={hasActs() ? <ActionBar ticket={props.ticket} /> : undefined}
    >
      <Presence id={props.ticket.id} editing={editing()} />
      <Show when={props.ticket.conflicting.length > 0}>
        <Banner
          tone="notice"
          icon={<CircleAlert size="1.25rem" />}
          title={t('tickets.detail.conflictTitle', props.ticket.conflicting.length)}
        >
          {t('tickets.detail.conflictText')}
        </Banner>
      </Show>
      <TicketHead ticket={props.ticket} />
      <div class={styles.columns}>
        <div class={styles.column}>
          <Description id={props.ticket.id} onEditing={setEditing} />
          <Facts ticket={props.ticket} />
        </div>
        <Steps ticket={props.ticket} />
      </div>
    </Pane>
  )
}

function Missing(): JSX.Element {
  const session = useSession()
  return (
    <Pane title={t('tickets.title')}>
      <Show when={session.complete()}>
        <EmptyState
          icon={<FileQuestion size="1.75rem" />}
          title={t('tickets.missing')}
          text={t('tickets.missingText')}
        />
      </Show>
    </Pane>
  )
}
