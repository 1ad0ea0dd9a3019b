/** The live region of toasts; placed once by the shell. */
import { For, Show, type JSX } from 'solid-js'
import { dismissToast, shownToasts } from './toast.ts'
import styles from './Toasts.module.css'

export function Toasts(): JSX.Element {
  return (
    <div class={styles.region} role="status" aria-live="polite">
      <For each={shownToasts()}>
        {(one) => (
          <div class={styles.toast}>
            <span>{one.text}</span>
            <Show when={one.action}>
              {(action) => (
                <button
                  type="button"
                  class={styles.action}
                  onClick={() => {
                    action().run()
                    dismissToast(one.id)
                  }}
                >
                  {action().label}
                </button>
              )}
            </Show>
          </div>
        )}
      </For>
    </div>
  )
}
