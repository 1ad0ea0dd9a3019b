/** The first page of the ledger: on a phone the list itself, beside the list on a wide screen an invitation to pick. */
import MousePointerClick from 'lucide-solid/icons/mouse-pointer-click'
import { createSignal, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Page } from '../../../ui/Page.tsx'
import { useLedger } from '../ledger-context.ts'
import { Browser } from './Browser.tsx'

export function LedgerHome(): JSX.Element {
  const { isWide } = useLedger()
  const [query, setQuery] = createSignal('')
  return (
    <Show
      when={isWide()}
      fallback={
        <Page title={t('ledger.title')} fill={query().trim() !== ''}>
          <Browser onQuery={setQuery} />
        </Page>
      }
    >
      <EmptyState icon={<MousePointerClick size="2.5rem" />} title={t('ledger.pick')} text={t('ledger.pickText')} />
    </Show>
  )
}
