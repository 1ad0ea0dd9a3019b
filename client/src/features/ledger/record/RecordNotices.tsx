/** What a person must know before touching a record: who else is here, what waits, and what two people changed at once. */
import {
  fieldsOf,
  maySetField,
  maySettleDeletion,
  type AccountId,
  type Entry,
  type FieldConflict,
  type Rival,
  type Value,
} from '@tongge/model'
import CircleAlert from 'lucide-solid/icons/circle-alert'
import Users from 'lucide-solid/icons/users'
import { createEffect, For, onCleanup, Show, type JSX } from 'solid-js'
import { momentText } from '../../../i18n/format.ts'
import { nameOf, t } from '../../../i18n/i18n.ts'
import { JoinPhotos } from '../../photos/JoinPhotos.tsx'
import { PhotoStrip } from '../../photos/PhotoStrip.tsx'
import { photosOf } from '../../photos/photos-of.ts'
import { personName } from '../../records/people.ts'
import { useSession } from '../../../session/use-session.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { titleOf } from './entry-of.ts'
import { fieldText } from './field-text.ts'
import styles from './record.module.css'
import { useActs } from './use-acts.ts'

export function RecordNotices(props: { readonly entry: Entry; readonly isEditing?: boolean }): JSX.Element {
  return (
    <>
      <Presence subject={`${props.entry.kind}/${props.entry.id}`} isEditing={props.isEditing ?? false} />
      <Show when={props.entry.deletion}>
        {(deletion) => <DeletionNotice entry={props.entry} by={deletion().by} at={deletion().at} />}
      </Show>
      <For each={props.entry.conflicts}>{(conflict) => <ConflictNotice entry={props.entry} conflict={conflict} />}</For>
    </>
  )
}

function Presence(props: { readonly subject: string; readonly isEditing: boolean }): JSX.Element {
  const session = useSession()
  createEffect(() => session.watch(props.subject, props.isEditing))
  onCleanup(() => session.watch(undefined, false))
  const others = () => session.peers().filter((peer) => peer.subject === props.subject)
  const names = (editing: boolean): string =>
    others()
      .filter((peer) => peer.editing === editing)
      .map((peer) => peer.name)
      .join(t('ledger.comma'))
  return (
    <Show when={others().length > 0}>
      <Banner
        icon={<Users size="1.25rem" />}
        title={[names(true) && t('ledger.editing', names(true)), names(false) && t('ledger.present', names(false))]
          .filter(Boolean)
          .join(' · ')}
      />
    </Show>
  )
}

export function ConflictNotice(props: { readonly entry: Entry; readonly conflict: FieldConflict }): JSX.Element {
  const session = useSession()
  const { act } = useActs()
  const field = () => fieldsOf(props.entry.kind).find((one) => one.name === props.conflict.field)
  const now = (): number => session.context().now
  const text = (value: Value | undefined): string => {
    const of = field()
    if (of === undefined || value === undefined) return t('ledger.cleared')
    if (of.class === 'sensitive') return t('ledger.sensitive.masked')
    return fieldText(of, value, { now: now(), titleOf: (id) => titleOf(session.store, id) })
  }
  const by = (rival: Rival): string =>
    t('ledger.conflictBy', personName(session, rival.stamp.by), momentText(rival.stamp.at, now()), rival.stamp.device)
  const maySettle = (): boolean => maySetField(session.context().actor, props.entry, props.conflict.field)
  const settle = (value: Value | undefined): void =>
    void act({ do: 'settleField', id: props.entry.id, field: props.conflict.field, value }, t('ledger.settled'))
  return (
    <Banner
      tone="notice"
      icon={<CircleAlert size="1.25rem" />}
      title={`${t('ledger.conflictTitle')} · ${field() === undefined ? '' : nameOf(field() ?? { zh: '', en: '' })}`}
    >
      <ul class={styles.rivals}>
        <For each={props.conflict.rivals}>
          {(rival) => (
            <li class={styles.rival}>
              <p>
                <span class={styles.value}>{text(rival.value)}</span>
                <br />
                <span class={styles.quiet}>{by(rival)}</span>
              </p>
              <Show when={field()?.type === 'photos'}>
                <PhotoStrip photos={photosOf(rival.value)} />
              </Show>
              <Show when={maySettle()}>
                <Button onClick={() => settle(rival.value)}>{t('ledger.conflictUse')}</Button>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={field()?.type === 'photos' && maySettle()}>
        <JoinPhotos conflict={props.conflict} onSettle={settle} />
      </Show>
    </Banner>
  )
}

function DeletionNotice(props: { readonly entry: Entry; readonly by: AccountId; readonly at: number }): JSX.Element {
  const session = useSession()
  const { act } = useActs()
  const maySettle = (keep: boolean): boolean => maySettleDeletion(session.context().actor, props.entry, keep)
  const settle = (keep: boolean): void =>
    void act({ do: 'settleDeletion', id: props.entry.id, keep }, t('ledger.settled'))
  return (
    <Banner
      tone="notice"
      icon={<CircleAlert size="1.25rem" />}
      title={t('ledger.deletionTitle')}
      actions={
        <>
          <Show when={maySettle(true)}>
            <Button onClick={() => settle(true)}>{t('ledger.deletionKeep')}</Button>
          </Show>
          <Show when={maySettle(false)}>
            <Button onClick={() => settle(false)}>{t('ui.delete')}</Button>
          </Show>
        </>
      }
    >
      {t('ledger.deletionText', personName(session, props.by), momentText(props.at, session.context().now))}
    </Banner>
  )
}
