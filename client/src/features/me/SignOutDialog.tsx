/** Asks before signing out, and says what still waits on this device. */
import { Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { useSession } from '../../session/use-session.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { waitingText } from '../sync/light.ts'

export function SignOutDialog(props: { readonly open: boolean; readonly onClose: () => void }): JSX.Element {
  const session = useSession()
  return (
    <Dialog
      open={props.open}
      title={t('me.signOut.title')}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('ui.cancel')}</Button>
          <Button
            kind={session.light().light === 'unsaved' ? 'danger' : 'primary'}
            onClick={() => {
              props.onClose()
              void session.signOut()
            }}
          >
            {t('me.signOut.button')}
          </Button>
        </>
      }
    >
      <p>{t('me.signOut.text')}</p>
      <Show when={session.light().light === 'unsaved'}>
        <Banner tone="danger" title={t('me.signOut.unsaved')} />
      </Show>
      <Show when={waitingText(session.light())}>
        {(waiting) => (
          <Banner tone="notice" title={t('sync.waiting', waiting())}>
            {t('me.signOut.waiting')}
          </Banner>
        )}
      </Show>
    </Dialog>
  )
}
