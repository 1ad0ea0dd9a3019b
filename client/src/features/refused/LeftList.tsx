/** Of which grids what was removed from this device, because this account may not read it any more: 已移出本网格, or in another role there. */
import X from 'lucide-solid/icons/x'
import { For, Show, type JSX } from 'solid-js'
import { momentText } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { leftKinds, type LeftKind, type RefusedEdit } from '../../session/session.ts'
import { useSession } from '../../session/use-session.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { List } from '../../ui/List.tsx'
import { Row } from '../../ui/Row.tsx'
import { gridName } from '../records/people.ts'

export function LeftLists(props: { readonly edits: readonly RefusedEdit[] }): JSX.Element {
  const isOut = ({ reason }: RefusedEdit): boolean => reason === 'movedOut'
  return (
    <>
      <LeftList title={t('refused.leftTitle')} edits={props.edits.filter(isOut)} />
      <LeftList title={t('refused.removedTitle')} edits={props.edits.filter((edit) => !isOut(edit))} />
    </>
  )
}

function LeftList(props: { readonly title: string; readonly edits: readonly RefusedEdit[] }): JSX.Element {
  const session = useSession()
  const what = (kinds: readonly LeftKind[]): string =>
    [...leftKinds, 'other' as const]
      .filter((kind) => kinds.includes(kind))
      .map((kind) => t(`refused.leftKind.${kind}`))
      .join(t('refused.comma'))
  const name = ({ grid }: RefusedEdit): string => (grid === undefined ? '' : gridName(session, grid))
  return (
    <Show when={props.edits.length > 0}>
      <List title={props.title}>
        <For each={props.edits}>
          {(edit) => (
            <Row
              title={name(edit)}
              detail={t('refused.leftWhat', what(edit.left ?? []), momentText(edit.at, session.context().now))}
              trail={
                <IconButton
                  label={t('refused.leftSeen', name(edit))}
                  icon={<X size="1.25rem" aria-hidden="true" />}
                  onClick={() => void session.dismissRefused(edit.id)}
                />
              }
            />
          )}
        </For>
      </List>
    </Show>
  )
}
