/** Gives a page the note its address names, or says that it is not here. */
import { useParams } from '@solidjs/router'
import type { RecordId } from '@tongge/model'
import FileQuestion from 'lucide-solid/icons/file-question-mark'
import { createMemo, Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session/use-session.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import type { Note } from './note-list.ts'

export function NoteOf(props: { readonly children: (note: () => Note) => JSX.Element }): JSX.Element {
  const session = useSession()
  const params = useParams()
  const note = createMemo(() => {
    const entry = session.store.entries[(params['id'] ?? '') as RecordId]
    return entry?.kind === 'note' ? (entry as Note) : undefined
  })
  return (
    <Show
      when={note()}
      fallback={
        <Page title={t('notes.title')} back={paths.notes}>
          <EmptyState
            icon={<FileQuestion size="1.75rem" />}
            title={t('notes.missing')}
            text={t('notes.missingText')}
            actions={<ButtonLink href={paths.notes}>{t('notes.toList')}</ButtonLink>}
          />
        </Page>
      }
    >
      {(found) => props.children(found)}
    </Show>
  )
}
