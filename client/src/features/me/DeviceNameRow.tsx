/** What this device is called in histories, and a way to call it otherwise. */
import Smartphone from 'lucide-solid/icons/smartphone'
import { createMemo, createSignal, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { useDirty } from '../../pwa/dirty.ts'
import { useSession } from '../../session/use-session.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Row } from '../../ui/Row.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { toast } from '../../ui/toast.ts'

/** Most characters: it stands beside a time on one line. */
const longest = 20

export function DeviceNameRow(): JSX.Element {
  const { device } = useSession()
  const [typed, setTyped] = createSignal<string>()
  // A dialog that is told anew that it is open takes its place in the history anew.
  const isOpen = createMemo(() => typed() !== undefined)
  useDirty(() => isOpen() && typed() !== device.name())
  const isSound = (): boolean => (typed() ?? '').trim() !== ''
  const save = async (): Promise<void> => {
    const wanted = typed() ?? ''
    if (!isSound()) return
    setTyped(undefined)
    try {
      await device.rename(wanted)
      toast(t('me.deviceName.saved', device.name()))
    } catch {
      toast(t('ledger.notSaved'))
    }
  }
  return (
    <>
      <Row
        lead={<Smartphone size="1.25rem" aria-hidden="true" />}
        title={t('me.deviceName.title')}
        trail={device.name()}
        onClick={() => setTyped(device.name())}
      />
      <Dialog
        open={isOpen()}
        title={t('me.deviceName.title')}
        onClose={() => setTyped(undefined)}
        actions={
          <>
            <Button onClick={() => setTyped(undefined)}>{t('ui.cancel')}</Button>
            <Button kind="primary" disabled={!isSound()} onClick={() => void save()}>
              {t('ui.save')}
            </Button>
          </>
        }
      >
        <TextInput
          label={t('me.deviceName.title')}
          hideLabel
          hint={t('me.deviceName.hint')}
          maxlength={longest}
          value={typed() ?? ''}
          onInput={setTyped}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.isComposing) void save()
          }}
        />
      </Dialog>
    </>
  )
}
