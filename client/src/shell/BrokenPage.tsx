/** What a page that threw leaves behind; the rest of the app keeps working. */
import { useLocation } from '@solidjs/router'
import TriangleAlert from 'lucide-solid/icons/triangle-alert'
import { createEffect, on, onMount, type JSX } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { paths } from '../paths.ts'
import { Button } from '../ui/Button.tsx'
import { ButtonLink } from '../ui/ButtonLink.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Page } from '../ui/Page.tsx'

export function BrokenPage(props: { readonly error: unknown; readonly reset: () => void }): JSX.Element {
  onMount(() => reportError(props.error))
  const location = useLocation()
  // Whoever goes to another page leaves the broken one behind.
  createEffect(
    on(
      () => location.pathname,
      () => props.reset(),
      { defer: true },
    ),
  )
  /** A part of the app that did not load is remembered as failed until the page loads anew. */
  const isMissingPart = () => props.error instanceof TypeError && /import|module/i.test(props.error.message)
  const retry = () => (isMissingPart() ? globalThis.location.reload() : props.reset())
  return (
    <Page title={t('app.name')}>
      <EmptyState
        icon={<TriangleAlert size="1.75rem" />}
        title={t('app.brokenTitle')}
        text={t('app.brokenText')}
        actions={
          <>
            <Button kind="primary" onClick={retry}>
              {t('ui.retry')}
            </Button>
            <ButtonLink href={paths.today} onClick={() => location.pathname === paths.today && props.reset()}>
              {t('app.goHome')}
            </ButtonLink>
          </>
        }
      />
    </Page>
  )
}
