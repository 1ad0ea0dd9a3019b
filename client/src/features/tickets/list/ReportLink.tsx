/** The way to the report form, for those who may report. */
import { mayStep } from '@tongge/model'
import Megaphone from 'lucide-solid/icons/megaphone'
import { Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../session/use-session.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { useTickets } from '../tickets-context.ts'

export function ReportLink(): JSX.Element {
  const session = useSession()
  const { isWide, list } = useTickets()
  return (
    <Show when={mayStep(session.roles, 'submit')}>
      <ButtonLink
        kind="primary"
        href={paths.newTicket + (isWide() ? list.query : '')}
        icon={<Megaphone size="1.25rem" aria-hidden="true" />}
      >
        {t('tickets.report')}
      </ButtonLink>
    </Show>
  )
}
