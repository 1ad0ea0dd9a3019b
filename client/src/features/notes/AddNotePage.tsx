/** One note after another on a phone; the type stands in the address, so that a shortcut can lead here. */
import { useNavigate, useParams, useSearchParams } from '@solidjs/router'
import ShieldX from 'lucide-solid/icons/shield-x'
import { Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session/use-session.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { doorName, householdsText, phoneText } from './door-text.ts'
import { NoteForm } from './NoteForm.tsx'
import { parseNoteType } from './note-list.ts'
import { notesPaths } from './notes-paths.ts'
import styles from './notes.module.css'
import { tellSaved } from './tell-saved.ts'
import { useDoors } from './use-doors.ts'
import { useNotes } from './use-notes.ts'

export function AddNotePage(): JSX.Element {
  const session = useSession()
  const notes = useNotes()
  const navigate = useNavigate()
  const params = useParams()
  const [search] = useSearchParams<{ building: string; door: string }>()
  const type = () => parseNoteType(params['type']) ?? 'note'
  const back = () => (search.door === undefined ? paths.notes : notesPaths.doors(search.building))
  const doors = useDoors(notes)
  const chosen = () =>
    doors
      .buildings()
      .find(({ building }) => building === search.building)
      ?.doors.find((door) => doorName(door) === search.door)
  const only = () => (notes.writable().length === 1 ? notes.writable()[0] : undefined)
  return (
    <Page title={t(`notes.adding.${type()}`)} back={back()}>
      <Show
        when={notes.writable().length > 0}
        fallback={
          <EmptyState
            icon={<ShieldX size="1.75rem" />}
            title={t('notes.mayNotAdd')}
            actions={<ButtonLink href={paths.notes}>{t('notes.toList')}</ButtonLink>}
          />
        }
      >
        <Show when={only()}>{(building) => <p class={styles.where}>{building().label}</p>}</Show>
        <Show when={chosen()}>
          {(door) => <p>{[householdsText(door()), phoneText(door())].filter(Boolean).join(' · ')}</p>}
        </Show>
        <NoteForm
          notes={notes}
          type={type()}
          building={search.building}
          door={search.door}
          onDone={(saved, id) => {
            void tellSaved(session, saved, id)
            navigate(search.door === undefined ? notesPaths.list : notesPaths.doors(search.building), { replace: true })
          }}
        />
      </Show>
    </Page>
  )
}
