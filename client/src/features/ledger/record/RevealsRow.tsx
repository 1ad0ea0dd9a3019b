/** 谁查看过: who was last shown the sensitive fields of a record, and all of them in a sheet. */
import type { RecordId } from '@tongge/model'
import History from 'lucide-solid/icons/rotate-ccw-clock'
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js'
import { momentText } from '../../../i18n/format.ts'
import { t } from '../../../i18n/i18n.ts'
import type { RevealLine } from '../../../session/session.ts'
import { useSession } from '../../../session/use-session.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Row } from '../../../ui/Row.tsx'
import { personName } from '../../records/people.ts'
import styles from './record.module.css'

/** `shown` changes whenever the person has looked. */
export function RevealsRow(props: { readonly id: RecordId; readonly shown: string }): JSX.Element {
  const session = useSession()
  const [isOpen, setOpen] = createSignal(false)
  const lines = createMemo(() => [props.shown, isOpen(), session.reveals(props.id)] as const)
  const reveals = (): readonly RevealLine[] => lines()[2]
  const reasonOf = ({ reason, note }: RevealLine): string =>
    note === undefined ? t(`ledger.sensitive.reason.${reason}`) : note
  const lineOf = (line: RevealLine): string =>
    [personName(session, line.stamp.by), momentText(line.stamp.at, session.context().now), reasonOf(line)].join(' · ')
  return (
    <Show when={reveals()[0]}>
      {(last) => (
        <>
          <Row
            lead={<History size="1.25rem" aria-hidden="true" />}
            title={t('ledger.sensitive.seenBy')}
            detail={lineOf(last())}
            onClick={() => setOpen(true)}
          />
          <Dialog open={isOpen()} title={t('ledger.sensitive.seenBy')} shape="sheet" onClose={() => setOpen(false)}>
            <ol class={styles.history}>
              <For each={reveals()}>
                {(line) => (
                  <li class={styles.event}>
                    <p>
                      <strong>{personName(session, line.stamp.by)}</strong> {reasonOf(line)}
                    </p>
                    <p class={styles.quiet}>
                      {momentText(line.stamp.at, session.context().now)} · {line.stamp.device}
                    </p>
                  </li>
                )}
              </For>
            </ol>
          </Dialog>
        </>
      )}
    </Show>
  )
}
