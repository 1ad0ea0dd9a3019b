/** The first few of a list with a way to see them all; an empty one says so in a line. */
import CircleCheck from 'lucide-solid/icons/circle-check'
import { createSignal, Index, Show, type Accessor, type JSX } from 'solid-js'
import { number } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { List } from '../../ui/List.tsx'
import styles from './today.module.css'

const few = 5
const step = 50

export interface ShortListProps<T> {
  readonly title: string
  readonly items: readonly T[]
  /** What it says when there is nothing. */
  readonly empty: string
  readonly aside?: JSX.Element
  /** Stands before the first item. */
  readonly head?: JSX.Element
  /** Rows keep their place and take new items in, so that a busy sync does not build them anew. */
  readonly children: (item: Accessor<T>) => JSX.Element
}

export function ShortList<T>(props: ShortListProps<T>): JSX.Element {
  const [limit, setLimit] = createSignal(few)
  return (
    <List title={props.title} aside={props.aside ?? (props.items.length > 0 ? number(props.items.length) : undefined)}>
      {props.head}
      <Index
        each={props.items.slice(0, limit())}
        fallback={
          <p class={styles.done}>
            <CircleCheck size="1.25rem" aria-hidden="true" />
            {props.empty}
          </p>
        }
      >
        {props.children}
      </Index>
      <Show when={props.items.length > limit()}>
        <button
          type="button"
          class={styles.more}
          onClick={() => setLimit((shown) => (shown === few ? step : shown + step))}
        >
          {t('ui.showAll', props.items.length)}
        </button>
      </Show>
    </List>
  )
}
