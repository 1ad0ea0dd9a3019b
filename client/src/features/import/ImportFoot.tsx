/** The buttons of the step at hand, at the foot of the screen. */
import { Match, Switch, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import type { ImportCourse } from './create-import.ts'
import styles from './import.module.css'
import { isUsable } from './mapping-problems.ts'

export function ImportFoot(props: { readonly course: ImportCourse }): JSX.Element {
  const isBusy = () => props.course.busy() !== undefined
  const chosen = () => props.course.mappings.filter(({ chosen }) => chosen)
  const mayPreview = () => !isBusy() && chosen().length > 0 && chosen().every(({ mapping }) => isUsable(mapping))
  const count = () => {
    const counts = props.course.plan()?.counts
    return counts ? counts.created + (props.course.withChanges() ? counts.changed : 0) : 0
  }
  return (
    <div class={styles.foot}>
      <Button disabled={isBusy()} onClick={() => props.course.back()}>
        {t('ui.back')}
      </Button>
      <Switch>
        <Match when={props.course.step() === 'columns'}>
          <Button kind="primary" disabled={!mayPreview()} onClick={() => void props.course.preview()}>
            {t('imports.toPreview')}
          </Button>
        </Match>
        <Match when={props.course.step() === 'preview'}>
          <Button kind="primary" disabled={isBusy() || count() === 0} onClick={() => void props.course.write()}>
            {t('imports.write', count())}
          </Button>
        </Match>
      </Switch>
    </div>
  )
}
