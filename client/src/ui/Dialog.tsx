/** A question over the page (`dialog`), a picture as large as the screen allows (`picture`), or a sheet from below (`sheet`; at the side on wide screens). Traps focus; Escape and the back gesture close it. */
import { Dialog as Modal } from '@kobalte/core/dialog'
import X from 'lucide-solid/icons/x'
import { createEffect, createRenderEffect, onCleanup, Show, type JSX } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import styles from './Dialog.module.css'
import { IconButton } from './IconButton.tsx'

export interface DialogProps {
  readonly open: boolean
  readonly title: string
  readonly shape?: 'dialog' | 'picture' | 'sheet'
  readonly onClose: () => void
  /** Buttons at the foot; the safest one first. */
  readonly actions?: JSX.Element
  readonly children?: JSX.Element
}

export function Dialog(props: DialogProps): JSX.Element {
  // Before the content takes the focus.
  createRenderEffect(() => {
    if (props.open) onCleanup(giveFocusBack(document.activeElement))
  })
  createEffect(() => {
    if (props.open) onCleanup(closeOnBack(() => props.onClose()))
  })
  return (
    <Modal
      open={props.open}
      onOpenChange={(open) => {
        if (!open) props.onClose()
      }}
    >
      <Modal.Portal>
        <Modal.Overlay class={styles.shade} />
        <div class={`${styles.frame} ${styles[props.shape ?? 'dialog']}`}>
          <Modal.Content class={styles.content}>
            <header class={styles.head}>
              <Modal.Title class={styles.title}>{props.title}</Modal.Title>
              <IconButton
                label={t('ui.close')}
                icon={<X size="1.25rem" aria-hidden="true" />}
                onClick={() => props.onClose()}
              />
            </header>
            <div class={styles.body}>{props.children}</div>
            <Show when={props.actions}>
              <footer class={styles.actions}>{props.actions}</footer>
            </Show>
          </Modal.Content>
        </div>
      </Modal.Portal>
    </Modal>
  )
}

/** The kit returns focus only to a trigger of its own; dialogs here are opened by any button or row. */
function giveFocusBack(opener: Element | null): () => void {
  return () =>
    setTimeout(() => {
      const isLost = document.activeElement === null || document.activeElement === document.body
      if (isLost && opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true })
    })
}

/** The phone's back gesture closes the sheet first: one history entry stands for it while it is open. */
function closeOnBack(close: () => void): () => void {
  const mark = { sheet: true }
  history.pushState({ ...history.state, ...mark }, '')
  let gone = false
  const onPop = () => {
    gone = true
    close()
  }
  addEventListener('popstate', onPop, { once: true })
  return () => {
    removeEventListener('popstate', onPop)
    // A link in the sheet navigates first and pushes its own entry; only an entry still on top is taken back.
    setTimeout(() => {
      if (!gone && history.state?.sheet) history.back()
    })
  }
}
