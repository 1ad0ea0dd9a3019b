/** Where it is: a building, chosen already if one was last time, and a few words. Either is enough, and an emergency needs neither. */
import type { RecordId } from '@tongge/model'
import type { JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import { Select } from '../../../ui/Select.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { gridName } from '../../records/people.ts'
import { buildingOptions } from '../buildings.ts'
import { isEmergency } from '../category-groups.ts'
import type { ReportDraft } from './report-draft.ts'
import styles from './report.module.css'

export function PlaceFields(props: { readonly draft: ReportDraft; readonly error: string | undefined }): JSX.Element {
  const session = useSession()
  const goesToGrid = (): boolean => isEmergency(props.draft.category()) && !props.draft.saysPlace()
  return (
    <fieldset class={styles.place}>
      <legend class={styles.hidden}>{t('tickets.form.place')}</legend>
      <Select
        label={t('tickets.form.building')}
        value={props.draft.fields.building}
        options={buildingOptions(session)}
        emptyLabel={t('tickets.form.noBuilding')}
        onChange={(building) => props.draft.set('building', building as RecordId | '')}
      />
      <TextInput
        label={t('tickets.form.spot')}
        placeholder={t('tickets.form.spotPlaceholder')}
        maxlength={80}
        required={props.draft.fields.building === '' && !isEmergency(props.draft.category())}
        hint={goesToGrid() ? t('tickets.form.gridPlace', gridName(session, session.grid)) : undefined}
        error={props.error}
        value={props.draft.fields.spot}
        onInput={(text) => props.draft.set('spot', text)}
      />
    </fieldset>
  )
}
