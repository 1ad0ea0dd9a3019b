/** The chips of a person in a list: what one should know before knocking. */
import type { Entry } from '@tongge/model'
import { Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import { Chip } from '../../../ui/Chip.tsx'

export function PersonMarks(props: { readonly person: Entry<'person'> }): JSX.Element {
  const session = useSession()
  const fields = () => props.person.fields
  return (
    <>
      <Show when={fields().deceasedOn !== undefined || fields().status === 'deceased'}>
        <Chip>{t('ledger.deceasedState')}</Chip>
      </Show>
      <Show
        when={
          (fields().movedOutOn !== undefined || fields().status === 'movedOut') && fields().deceasedOn === undefined
        }
      >
        <Chip>{t('ledger.movedOutState')}</Chip>
      </Show>
      <Show when={fields().resident === '02'}>
        <Chip tone="accent">{t('ledger.floating')}</Chip>
      </Show>
      <Show when={fields().leftBehindType !== undefined}>
        <Chip tone="accent">{t('ledger.leftBehind')}</Chip>
      </Show>
      <Show when={props.person.conflicts.length > 0}>
        <Chip tone="notice">{t('ledger.doorMark.conflict')}</Chip>
      </Show>
      <Show when={session.waiting(props.person.id)}>
        <Chip>{t('ledger.waiting')}</Chip>
      </Show>
    </>
  )
}
