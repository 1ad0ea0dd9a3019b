/** What is due on a ticket and how long that is: red only once it is late. */
import type { DueState, Instant } from '@tongge/model'
import { Show, type JSX } from 'solid-js'
import { lengthText } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Chip, type ChipTone } from '../../ui/Chip.tsx'

const tones: Readonly<Record<DueState['label'], ChipTone>> = {
  overdue: 'danger',
  soon: 'notice',
  ok: 'plain',
  none: 'plain',
}

export function DueChip(props: { readonly due: DueState; readonly now: Instant }): JSX.Element {
  const text = () => {
    const { what, at, label } = props.due
    if (what === undefined || at === undefined || label === 'none') return undefined
    const length = lengthText(Math.abs(at - props.now))
    return label === 'overdue'
      ? t('records.due.overdue', t(`records.due.${what}`), length)
      : t('records.due.left', t(`records.due.${what}`), length)
  }
  return <Show when={text()}>{(shown) => <Chip tone={tones[props.due.label]}>{shown()}</Chip>}</Show>
}
