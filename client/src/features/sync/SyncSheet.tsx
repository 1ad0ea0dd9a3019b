/** The sync state over the page one is on, so that a look at it never leaves a form. */
import type { JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { SyncState } from './SyncState.tsx'

export function SyncSheet(props: { readonly opensNewest?: boolean; readonly onClose: () => void }): JSX.Element {
  return (
    <Dialog open shape="sheet" title={t('sync.label')} onClose={() => props.onClose()}>
      <SyncState opensNewest={props.opensNewest === true} onLeave={() => props.onClose()} />
    </Dialog>
  )
}
