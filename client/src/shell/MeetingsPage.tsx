/** The place of residents' meetings 议事, which are not part of this release: says so and names what can be done instead. */
import MessagesSquare from 'lucide-solid/icons/messages-square'
import { mayWriteDocument } from '@tongge/model'
import { Show, type JSX } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { paths } from '../paths.ts'
import { useSession } from '../session/use-session.ts'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Page } from '../ui/Page.tsx'

export function MeetingsPage(): JSX.Element {
  const session = useSession()
  const reports = () => mayWriteDocument(session.roles, 'work')
  return (
    <Page title={t('app.meetings')}>
      <EmptyState
        icon={<MessagesSquare size="1.75rem" />}
        title={t('app.meetingsTitle')}
        text={t(reports() ? 'app.meetingsText' : 'roles.meetingsText')}
        actions={
          <Show when={reports()}>
            <ButtonLink href={paths.tickets}>{t('app.toTickets')}</ButtonLink>
          </Show>
        }
      />
    </Page>
  )
}
