/** A ring that shows a part of a whole, what is unknown, and the figures in words. */
import { Show, type JSX } from 'solid-js'
import styles from './Ring.module.css'
import { shareText } from './share-text.ts'

export interface RingProps {
  readonly label: string
  readonly part: number
  readonly whole: number
  /** Beside the whole, how many nobody knows about: drawn faintly at the end of the ring, never counted as done. */
  readonly unknown?: number
  /** Line under the label, such as `412 / 480 户`. */
  readonly detail: string
}

const radius = 42
const circumference = 2 * Math.PI * radius

export function Ring(props: RingProps): JSX.Element {
  const share = (count: number) => {
    const all = props.whole + (props.unknown ?? 0)
    return all > 0 ? Math.min(1, count / all) : 0
  }
  const arc = (count: number) => `${share(count) * circumference} ${circumference}`
  return (
    <figure class={styles.figure}>
      <svg viewBox="0 0 100 100" class={styles.ring} aria-hidden="true">
        <circle cx="50" cy="50" r={radius} class={styles.track} />
        <Show when={share(props.unknown ?? 0) > 0}>
          <circle
            cx="50"
            cy="50"
            r={radius}
            class={styles.unknown}
            stroke-dasharray={arc(props.unknown ?? 0)}
            transform={`rotate(${-90 + share(props.whole) * 360} 50 50)`}
          />
        </Show>
        <Show when={share(props.part) > 0}>
          <circle
            cx="50"
            cy="50"
            r={radius}
            class={styles.part}
            stroke-dasharray={arc(props.part)}
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
