/** The first page of the ledger: on a phone the list itself, beside the list on a wide screen what is left to do. */
import { createSignal, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { Page } from '../../../ui/Page.tsx'
import { useLedger } from '../ledger-context.ts'
import { Browser } from './Browser.tsx'
import { LeftToDo } from './LeftToDo.tsx'

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
      <LeftToDo />
    </Show>
  )
}
