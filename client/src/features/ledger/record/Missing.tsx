/** Shown when an address names a record that is not (or no longer) in this grid. */
import FileQuestion from 'lucide-solid/icons/file-question-mark'
import { Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../session/use-session.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Pane } from '../Pane.tsx'

export function Missing(): JSX.Element {
  const session = useSession()
  return (
    <Pane title={t('ledger.title')} back={paths.ledger}>
      <Show when={session.complete()}>
        <EmptyState
          icon={<FileQuestion size="1.75rem" />}
          title={t('ledger.missing')}
          text={t('ledger.missingText')}
          actions={<ButtonLink href={paths.trash}>{t('ledger.toTrash')}</ButtonLink>}
        />
      </Show>
    </Pane>
  )
}
