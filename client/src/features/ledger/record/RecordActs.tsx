/** The acts that every record has: edit, history, merge, delete with a way back. */
import { useNavigate } from '@solidjs/router'
import type { Entry, RecordId } from '@tongge/model'
import Copy from 'lucide-solid/icons/copy-check'
import History from 'lucide-solid/icons/rotate-ccw-clock'
import Trash2 from 'lucide-solid/icons/trash'
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { recordPath } from '../../../paths.ts'
import { useSession } from '../../../session/use-session.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { List } from '../../../ui/List.tsx'
import { Row } from '../../../ui/Row.tsx'
import { recordTitle } from '../../records/record-title.ts'
import { ledgerPaths } from '../ledger-paths.ts'
import { headAgain } from './head-again.ts'
import { HistorySheet } from './HistorySheet.tsx'
import { useActs } from './use-acts.ts'
import { usersOf } from './users-of.ts'

/** More of them are found on the page of the record. */
const listed = 20

export function RecordActs(props: {
  readonly entry: Entry
  /** Where to go once the record is deleted. */
  readonly after: string
  readonly canMerge?: boolean
  readonly mayWrite: boolean
  /** More rows, before the common ones. */
  readonly children?: JSX.Element
}): JSX.Element {
  const session = useSession()
  const navigate = useNavigate()
  const { act } = useActs()
  const [shown, setShown] = createSignal<'history' | 'delete'>()
  const users = createMemo(() => (shown() === 'delete' ? usersOf(session, props.entry.id) : []))
  const remove = (): void => {
    // The page is gone the moment the record is: what is still needed is read before.
    const { id } = props.entry
    const { after } = props
    setShown(undefined)
    if (
      act({ do: 'deleteRecord', id }, t('ledger.removed'), [
        { do: 'restoreRecord', id },
        ...headAgain(session, props.entry),
      ]) !== undefined
    )
      navigate(after, { replace: true })
  }
  return (
    <>
      <List title={t('ledger.listActions')}>
        {props.children}
        <Show when={props.canMerge && props.mayWrite}>
          <Row
            lead={<Copy size="1.25rem" aria-hidden="true" />}
            title={t('ledger.merge')}
            href={ledgerPaths.merge(props.entry.id)}
          />
        </Show>
        <Row
          lead={<History size="1.25rem" aria-hidden="true" />}
          title={t('ledger.history')}
          onClick={() => setShown('history')}
        />
        <Show when={props.mayWrite}>
          <Row
            lead={<Trash2 size="1.25rem" aria-hidden="true" />}
            title={t('ledger.remove', t(`ledger.kind.${props.entry.kind}`))}
            onClick={() => setShown('delete')}
          />
        </Show>
      </List>
      <HistorySheet entry={props.entry} open={shown() === 'history'} onClose={() => setShown(undefined)} />
      <Dialog
        open={shown() === 'delete'}
        title={users().length > 0 ? t('ledger.usedTitle') : t('ledger.removeTitle')}
        onClose={() => setShown(undefined)}
        actions={
          <>
            <Button onClick={() => setShown(undefined)}>{t(users().length > 0 ? 'ui.close' : 'ui.cancel')}</Button>
            <Show when={users().length === 0}>
              <Button kind="danger" onClick={remove}>
                {t('ui.delete')}
              </Button>
            </Show>
          </>
        }
      >
        <Show when={users().length > 0} fallback={<p>{t('ledger.removeText')}</p>}>
          <p>{t('ledger.usedText')}</p>
          <List>
            <For each={users().slice(0, listed)}>{(id) => <User id={id} />}</For>
          </List>
          <Show when={users().length > listed}>
            <p>{t('sync.group.more', users().length - listed)}</p>
          </Show>
        </Show>
      </Dialog>
    </>
  )
}

function User(props: { readonly id: RecordId }): JSX.Element {
  const session = useSession()
  const name = () => recordTitle(session.store, props.id)
  const href = () => {
    const entry = session.store.entries[props.id]
    return entry && recordPath(entry.kind, entry.id)
  }
  return <Row title={name().title} detail={name().detail} href={href()} />
}
