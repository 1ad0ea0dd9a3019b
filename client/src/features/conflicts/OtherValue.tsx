/** A third value for a conflicting field, checked like any other input. */
import { dayOf, type Entry, type FieldConflict, type NamedField, type Value } from '@tongge/model'
import { untrack, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { useDirty } from '../../pwa/dirty.ts'
import { useSession } from '../../session/use-session.ts'
import { Button } from '../../ui/Button.tsx'
import { createDraft } from '../ledger/form/draft.ts'
import { FieldControl } from '../ledger/form/FieldControl.tsx'
import { photosOfAll } from '../photos/photos-of.ts'
import styles from './conflicts.module.css'

export interface OtherValueProps {
  readonly entry: Entry
  readonly field: NamedField
  readonly conflict: FieldConflict
  readonly onSettle: (value: Value | undefined) => void
  readonly onCancel: () => void
}

export function OtherValue(props: OtherValueProps): JSX.Element {
  const session = useSession()
  const draft = untrack(() => {
    // Photos are chosen from all that there are; anything else is written anew.
    const given = props.field.type === 'photos' ? { [props.field.name]: photosOfAll(props.conflict) } : {}
    return createDraft(props.entry.kind, props.entry.fields, given, () => dayOf(session.context().now))
  })
  useDirty(() => draft.isDirty())
  const save = (event: SubmitEvent) => {
    event.preventDefault()
    const name = props.field.name
    if (!draft.check([name])) return
    const changes = draft.changes()
    const kept: Readonly<Record<string, Value | undefined>> = props.entry.fields
    draft.settle()
    props.onSettle(name in changes ? changes[name] : kept[name])
  }
  return (
    <form class={styles.other} onSubmit={save} novalidate>
      <FieldControl draft={draft} field={props.field} />
      <div class={styles.buttons}>
        <Button kind="quiet" onClick={() => props.onCancel()}>
          {t('ui.cancel')}
        </Button>
        <Button kind="primary" type="submit">
          {t('ui.save')}
        </Button>
      </div>
    </form>
  )
}
