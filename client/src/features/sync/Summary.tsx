/** One sync: `本次同步：新增 2 户，修改 5 处，冲突 1`, opening to the records it touched. */
import type { RecordId } from '@tongge/model'
import { For, Show, type JSX } from 'solid-js'
import { momentText } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { paths, recordPath } from '../../paths.ts'
import type { SyncSummary } from '../../session/session.ts'
import { useSession } from '../../session/use-session.ts'
import { Row } from '../../ui/Row.tsx'
import { recordTitle } from '../records/record-title.ts'
import styles from './SyncState.module.css'
import { summaryText } from './summary-text.ts'

const shown = 50

export function Summary(props: {
  readonly summary: SyncSummary
  readonly isOpen: boolean
  readonly onLeave: () => void
}): JSX.Element {
  const session = useSession()
  const groups = () =>
    [
      { title: t('sync.group.added'), ids: props.summary.added },
      { title: t('sync.group.changed'), ids: props.summary.changed },
      { title: t('sync.group.removed'), ids: props.summary.removed },
      { title: t('sync.group.tickets'), ids: props.summary.tickets },
    ].filter((group) => group.ids.length > 0)
  return (
    <details class={styles.summary} open={props.isOpen}>
      <summary class={styles.head}>
        <span>{summaryText(props.summary, session.store)}</span>
        <span class={styles.time}>{momentText(props.summary.at, session.context().now)}</span>
      </summary>
      <For each={groups()}>
        {(group) => (
          <div onClick={() => props.onLeave()}>
            <p class={styles.group}>{group.title}</p>
            <For each={group.ids.slice(0, shown)}>{(id) => <RecordRow id={id} />}</For>
            <Show when={group.ids.length > shown}>
              <p class={styles.more}>{t('sync.group.more', group.ids.length - shown)}</p>
            </Show>
          </div>
        )}
      </For>
      <Show when={props.summary.conflicts > 0}>
        <div onClick={() => props.onLeave()}>
          <Row title={t('sync.toConflicts', props.summary.conflicts)} href={paths.conflicts} />
        </div>
      </Show>
    </details>
  )
}

function RecordRow(props: { readonly id: RecordId }): JSX.Element {
  const session = useSession()
  const href = () => {
    const entry = session.store.entries[props.id]
    if (entry) return recordPath(entry.kind, entry.id)
    if (session.store.tickets[props.id]) return paths.ticket(props.id)
    return session.store.trash[props.id] ? paths.trash : undefined
  }
  const name = () => recordTitle(session.store, props.id)
  return <Row title={name().title} detail={name().detail} href={href()} />
}
