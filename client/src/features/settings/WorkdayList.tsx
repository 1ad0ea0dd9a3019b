/** Days on which the community works or rests otherwise than published. */
import type { CommunityParameters } from '@tongge/model'
import X from 'lucide-solid/icons/x'
import { createSignal, For, Show, type JSX } from 'solid-js'
import { longDayText } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { List } from '../../ui/List.tsx'
import { Row } from '../../ui/Row.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { withDay } from './edit-times.ts'
import styles from './settings.module.css'

export interface WorkdayListProps {
  readonly parameters: CommunityParameters
  /** Absent where nothing can be changed now. */
  readonly onChange: ((next: CommunityParameters) => void) | undefined
}

export function WorkdayList(props: WorkdayListProps): JSX.Element {
  const [day, setDay] = createSignal('')
  const [kind, setKind] = createSignal<'work' | 'rest'>('rest')
  const [error, setError] = createSignal<string>()
  const days = () => Object.entries(props.parameters.workdays ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const add = () => {
    if (day() === '') {
      setError(t('settings.badDay'))
      return
    }
    props.onChange?.(withDay(props.parameters, day(), kind()))
    setDay('')
  }
  return (
    <List title={t('settings.days')}>
      <For each={days()} fallback={<p class={styles.note}>{t('settings.noDays')}</p>}>
        {([one, what]) => (
          <Row
            title={longDayText(one)}
            detail={one}
            trail={
              <>
                <Chip tone={what === 'work' ? 'accent' : 'plain'}>{t(`settings.${what}`)}</Chip>
                <Show when={props.onChange}>
                  {(change) => (
                    <IconButton
                      label={t('settings.removeDay', one)}
                      icon={<X size="1.125rem" aria-hidden="true" />}
                      onClick={() => change()(withDay(props.parameters, one, undefined))}
                    />
                  )}
                </Show>
              </>
            }
          />
        )}
      </For>
      <Show when={props.onChange}>
        <div class={styles.add}>
          <TextInput
            type="date"
            label={t('settings.day')}
            hint={t('settings.daysHint')}
            error={error()}
            value={day()}
            onInput={(value) => {
              setDay(value)
              setError(undefined)
            }}
          />
          <Choice
            label={t('settings.dayKind')}
            value={kind()}
            options={[
              { value: 'rest', label: t('settings.rest') },
              { value: 'work', label: t('settings.work') },
            ]}
            onChange={setKind}
          />
          <Button onClick={add}>{t('settings.addDay')}</Button>
        </div>
      </Show>
    </List>
  )
}
