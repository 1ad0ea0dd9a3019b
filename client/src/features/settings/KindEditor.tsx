/** The times of one kind of ticket in a sheet: number and unit for each, back to the app's own with one tap. */
import { categoryOf, timeUnits, type CommunityParameters, type TermName, type TimeUnit } from '@tongge/model'
import { createSignal, For, untrack, type JSX } from 'solid-js'
import { nameOf, t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { termsInForce, typedFrom, withTyped, wrongTerms, type TypedTerm } from './edit-times.ts'
import styles from './settings.module.css'
import { durationText } from './term-text.ts'

export interface KindEditorProps {
  readonly kind: string
  readonly parameters: CommunityParameters
  readonly onClose: () => void
  readonly onApply: (next: CommunityParameters) => void
}

export function KindEditor(props: KindEditorProps): JSX.Element {
  const [typed, setTyped] = createSignal(untrack(() => typedFrom(termsInForce(props.kind, props.parameters))))
  const [wrong, setWrong] = createSignal<readonly TermName[]>([])
  const usual = () => termsInForce(props.kind, {})
  const category = () => categoryOf(props.kind)
  const change = (term: TermName, part: Partial<TypedTerm>) => {
    const before = typed()[term] ?? { count: '', unit: 'hours' }
    setTyped({ ...typed(), [term]: { ...before, ...part } })
    setWrong(wrong().filter((one) => one !== term))
  }
  const apply = () => {
    const problems = wrongTerms(props.kind, typed())
    setWrong(problems)
    if (problems.length === 0) props.onApply(withTyped(props.parameters, props.kind, typed()))
  }
  return (
    <Dialog
      open
      shape="sheet"
      title={nameOf(category() ?? { zh: props.kind, en: props.kind })}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={() => setTyped(typedFrom(usual()))}>{t('settings.reset')}</Button>
          <Button kind="primary" onClick={apply}>
            {t('settings.apply')}
          </Button>
        </>
      }
    >
      <div class={styles.terms}>
        <For each={usual()}>
          {({ term, setting }) => (
            <div class={styles.term}>
              <TextInput
                label={t(`settings.term.${term}`)}
                hint={t('settings.usual', setting ? durationText(setting) : t('settings.noTerm'))}
                error={wrong().includes(term) ? t('settings.badCount') : undefined}
                inputmode="numeric"
                value={typed()[term]?.count ?? ''}
                onInput={(count) => change(term, { count })}
              />
              <Select
                label={t('settings.unitOf', t(`settings.term.${term}`))}
                hideLabel
                value={typed()[term]?.unit ?? 'hours'}
                options={timeUnits.map((unit) => ({ value: unit, label: t(`settings.unit.${unit}`) }))}
                onChange={(unit) => change(term, { unit: unit as TimeUnit })}
              />
            </div>
          )}
        </For>
      </div>
    </Dialog>
  )
}
