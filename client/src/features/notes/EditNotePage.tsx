/** Changing a note of one's own; what the model refuses stands beside its input. */
import { useNavigate } from '@solidjs/router'
import type { FieldProblem } from '@tongge/model'
import CircleAlert from 'lucide-solid/icons/circle-alert'
import ShieldX from 'lucide-solid/icons/shield-x'
import { createSignal, Show, untrack, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { useDirty } from '../../pwa/dirty.ts'
import { useSession } from '../../session/use-session.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { keepForm } from '../drafts/kept-form.ts'
import { RestoredDraft } from '../drafts/RestoredDraft.tsx'
import { refusalText, useActs } from '../ledger/record/use-acts.ts'
import { draftOf, fieldsFrom, goOn, touchedOf, type NoteDraft } from './note-draft.ts'
import type { Note } from './note-list.ts'
import { NoteFields } from './NoteFields.tsx'
import { NoteOf } from './NoteOf.tsx'
import styles from './notes.module.css'
import { useNotes } from './use-notes.ts'

export function EditNotePage(): JSX.Element {
  return <NoteOf>{(note) => <Editing note={note()} />}</NoteOf>
}

function Editing(props: { readonly note: Note }): JSX.Element {
  const session = useSession()
  const notes = useNotes()
  const navigate = useNavigate()
  const { tryAct } = useActs()
  // The form begins with the note as it was opened.
  const note = untrack(() => props.note)
  const [draft, setDraft] = createSignal<NoteDraft>(draftOf(note))
  const [problems, setProblems] = createSignal<readonly FieldProblem[]>([])
  const [refusal, setRefusal] = createSignal<string>()
  const [isDone, setDone] = createSignal(false)
  const isDirty = (): boolean => !isDone() && JSON.stringify(draft()) !== JSON.stringify(draftOf(note))
  const { isRestored, sent, leave } = keepForm(session, `edit/${note.id}`, {
    kept: () => (isDirty() ? touchedOf(draft(), draftOf(note)) : undefined),
    restore: (kept) => setDraft((before) => goOn(before, kept)),
  })
  useDirty(isDirty, leave)
  const save = (): void => {
    const before = draftOf(note)
    const answer = tryAct({ do: 'editRecord', id: note.id, fields: fieldsFrom(draft()) }, t('ledger.saved'), [
      { do: 'editRecord', id: note.id, fields: fieldsFrom(before) },
    ])
    if (answer.ok) {
      sent(answer.saved)
      setDone(true)
      navigate(paths.note(note.id), { replace: true })
    } else if (answer.refusal.reason === 'invalid') setProblems(answer.refusal.problems)
    else setRefusal(refusalText(answer.refusal))
  }
  return (
    <Page title={t('notes.editing')} back={paths.note(note.id)}>
      <Show
        when={notes.mayChange(note)}
        fallback={
          <EmptyState
            icon={<ShieldX size="1.75rem" />}
            title={t('notes.mayNotChange')}
            actions={<ButtonLink href={paths.note(note.id)}>{t('ui.back')}</ButtonLink>}
          />
        }
      >
        <form
          class={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            save()
          }}
        >
          <Show when={isRestored() && isDirty()}>
            <RestoredDraft
              text={t('ui.restored')}
              discard={t('ui.discardInput')}
              onDiscard={() => setDraft(draftOf(note))}
            />
          </Show>
          <Show when={refusal()}>
            {(text) => <Banner tone="danger" icon={<CircleAlert size="1.25rem" />} title={text()} />}
          </Show>
          <NoteFields
            notes={notes}
            draft={draft()}
            problems={problems()}
            mayMove={false}
            onChange={(part) => {
              setDraft((all) => ({ ...all, ...part }))
              setProblems((all) => all.filter(({ field }) => !(field in part)))
            }}
          />
          <div class={styles.foot}>
            <ButtonLink href={paths.note(note.id)} wide>
              {t('ui.cancel')}
            </ButtonLink>
            <Button kind="primary" type="submit" wide>
              {t('ui.save')}
            </Button>
          </div>
        </form>
      </Show>
    </Page>
  )
}
