/** 变更记录: who changed what, when and on which device, newest first. */
import { fieldsOf, type Entry, type Value } from '@tongge/model'
import History from 'lucide-solid/icons/rotate-ccw-clock'
import { createMemo, For, Show, type JSX } from 'solid-js'
import { momentText } from '../../../i18n/format.ts'
import { nameOf, t } from '../../../i18n/i18n.ts'
import { personName } from '../../records/people.ts'
import { useSession } from '../../../session/use-session.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { titleOf } from './entry-of.ts'
import { fieldText } from './field-text.ts'
import styles from './record.module.css'

export function HistorySheet(props: {
  readonly entry: Entry
  readonly open: boolean
  readonly onClose: () => void
}): JSX.Element {
  const session = useSession()
  const lines = createMemo(() => (props.open ? session.history(props.entry.id) : []))
  const now = (): number => session.context().now
  const field = (name: string | undefined) => fieldsOf(props.entry.kind).find((one) => one.name === name)
  const text = (name: string | undefined, value: Value | undefined): string => {
    const of = field(name)
    if (value === undefined) return ''
    return of === undefined
      ? String(value)
      : fieldText(of, value, { now: now(), titleOf: (id) => titleOf(session.store, id) })
  }
  return (
    <Dialog open={props.open} title={t('ledger.history')} shape="sheet" onClose={() => props.onClose()}>
      <Show
        when={lines().length > 0}
        fallback={<EmptyState compact icon={<History size="2rem" />} title={t('ledger.historyNone')} />}
      >
        <ol class={styles.history}>
          <For each={lines()}>
            {(line) => (
              <li class={styles.event}>
                <p>
                  {t(`ledger.historyAction.${line.action}`)}{' '}
                  <Show when={field(line.field)}>{(of) => <strong>{nameOf(of())}</strong>}</Show>
                </p>
                <Show when={line.action === 'changed'}>
                  <Show
                    when={field(line.field)?.class !== 'sensitive' && field(line.field)?.type !== 'coText'}
                    fallback={
                      <p class={styles.quiet}>
                        {t(field(line.field)?.type === 'coText' ? 'ledger.historyWords' : 'ledger.historyHidden')}
                      </p>
                    }
                  >
                    <p>
                      <Show when={line.before !== undefined}>
                        <del>{text(line.field, line.before)}</del> →{' '}
                      </Show>
                      <ins>{line.after === undefined ? t('ledger.cleared') : text(line.field, line.after)}</ins>
                    </p>
                  </Show>
                </Show>
                <p class={styles.quiet}>
                  {momentText(line.stamp.at, now())} ·{' '}
                  {t('ledger.historyBy', personName(session, line.stamp.by), line.stamp.device)}
                </p>
                <Show when={line.adoptedFrom}>
                  {(author) => (
                    <p>
                      {t('ledger.historyAdopted', personName(session, line.stamp.by), personName(session, author()))}
                    </p>
                  )}
                </Show>
              </li>
            )}
          </For>
        </ol>
      </Show>
    </Dialog>
  )
}
