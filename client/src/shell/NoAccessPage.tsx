/** At an address whose place the person's role does not have. */
import LockKeyhole from 'lucide-solid/icons/lock-keyhole'
import type { JSX } from 'solid-js'
import { roleNames } from '@tongge/model'
import { nameOf, t } from '../i18n/i18n.ts'
import { paths } from '../paths.ts'
import { useSession } from '../session/use-session.ts'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Page } from '../ui/Page.tsx'

export function NoAccessPage(): JSX.Element {
  const session = useSession()
  const names = () => session.roles.map((role) => nameOf(roleNames[role])).join(t('roles.comma'))
  return (
    <Page title={t('roles.noAccess')}>
      <EmptyState
        icon={<LockKeyhole size="1.75rem" />}
        title={t('roles.noAccessTitle')}
        text={t('roles.noAccessText', names())}
        actions={<ButtonLink href={paths.today}>{t('app.goHome')}</ButtonLink>}
      />
    </Page>
  )
}
