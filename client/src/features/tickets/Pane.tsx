/** One screen of tickets: a page of its own on a phone, the right-hand pane on a wide screen. */
import { createEffect, createMemo, Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import styles from './Pane.module.css'
import { useTickets } from './tickets-context.ts'

export interface PaneProps {
  readonly title: string
  /** In the bar of a phone, where a long title would be cut. */
  readonly shortTitle?: string
  readonly actions?: JSX.Element
  readonly foot?: JSX.Element
  readonly children: JSX.Element
}

export function Pane(props: PaneProps): JSX.Element {
  const { isWide, list } = useTickets()
  // Made once: a foot that holds a sheet would otherwise exist twice.
  const foot = createMemo(() => props.foot)
  return (
    <Show
      when={isWide()}
      fallback={
        <Page
          title={props.shortTitle ?? props.title}
          back={paths.tickets + list.query}
          actions={props.actions}
          foot={foot()}
        >
          {props.children}
        </Page>
      }
    >
      <WidePane {...props} foot={foot()} />
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
      <Show when={props.foot}>
        <div class={styles.foot}>{props.foot}</div>
      </Show>
    </article>
  )
}
