/** 回收站: deleted records, newest first; restoring brings back exactly what was deleted. */
import Trash from 'lucide-solid/icons/trash'
import { mayRestore, type TrashedEntry } from '@tongge/model'
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js'
import { momentText, number } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session/use-session.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { List } from '../../ui/List.tsx'
import { Page } from '../../ui/Page.tsx'
import { Row } from '../../ui/Row.tsx'
import { useActs } from '../ledger/record/use-acts.ts'
import { personName } from '../records/people.ts'
import { fieldsTitle } from '../records/record-title.ts'

const pageSize = 100

export function TrashPage(): JSX.Element {
  const session = useSession()
  const [shown, setShown] = createSignal(pageSize)
  const deleted = createMemo(() => Object.values(session.store.trash).sort((a, b) => b.deletion.at - a.deletion.at))
  return (
    <Page title={t('trash.title')} back={paths.me}>
      <Show
        when={deleted().length > 0}
        fallback={<EmptyState icon={<Trash size="1.75rem" />} title={t('trash.empty')} text={t('trash.emptyText')} />}
      >
        <List title={t('trash.heading')} aside={number(deleted().length)}>
          <For each={deleted().slice(0, shown())}>{(entry) => <TrashedRow entry={entry} />}</For>
        </List>
        <Show when={deleted().length > shown()}>
          <Button wide onClick={() => setShown((count) => count + pageSize)}>
            {t('ui.more')}
          </Button>
        </Show>
      </Show>
    </Page>
  )
}

function TrashedRow(props: { readonly entry: TrashedEntry }): JSX.Element {
  const session = useSession()
  const acts = useActs()
  const name = () => fieldsTitle(session.store, props.entry.kind, props.entry.fields)
  const who = () => {
    const { by, at, device } = props.entry.deletion
    return t('trash.deletedBy', personName(session, by), momentText(at, session.context().now), device)
  }
  return (
    <Row
      title={name().title}
      detail={
        <>
          {name().detail}
          <br />
          {who()}
        </>
      }
      trail={
        <Show when={mayRestore(session.context().actor, props.entry)}>
          <Button
            onClick={() => acts.act({ do: 'restoreRecord', id: props.entry.id }, t('trash.restored', name().title))}
          >
            {t('trash.restore')}
          </Button>
        </Show>
      }
    />
  )
}
