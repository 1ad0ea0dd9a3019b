/** 同步: the same as the sheet, at an address of its own. */
import type { JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { SyncState } from './SyncState.tsx'

export function SyncPage(): JSX.Element {
  return (
    <Page title={t('sync.label')} back={paths.me}>
      <SyncState />
    </Page>
  )
}
