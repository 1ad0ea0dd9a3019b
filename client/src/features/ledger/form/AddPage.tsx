/** Adds one record of any kind; `?field=value` in the address fills fields in beforehand. */
import { useNavigate, useParams, useSearchParams } from '@solidjs/router'
import { dayOf, isKind, isLedgerKind, type LedgerKind } from '@tongge/model'
import { createMemo, Show, untrack, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { paths, recordPath } from '../../../paths.ts'
import { useSession } from '../../../session/use-session.ts'
import { Missing } from '../record/Missing.tsx'
import { formFields } from '../record/sections.ts'
import { useRights } from '../record/use-rights.ts'
import { createDraft } from './draft.ts'
import { FormPane } from './FormPane.tsx'
import { RecordForm } from './RecordForm.tsx'
import { useFormSave } from './use-form-save.ts'

export function AddPage(): JSX.Element {
  const params = useParams()
  const kind = createMemo((): LedgerKind | undefined => {
    const text = params['kind'] ?? ''
    return isKind(text) && isLedgerKind(text) ? text : undefined
  })
  return (
    <Show when={kind()} keyed fallback={<Missing />}>
      {(known) => <AddForm kind={known} />}
    </Show>
  )
}

function AddForm(props: { readonly kind: LedgerKind }): JSX.Element {
  const session = useSession()
  const navigate = useNavigate()
  const rights = useRights()
  const [query] = useSearchParams<Record<string, string>>()
  const kind = untrack(() => props.kind)
  const given = Object.fromEntries(
    Object.entries(query).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
  const draft = createDraft(kind, {}, { ...defaults(kind), ...given }, () => dayOf(session.context().now))
  const fields = formFields(kind).filter((field) => rights.mayWriteField(kind, field))
  const name = `add/${kind}?${new URLSearchParams(given).toString()}`
  const { save, root, refusal, isRestored } = useFormSave(draft, name, () => fields.map((field) => field.name))
  const submit = (): void => {
    const created = save((changes) => ({ do: 'addRecord', kind, fields: changes }))
    const [id] = created ?? []
    if (id !== undefined)
      navigate(
        kind === 'person' && given['household'] !== undefined
          ? `/ledger/household/${given['household']}`
          : recordPath(kind, id),
        { replace: true },
      )
  }
  return (
    <FormPane
      title={t(`ledger.addHere.${kind}`)}
      back={backOf(given)}
      refusal={refusal()}
      isRestored={isRestored()}
      onDiscard={draft.reset}
      onSave={submit}
      ref={root}
    >
      <RecordForm
        draft={draft}
        fields={fields.filter(
          (field) => field.type !== 'ref' || given[field.name] === undefined || draft.problem(field.name) !== undefined,
        )}
      />
    </FormPane>
  )
}

function defaults(kind: LedgerKind): Readonly<Record<string, string>> {
  switch (kind) {
    case 'house':
      return { occupancy: 'owner' }
    case 'person':
      return { resident: '01' }
    case 'facility':
      return { condition: 'good' }
    case 'building':
    case 'household':
    case 'unit':
      return {}
  }
}

function backOf(given: Readonly<Record<string, string>>): string {
  const kind = ['household', 'house', 'building'].find((name) => given[name] !== undefined)
  return kind === undefined ? paths.ledger : `/ledger/${kind}/${given[kind]}`
}
