/** Keeps what it wraps out of the page until the person says why it is needed; closed again whenever the page is left. */
import Eye from 'lucide-solid/icons/eye'
import EyeOff from 'lucide-solid/icons/eye-off'
import { createSignal, For, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { List } from '../../../ui/List.tsx'
import { Row } from '../../../ui/Row.tsx'
import styles from './record.module.css'

const reasons = ['verify', 'service', 'care', 'emergency', 'correct'] as const

export function SensitiveGate(props: {
  /** Shown while closed, such as masked values. */
  readonly closed?: JSX.Element
  readonly children: JSX.Element
}): JSX.Element {
  const [isOpen, setOpen] = createSignal(false)
  const [asks, setAsks] = createSignal(false)
  const open = (): void => {
    setAsks(false)
    setOpen(true)
  }
  return (
    <>
      <Show when={isOpen()} fallback={props.closed}>
        {props.children}
      </Show>
      <div class={props.closed === undefined ? undefined : styles.gate}>
        <Show
          when={isOpen()}
          fallback={
            <Button icon={<Eye size="1.125rem" aria-hidden="true" />} onClick={() => setAsks(true)}>
              {t('ledger.sensitive.show')}
            </Button>
          }
        >
          <Button icon={<EyeOff size="1.125rem" aria-hidden="true" />} onClick={() => setOpen(false)}>
            {t('ledger.sensitive.hide')}
          </Button>
        </Show>
      </div>
      <Dialog open={asks()} title={t('ledger.sensitive.why')} shape="sheet" onClose={() => setAsks(false)}>
        <p>{t('ledger.sensitive.whyText')}</p>
        <List>
          <For each={reasons}>{(reason) => <Row title={t(`ledger.sensitive.${reason}`)} onClick={open} />}</For>
        </List>
      </Dialog>
    </>
  )
}
