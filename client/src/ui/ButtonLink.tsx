/** A link that looks like a button. */
import { A } from '@solidjs/router'
import type { JSX } from 'solid-js'
import type { ButtonKind } from './Button.tsx'
import styles from './Button.module.css'

export interface ButtonLinkProps {
  readonly href: string
  readonly kind?: ButtonKind
  readonly wide?: boolean
  readonly icon?: JSX.Element
  readonly onClick?: () => void
  readonly children: JSX.Element
}

export function ButtonLink(props: ButtonLinkProps): JSX.Element {
  return (
    <A
      href={props.href}
      class={[styles.button, styles[props.kind ?? 'secondary'], props.wide ? styles.wide : ''].join(' ')}
      onClick={() => props.onClick?.()}
    >
      {props.icon}
      <span>{props.children}</span>
    </A>
  )
}
