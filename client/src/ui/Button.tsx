/** Push buttons. Knows nothing of sessions or records. */
import { splitProps, type JSX } from 'solid-js'
import styles from './Button.module.css'

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger'

export interface ButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  /** Default `secondary`. At most one `primary` per screen. */
  readonly kind?: ButtonKind
  /** Fills its row. */
  readonly wide?: boolean
  /** An icon element shown before the text. */
  readonly icon?: JSX.Element
}

export function Button(props: ButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, ['kind', 'wide', 'icon', 'class', 'children'])
  return (
    <button
      type="button"
      {...rest}
      class={[styles.button, styles[own.kind ?? 'secondary'], own.wide ? styles.wide : '', own.class ?? ''].join(' ')}
    >
      {own.icon}
      <span>{own.children}</span>
    </button>
  )
}
