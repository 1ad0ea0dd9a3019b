/** 今日 of somebody who keeps notes but no ledger: one tap to the next knock, the doors to try again, and what was noted last. */
import { dayLength } from '@tongge/model'
import DoorOpen from 'lucide-solid/icons/door-open'
import Flag from 'lucide-solid/icons/flag'
import NotebookPen from 'lucide-solid/icons/notebook-pen'
import { createMemo, Show, type JSX } from 'solid-js'
import { momentText } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { List } from '../../ui/List.tsx'
import { Row } from '../../ui/Row.tsx'
import { useNow } from '../records/use-now.ts'
import { ShortList } from '../today/ShortList.tsx'
import { DueDoors } from './DueDoors.tsx'
import { doorsToTryAgain, notedAt, type Note } from './note-list.ts'
import { NoteRow } from './NoteRow.tsx'
import { notesPaths } from './notes-paths.ts'
import styles from './notes.module.css'
import { useDoors } from './use-doors.ts'
import { useNotes, type Notes } from './use-notes.ts'

const daysToTryAgain = 30

export function HelperActs(): JSX.Element {
  const notes = useNotes()
  return (
    <Show when={notes.writable().length > 0}>
      <div class={styles.bigActs}>
        <ButtonLink kind="primary" icon={<DoorOpen size="1.5rem" aria-hidden="true" />} href={notesPaths.add('knock')}>
          {t('notes.addKnock')}
        </ButtonLink>
        <ButtonLink icon={<NotebookPen size="1.5rem" aria-hidden="true" />} href={notesPaths.add('note')}>
          {t('notes.addNote')}
        </ButtonLink>
        <ButtonLink icon={<Flag size="1.5rem" aria-hidden="true" />} href={notesPaths.add('report')}>
          {t('notes.addReport')}
        </ButtonLink>
      </div>
    </Show>
  )
}

/** For those who have tickets besides. */
export function NotesLink(): JSX.Element {
  const notes = useNotes()
  return (
    <ButtonLink icon={<NotebookPen size="1.125rem" aria-hidden="true" />} href={paths.notes}>
      {t(notes.writable().length > 0 ? 'today.notes' : 'notes.title')}
    </ButtonLink>
  )
}

/** Above all else for those who knock: one tap to each door that is due. */
export function DueDoorsToday(): JSX.Element {
  const notes = useNotes()
  const doors = useDoors(notes)
  return (
    <DueDoors due={doors.due()} buildingName={notes.buildings().length > 1 ? notes.buildingName : undefined} mayKnock />
  )
}

export function TryAgainList(): JSX.Element {
  const notes = useNotes()
  const now = useNow()
  const doors = createMemo(() => doorsToTryAgain(notes.all(), now(), daysToTryAgain))
  return (
    <Show when={doors().length > 0}>
      <ShortList title={t('notes.helper.again')} items={doors()} empty="">
        {(note) => <Line note={note()} notes={notes} />}
      </ShortList>
    </Show>
  )
}

export function RecentNotes(): JSX.Element {
  const notes = useNotes()
  return (
    <ShortList title={t('notes.helper.recent')} items={notes.all()} empty={t('notes.helper.noRecent')}>
      {(note) => <Line note={note()} notes={notes} />}
    </ShortList>
  )
}

/** The way to the notes for those who have a ledger and no room for them in the bar of a phone. */
export function NotesDoor(): JSX.Element {
  const notes = useNotes()
  const now = useNow()
  const recent = createMemo(() => notes.all().filter((note) => now() - notedAt(note) < 7 * dayLength).length)
  return (
    <List>
      <Row
        lead={<NotebookPen size="1.25rem" aria-hidden="true" />}
        title={t('notes.helper.buildingNotes')}
        detail={t('notes.helper.buildingNotesText', recent())}
        href={paths.notes}
      />
      <Show when={notes.writable().length > 0}>
        <Row
          lead={<DoorOpen size="1.25rem" aria-hidden="true" />}
          title={t('notes.addKnock')}
          href={notesPaths.add('knock')}
        />
      </Show>
    </List>
  )
}

function Line(props: { readonly note: Note; readonly notes: Notes }): JSX.Element {
  const now = useNow()
  return (
    <NoteRow
      note={props.note}
      notes={props.notes}
      withBuilding={props.notes.buildings().length > 1}
      when={momentText(notedAt(props.note), now())}
    />
  )
}
