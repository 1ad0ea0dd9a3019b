/** One unit 单位场所 or facility 设施. */
import { useParams } from '@solidjs/router'
import type { Entry, RecordId } from '@tongge/model'
import Pencil from 'lucide-solid/icons/pencil'
import { createMemo, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { ledgerPaths } from '../ledger-paths.ts'
import { Pane } from '../Pane.tsx'
import { FieldList } from '../record/FieldList.tsx'
import { Missing } from '../record/Missing.tsx'
import { RecordActs } from '../record/RecordActs.tsx'
import { RecordNotices } from '../record/RecordNotices.tsx'
import recordStyles from '../record/record.module.css'
import { useRights } from '../record/use-rights.ts'

export function PlacePage(): JSX.Element {
  const session = useSession()
  const params = useParams()
  return (
    <Show when={params['id']} keyed>
      {(id) => {
        const place = createMemo(() => {
          const entry = session.store.entries[id as RecordId]
          return entry?.kind === 'unit' || entry?.kind === 'facility'
            ? (entry as Entry<'unit'> | Entry<'facility'>)
            : undefined
        })
        return (
          <Show when={place()} fallback={<Missing />}>
            {(found) => <Place place={found()} />}
          </Show>
        )
      }}
    </Show>
  )
}

function Place(props: { readonly place: Entry<'unit'> | Entry<'facility'> }): JSX.Element {
  const rights = useRights()
  const back = (): string => (props.place.kind === 'unit' ? ledgerPaths.units : ledgerPaths.facilities)
  return (
    <Pane title={props.place.fields.name ?? t(`ledger.kind.${props.place.kind}`)} back={back()}>
      <RecordNotices entry={props.place} />
      <Show when={rights.mayEdit(props.place.kind)}>
        <div class={recordStyles.acts}>
          <ButtonLink href={ledgerPaths.edit(props.place.id)} icon={<Pencil size="1.125rem" aria-hidden="true" />}>
            {t('ui.edit')}
          </ButtonLink>
        </div>
      </Show>
      <FieldList entry={props.place} leaveOut={['name', 'status']} />
      <RecordActs
        entry={props.place}
        after={back()}
        canMerge={props.place.kind === 'unit'}
        mayWrite={rights.mayDelete(props.place.kind)}
      />
    </Pane>
  )
}
