/** One screen of the ledger: a page of its own on a phone, the right-hand pane on a wide screen. */
import { createEffect, Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Page } from '../../ui/Page.tsx'
import { useLedger } from './ledger-context.ts'
import styles from './Pane.module.css'

export interface PaneProps {
  readonly title: string
  readonly back: string
  readonly actions?: JSX.Element
  readonly children: JSX.Element
}

export function Pane(props: PaneProps): JSX.Element {
  const { isWide } = useLedger()
  return (
    <Show
      when={isWide()}
      fallback={
        <Page title={props.title} back={props.back} actions={props.actions}>
          {props.children}
        </Page>
      }
    >
      <WidePane {...props} />
    </Show>
  )
}

function WidePane(props: PaneProps): JSX.Element {
  createEffect(() => {
    document.title = `${props.title} · ${t('app.name')}`
  })
  return (
    <article class={styles.pane}>
      <header class={styles.head}>
        <h2 class={styles.title}>{props.title}</h2>
        <div class={styles.actions}>{props.actions}</div>
      </header>
      <div class={styles.body}>{props.children}</div>
    </article>
  )
}
