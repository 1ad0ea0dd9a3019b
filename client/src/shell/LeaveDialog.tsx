/** Asks before a page with unsaved input is left. */
import type { JSX } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { blockedLeave, clearBlockedLeave } from '../pwa/dirty.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'

export function LeaveDialog(): JSX.Element {
  const leave = () => {
    const blocked = blockedLeave()
    clearBlockedLeave()
    blocked?.leave()
  }
  return (
    <Dialog
      open={blockedLeave() !== undefined}
      title={t('ui.leaveTitle')}
      onClose={clearBlockedLeave}
      actions={
        <>
          <Button kind="quiet" onClick={leave}>
            {t('ui.leave')}
          </Button>
          <Button kind="primary" onClick={clearBlockedLeave}>
            {t('ui.stay')}
          </Button>
        </>
      }
    >
      <p>{t('ui.leaveText')}</p>
    </Dialog>
  )
}
