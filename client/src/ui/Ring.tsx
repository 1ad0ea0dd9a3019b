/** A ring that shows a part of a whole, and the figures in words. */
import { Show, type JSX } from 'solid-js'
import styles from './Ring.module.css'
import { shareText } from './share-text.ts'

export interface RingProps {
  readonly label: string
  readonly part: number
  readonly whole: number
  /** Line under the label, such as `412 / 480 户`. */
  readonly detail: string
}

const radius = 42
const circumference = 2 * Math.PI * radius

export function Ring(props: RingProps): JSX.Element {
  const share = () => (props.whole > 0 ? Math.min(1, props.part / props.whole) : 0)
  return (
    <figure class={styles.figure}>
      <svg viewBox="0 0 100 100" class={styles.ring} aria-hidden="true">
        <circle cx="50" cy="50" r={radius} class={styles.track} />
        <Show when={share() > 0}>
          <circle
            cx="50"
            cy="50"
            r={radius}
            class={styles.part}
            stroke-dasharray={`${share() * circumference} ${circumference}`}
            transform="rotate(-90 50 50)"
          />
        </Show>
        <text x="50" y="51" class={styles.number}>
          {shareText(props.part, props.whole)}
        </text>
      </svg>
      <figcaption class={styles.caption}>
        <span class={styles.label}>{props.label}</span>
        <span class={styles.detail}>{props.detail}</span>
      </figcaption>
    </figure>
  )
}
