/** Adding notes: one after the other along a stairwell, each can be taken back at once. */
import type { FieldProblem, RecordId } from '@tongge/model'
import CircleAlert from 'lucide-solid/icons/circle-alert'
import { createEffect, createSignal, on, Show, untrack, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { useDirty } from '../../pwa/dirty.ts'
import { useSession } from '../../session/use-session.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { keepForm } from '../drafts/kept-form.ts'
import { RestoredDraft } from '../drafts/RestoredDraft.tsx'
import { refusalText } from '../ledger/record/use-acts.ts'
import { emptyDraft, fieldsFrom, goOn, isTouched, type NoteDraft } from './note-draft.ts'
import type { NoteType } from './note-list.ts'
import { NoteFields } from './NoteFields.tsx'
import styles from './notes.module.css'
import { SavedRound } from './SavedRound.tsx'
import type { Notes } from './use-notes.ts'

export interface NoteFormProps {
  readonly notes: Notes
  readonly type: NoteType
  /** The building to begin with, if the person may note for it. */
  readonly building?: string | undefined
  /** The door to begin with: it was chosen already. */
  readonly door?: string | undefined
  /** Called once a note is accepted by 保存; without it the form stays for the next one. */
  readonly onDone?: (saved: Promise<void>, id: RecordId) => void
}

export function NoteForm(props: NoteFormProps): JSX.Element {
  const session = useSession()
  const firstBuilding = (): string => {
    const writable = props.notes.writable()
    const lastOwn = props.notes.all().find((note) => props.notes.mayChange(note))?.fields.building
    return (
      [props.building, lastOwn].find((id) => writable.some(({ value }) => value === id)) ?? writable[0]?.value ?? ''
    )
  }
  const [draft, setDraft] = createSignal<NoteDraft>(
    untrack(() => ({ ...emptyDraft(props.type, firstBuilding()), door: props.door ?? '' })),
  )
  const [problems, setProblems] = createSignal<readonly FieldProblem[]>([])
  const [refusal, setRefusal] = createSignal<string>()
  const [round, setRound] = createSignal<readonly RecordId[]>([])
  // What was begun at another door must not be saved for this one.
  const draftName = (): string => (props.door ? `add/note/${draft().building}/${props.door}` : 'add/note')
  let form: HTMLFormElement | undefined
  /** A door that was chosen before the form opened is not something typed. */
  const isDirty = (): boolean => isTouched(draft().door === props.door ? { ...draft(), door: '' } : draft())
  const { isRestored, sent, leave } = keepForm(session, untrack(draftName), {
    kept: () => (isDirty() ? draft() : undefined),
    restore: (kept) => setDraft((before) => goOn(before, kept)),
  })
  useDirty(isDirty, leave)
  createEffect(
    on(
      () => props.type,
      (type) => change({ type }),
      { defer: true },
    ),
  )
  createEffect(
    on(
      () => props.building,
      () => setDraft((before) => ({ ...before, building: firstBuilding() })),
      { defer: true },
    ),
  )

  const change = (part: Partial<NoteDraft>): void => {
    setDraft((before) => ({ ...before, ...part }))
    setProblems((all) => all.filter(({ field }) => !(field in part)))
    setRefusal(undefined)
  }
  const save = (onDone: NoteFormProps['onDone']): void => {
    const { door, type } = draft()
    if (type === 'knock' && door.trim() === '') return refuse([{ field: 'door', problem: 'required' }])
    const answer = session.dispatch({ do: 'addNote', fields: fieldsFrom(draft()) })
    if (!answer.ok)
      return answer.refusal.reason === 'invalid'
        ? refuse(answer.refusal.problems)
        : void setRefusal(refusalText(answer.refusal))
    const [id] = answer.created
    sent(answer.saved)
    setDraft((before) => emptyDraft(before.type, before.building))
    setProblems([])
    if (id === undefined) return
    if (onDone) return onDone(answer.saved, id)
    void answer.saved.then(
      () => setRound((before) => [id, ...before]),
      () => setRefusal(t('ledger.notSaved')),
    )
    form?.scrollIntoView({ block: 'start' })
  }
  const refuse = (found: readonly FieldProblem[]): void => {
    setProblems(found)
    queueMicrotask(() =>
      form?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')?.scrollIntoView({ block: 'center' }),
    )
  }
  return (
    <form
      class={styles.form}
      ref={(element) => (form = element)}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        save(props.onDone)
      }}
    >
      <Show when={isRestored() && isDirty()}>
        <RestoredDraft
          text={t('ui.restored')}
          discard={t('ui.discardInput')}
          onDiscard={() => change(emptyDraft(props.type, draft().building))}
        />
      </Show>
      <Show when={refusal()}>
        {(text) => <Banner tone="danger" icon={<CircleAlert size="1.25rem" />} title={text()} />}
      </Show>
      <SavedRound
        ids={round()}
        notes={props.notes}
        onUndone={(id) => setRound((all) => all.filter((one) => one !== id))}
      />
      <NoteFields notes={props.notes} draft={draft()} problems={problems()} mayMove onChange={change} />
      <div class={styles.foot}>
        <Show when={props.onDone}>
          <Button wide onClick={() => save(undefined)}>
            {t(draft().type === 'knock' ? 'notes.saveNextDoor' : 'notes.saveNext')}
          </Button>
        </Show>
        <Button kind="primary" type="submit" wide>
          {t('ui.save')}
        </Button>
      </div>
    </form>
  )
}
