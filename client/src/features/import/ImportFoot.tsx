/** The buttons of the step at hand, at the foot of the screen. */
import { Match, Show, Switch as Choose, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { Switch } from '../../ui/Switch.tsx'
import type { ImportCourse } from './create-import.ts'
import styles from './import.module.css'
import { isUsable } from './mapping-problems.ts'

export function ImportFoot(props: { readonly course: ImportCourse }): JSX.Element {
  const isBusy = () => props.course.busy() !== undefined
  const chosen = () => props.course.mappings.filter(({ chosen }) => chosen)
  const mayPreview = () => !isBusy() && chosen().length > 0 && chosen().every(({ mapping }) => isUsable(mapping))
  const changed = () => props.course.plan()?.records.filter(({ existing }) => existing).length ?? 0
  const count = () => {
    const counts = props.course.plan()?.counts
    return counts ? counts.created + (props.course.withChanges() ? counts.changed : 0) : 0
  }
  return (
    <Choose>
      <Match when={props.course.step() === 'columns'}>
        <div class={styles.foot}>
          <Button disabled={isBusy()} onClick={() => props.course.back()}>{t('ui.back')}</Button>
          <Button kind="primary" disabled={!mayPreview()} onClick={() => void props.course.preview()}>{t('imports.toPreview')}</Button>
        </div>
      </Match>
      <Match when={props.course.step() === 'preview'}>
        <div class={styles.footColumn}>
          <Show when={changed() > 0}>
            <Switch label={t('imports.withChanges')} hint={t('imports.withChangesText')} checked={props.course.withChanges()} onChange={(checked) => props.course.setWithChanges(checked)} />
          </Show>
          <div class={styles.foot}>
            <Button disabled={isBusy()} onClick={() => props.course.back()}>{t('ui.back')}</Button>
            <Button kind="primary" disabled={isBusy() || count() === 0} onClick={() => void props.course.write()}>{t('imports.write', count())}</Button>
          </div>
        </div>
      </Match>
    </Choose>
  )
}
