/** Edits one record; sends only what changed. */
import { useNavigate, useParams } from '@solidjs/router'
import { dayOf, isLedgerKind, type Entry, type FieldValues, type LedgerKind, type RecordId } from '@tongge/model'
import { createEffect, createMemo, onCleanup, Show, untrack, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { recordPath } from '../../../paths.ts'
import { useSession } from '../../../session/use-session.ts'
import { toast } from '../../../ui/toast.ts'
import { peopleOf } from '../index-store.ts'
import { useLedger } from '../ledger-context.ts'
import { Missing } from '../record/Missing.tsx'
import { RecordNotices } from '../record/RecordNotices.tsx'
import { formFields } from '../record/sections.ts'
import { useRights } from '../record/use-rights.ts'
import { createDraft } from './draft.ts'
import { FormPane } from './FormPane.tsx'
import { RecordForm } from './RecordForm.tsx'
import { takeBackEdit } from './take-back.ts'
import { useFormSave } from './use-form-save.ts'

export function EditPage(): JSX.Element {
  const session = useSession()
  const params = useParams()
  const id = createMemo(() => {
    const entry = session.store.entries[params['id'] as RecordId]
    return entry !== undefined && isLedgerKind(entry.kind) ? entry.id : undefined
  })
  return (
    <Show when={id()} keyed fallback={<Missing />}>
      {(id) => <EditForm id={id} />}
    </Show>
  )
}

/** References that have commands of their own, which keep both ends right. */
const movedByCommand: Readonly<Record<string, string>> = { person: 'household', household: 'house', house: 'building' }

function EditForm(props: { readonly id: RecordId }): JSX.Element {
  const session = useSession()
  const navigate = useNavigate()
  const rights = useRights()
  const { index } = useLedger()
  const id = untrack(() => props.id)
  const entry = (): Entry | undefined => session.store.entries[id]
  const start = untrack(entry) as Entry<LedgerKind>
  const { kind } = start
  const draft = createDraft(kind, start.fields, {}, () => dayOf(session.context().now))
  const fields = formFields(kind).filter(
    (field) => rights.mayWriteField(kind, field) && field.name !== movedByCommand[kind],
  )
  const { save, root, refusal, isRestored } = useFormSave(draft, `edit/${id}`, () =>
    fields.map((field) => field.name).filter((name) => draft.problem(name) !== undefined || name in draft.changes()),
  )
  const options = () => ({
    head: peopleOf(index(), id).present.map((person) => ({ value: person.id, label: person.fields.name ?? '' })),
  })
  const back = recordPath(kind, id)
  const submit = (): void => {
    if (!draft.isDirty()) {
      toast(t('ledger.form.nothing'))
      navigate(back, { replace: true })
      return
    }
    // Read before the edit: what stands here now is what 撤销 brings back.
    const before: FieldValues = { ...entry()?.fields }
    const saved = save(
      (changes) => ({ do: 'editRecord', id, fields: changes }),
      (changes) => () => takeBackEdit(id, before, changes, entry()?.fields ?? {}),
    )
    if (saved !== undefined) navigate(back, { replace: true })
  }
  createEffect(() => {
    const now = entry()
    if (now !== undefined) draft.follow(now.fields)
  })
  onCleanup(() => session.watch(undefined, false))
  return (
    <FormPane
      title={t(`ledger.editTitle.${kind}`)}
      back={back}
      refusal={refusal()}
      isRestored={isRestored()}
      onDiscard={draft.reset}
      onSave={submit}
      ref={root}
    >
      <Show when={entry()} fallback={<p>{t('ledger.missing')}</p>}>
        {(found) => <RecordNotices entry={found()} isEditing />}
      </Show>
      <RecordForm draft={draft} fields={fields} options={options()} stored={id} />
    </FormPane>
  )
}
