/** Checking what each column is, sheet group by sheet group, and what to fill in where a sheet says nothing. */
import type { FieldTarget } from '@tongge/ledger-io'
import { For, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { List } from '../../ui/List.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import type { ImportCourse } from './create-import.ts'
import { GroupColumns } from './GroupColumns.tsx'
import { codeOptions, targetName } from './import-text.ts'
import styles from './import.module.css'

/** Required fields that sheets of offices often lack. */
const defaulted = [
  'person.resident',
  'person.kinToHead',
  'person.sex',
  'house.occupancy',
] as const satisfies readonly FieldTarget[]

export function ColumnsStep(props: { readonly course: ImportCourse }): JSX.Element {
  const chosen = (target: FieldTarget): string =>
    props.course.mappings.map(({ mapping }) => mapping.defaults[target]).find(Boolean) ?? ''
  return (
    <>
      <p class={styles.quiet}>
        {[t('imports.previewFile', props.course.fileName()), t('imports.columnsText')].join(' · ')}
      </p>
      <For each={props.course.groups()}>
        {(group, i) => <GroupColumns course={props.course} group={group} at={i()} />}
      </For>
      <List title={t('imports.defaultsTitle')}>
        <div class={styles.defaults}>
          <p class={styles.quiet}>{t('imports.defaultsText')}</p>
          <TextInput
            label={targetName('building.estate')}
            value={chosen('building.estate')}
            maxLength={60}
            onInput={(value) => props.course.setDefault('building.estate', value)}
          />
          <For each={defaulted}>
            {(target) => (
              <Select
                label={targetName(target)}
                value={chosen(target)}
                options={codeOptions(target)}
                emptyLabel={t('imports.noDefault')}
                onChange={(value) => props.course.setDefault(target, value)}
              />
            )}
          </For>
        </div>
      </List>
    </>
  )
}
