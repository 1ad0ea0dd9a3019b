/** Says quietly that a form goes on with what was typed earlier, and offers to begin it anew. */
import RotateCcw from 'lucide-solid/icons/rotate-ccw'
import type { JSX } from 'solid-js'
import { Button } from '../../ui/Button.tsx'
import styles from './restored-draft.module.css'

export function RestoredDraft(props: {
  readonly text: string
  readonly discard: string
  readonly onDiscard: () => void
}): JSX.Element {
  return (
    <div class={styles.restored} role="status">
      <span>{props.text}</span>
      <Button kind="quiet" icon={<RotateCcw size="1.125rem" aria-hidden="true" />} onClick={() => props.onDiscard()}>
        {props.discard}
      </Button>
    </div>
  )
}
