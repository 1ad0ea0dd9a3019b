/** Any address that names no page. */
import MapPinOff from 'lucide-solid/icons/map-pin-off'
import type { JSX } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { paths } from '../paths.ts'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Page } from '../ui/Page.tsx'

export function NotFoundPage(): JSX.Element {
  return (
    <Page title={t('app.name')}>
      <EmptyState
        icon={<MapPinOff size="1.75rem" />}
        title={t('app.notFound')}
        text={t('app.notFoundText')}
        actions={<ButtonLink href={paths.today}>{t('app.goHome')}</ButtonLink>}
      />
    </Page>
  )
}
