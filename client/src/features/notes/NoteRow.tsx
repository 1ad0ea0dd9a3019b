/** One note in a list: what happened at which door, who wrote it, and whether it still waits for the relay. */
import { labelOf } from '@tongge/model'
import DoorOpen from 'lucide-solid/icons/door-open'
import Flag from 'lucide-solid/icons/flag'
import NotebookPen from 'lucide-solid/icons/notebook-pen'
import { Show, type JSX } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { timeText } from '../../i18n/format.ts'
import { language, t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session/use-session.ts'
import { Chip } from '../../ui/Chip.tsx'
import { Row } from '../../ui/Row.tsx'
import { notedAt, typeOf, type Note } from './note-list.ts'
import styles from './notes.module.css'
import type { Notes } from './use-notes.ts'

const iconByType = { knock: DoorOpen, note: NotebookPen, report: Flag } as const

export interface NoteRowProps {
  readonly note: Note
  readonly notes: Notes
  /** Names the building where several are listed together. */
  readonly withBuilding: boolean
  /** When it was, where the list does not tell the day. */
  readonly when?: string
}

export function NoteRow(props: NoteRowProps): JSX.Element {
  const session = useSession()
  const fields = () => props.note.fields
  const title = () =>
    [fields().door, typeOf(props.note) === 'knock' ? undefined : fields().text].filter(Boolean).join(' · ') ||
    t(`notes.type.${typeOf(props.note)}`)
  const detail = () =>
    [
      typeOf(props.note) === 'knock' ? fields().text : undefined,
      props.withBuilding ? props.notes.buildingName(fields().building) : undefined,
      props.when ?? timeText(notedAt(props.note)),
      props.notes.authorName(props.note),
    ]
      .filter(Boolean)
      .join(' · ')
  return (
    <Row
      lead={
        <Dynamic
          component={iconByType[typeOf(props.note)]}
          size="1.25rem"
          aria-label={t(`notes.type.${typeOf(props.note)}`)}
          role="img"
        />
      }
      title={<span class={styles.clip}>{title()}</span>}
      detail={<span class={styles.clip}>{detail()}</span>}
      trail={
        <>
          <Show when={fields().outcome}>{(outcome) => <OutcomeChip outcome={outcome()} />}</Show>
          <Show when={session.waiting(props.note.id)}>
            <Chip>{t('notes.waiting')}</Chip>
          </Show>
        </>
      }
      href={paths.note(props.note.id)}
    />
  )
}

export function OutcomeChip(props: { readonly outcome: string }): JSX.Element {
  const tone = () => (props.outcome === 'abnormal' ? 'notice' : props.outcome === 'seen' ? 'accent' : 'plain')
  return <Chip tone={tone()}>{labelOf('VISIT_OUTCOME', props.outcome, language() === 'en' ? 'en' : 'zh')}</Chip>
}
