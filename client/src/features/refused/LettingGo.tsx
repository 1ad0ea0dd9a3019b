/** What cannot be had again is asked about once more, in place. `children` are the other acts, away while it is asked. */
import { createSignal, Show, type JSX } from 'solid-js'
import { Button } from '../../ui/Button.tsx'
import styles from '../../ui/Cards.module.css'

export function LettingGo(props: {
  readonly label: string
  readonly question: string
  readonly no: string
  readonly yes: string
  readonly onYes: () => void
  readonly children: JSX.Element
}): JSX.Element {
  const [isSure, setSure] = createSignal(false)
  return (
    <div class={styles.buttons}>
      <Show
        when={isSure()}
        fallback={
          <>
            <Button kind="quiet" onClick={() => setSure(true)}>
              {props.label}
            </Button>
            {props.children}
          </>
        }
      >
        <p class={styles.sure}>{props.question}</p>
        <Button kind="quiet" onClick={() => setSure(false)}>
          {props.no}
        </Button>
        <Button kind="danger" onClick={() => props.onYes()}>
          {props.yes}
        </Button>
      </Show>
    </div>
  )
}
