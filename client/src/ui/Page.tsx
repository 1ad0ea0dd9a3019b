/** A screen: app bar with title, actions and the sync light, then content. */
import ChevronLeft from 'lucide-solid/icons/chevron-left'
import { children, createEffect, Show, useContext, type JSX } from 'solid-js'
import { A } from '@solidjs/router'
import { t } from '../i18n/i18n.ts'
import { BarEndContext } from './bar-end.ts'
import styles from './Page.module.css'

export interface PageProps {
  readonly title: string
  /** Where the back arrow leads; without it the page is one of the five places. */
  readonly back?: string | undefined
  /** Icon buttons at the end of the bar. */
  readonly actions?: JSX.Element
  /** Fixed at the foot of the screen, such as the save button of a form. */
  readonly foot?: JSX.Element
  /** Uses the whole width (two panes, tables). */
  readonly wide?: boolean
  /** Content manages its own height and scrolling, as virtual lists need. */
  readonly fill?: boolean
  readonly children: JSX.Element
}

export function Page(props: PageProps): JSX.Element {
  const barEnd = useContext(BarEndContext)
  const foot = children(() => props.foot)
  createEffect(() => {
    document.title = `${props.title} · ${t('app.name')}`
  })
  return (
    <div class={`${styles.page} ${props.fill ? styles.fill : ''}`}>
      <header class={styles.bar}>
        <Show when={props.back}>
          {(back) => (
            <A href={back()} class={styles.back} aria-label={t('ui.back')}>
              <ChevronLeft size="1.5rem" aria-hidden="true" />
            </A>
          )}
        </Show>
        <h1 class={styles.title}>{props.title}</h1>
        <div class={styles.end}>
          {props.actions}
          {barEnd?.()}
        </div>
      </header>
      <main class={`${styles.main} ${props.wide ? styles.wide : ''}`}>{props.children}</main>
      <Show when={foot()}>
        <div class={styles.foot}>{foot()}</div>
      </Show>
    </div>
  )
}
