/** A square button with a picture; `label` is its name for those who do not see it. */
import { splitProps, type JSX } from 'solid-js'
import styles from './IconButton.module.css'

export interface IconButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  readonly label: string
  readonly icon: JSX.Element
}

export function IconButton(props: IconButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, ['label', 'icon', 'class'])
  return (
    <button
      type="button"
      aria-label={own.label}
      title={own.label}
      {...rest}
      class={`${styles.button} ${own.class ?? ''}`}
    >
      {own.icon}
    </button>
  )
}
