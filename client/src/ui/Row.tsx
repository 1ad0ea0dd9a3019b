/** One line of a list: a link (`href`), a button (`onClick`) or plain text. */
import { A } from '@solidjs/router'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import { Match, Show, Switch, type JSX } from 'solid-js'
import { drawn } from './drawn.ts'
import styles from './List.module.css'

export interface RowProps {
  readonly title: JSX.Element
  /** Second line, quieter. */
  readonly detail?: JSX.Element
  /** Before the title: an icon or a short number. */
  readonly lead?: JSX.Element
  /** After the title: chips, a value. */
  readonly trail?: JSX.Element
  readonly href?: string | undefined
  readonly onClick?: (() => void) | undefined
  /** Marks the row whose record is open beside the list. */
  readonly current?: boolean
}

const chevron = drawn(() => <ChevronRight size="1.125rem" class={styles.chevron ?? ''} aria-hidden="true" />)

export function Row(props: RowProps): JSX.Element {
  return (
    <Switch
      fallback={
        <div class={styles.row}>
          <Content {...props} />
        </div>
      }
    >
      <Match when={props.href}>
        {(href) => (
          <A href={href()} class={`${styles.row} ${styles.active}`} aria-current={props.current ? 'true' : undefined}>
            <Content {...props} />
            {chevron()}
          </A>
        )}
      </Match>
      <Match when={props.onClick}>
        {(act) => (
          <button
            type="button"
            class={`${styles.row} ${styles.active}`}
            aria-current={props.current ? 'true' : undefined}
            onClick={() => act()()}
          >
            <Content {...props} />
          </button>
        )}
      </Match>
    </Switch>
  )
}

function Content(props: RowProps): JSX.Element {
  return (
    <>
      {/* Asked for once: each asking would make what is shown anew. */}
      <Show when={props.lead}>{(lead) => <span class={styles.lead}>{lead()}</span>}</Show>
      <span class={styles.main}>
        <span class={styles.text}>
          <span class={styles.name}>{props.title}</span>
          <Show when={props.detail}>{(detail) => <span class={styles.detail}>{detail()}</span>}</Show>
        </span>
        <Show when={props.trail}>{(trail) => <span class={styles.trail}>{trail()}</span>}</Show>
      </span>
    </>
  )
}
