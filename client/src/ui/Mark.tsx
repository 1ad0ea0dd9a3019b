/** The mark of 同格, two squares that share one corner, in the colour of the text around it. */
import type { JSX } from 'solid-js'

export function Mark(props: { readonly size: string }): JSX.Element {
  return (
    <svg width={props.size} height={props.size} viewBox="0 0 64 64" fill="none" aria-hidden="true">
      <rect x="9" y="9" width="31" height="31" rx="5" stroke="currentColor" stroke-width="5" />
      <rect x="24" y="24" width="31" height="31" rx="5" stroke="currentColor" stroke-width="5" />
      <rect x="26" y="26" width="12" height="12" rx="2" fill="currentColor" />
    </svg>
  )
}
