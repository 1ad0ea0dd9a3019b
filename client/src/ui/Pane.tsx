/** One screen of a place with a list: a page of its own on a phone, the right-hand pane on a wide screen. */
import { children, createEffect, Show, type JSX } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { Page } from './Page.tsx'
import styles from './Pane.module.css'

export interface PaneProps {
  /** Beside its list instead of on a page of its own. */
  readonly wide: boolean
  readonly title: string
  /** In the bar of a phone, where a long title would be cut. */
  readonly shortTitle?: string | undefined
  readonly back: string
  readonly actions?: JSX.Element
  readonly foot?: JSX.Element
  readonly children: JSX.Element
}

export function Pane(props: PaneProps): JSX.Element {
  // Made once: a foot that holds a sheet would otherwise exist twice.
  const foot = children(() => props.foot)
  return (
    <Show
      when={props.wide}
      fallback={
        <Page title={props.shortTitle ?? props.title} back={props.back} actions={props.actions} foot={foot()}>
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
