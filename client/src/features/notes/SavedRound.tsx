/** What was saved in this form since it was opened, newest first; each can be taken back. Stands in the form, where no message can cover its buttons. */
import { labelOf, type RecordId } from '@tongge/model'
import CircleCheck from 'lucide-solid/icons/circle-check'
import { For, Show, type JSX } from 'solid-js'
import { language, t } from '../../i18n/i18n.ts'
import { useSession } from '../../session/use-session.ts'
import { toast } from '../../ui/toast.ts'
import { refusalText } from '../ledger/record/use-acts.ts'
import { typeOf, type Note } from './note-list.ts'
import styles from './notes.module.css'
import type { Notes } from './use-notes.ts'

const most = 3

export function SavedRound(props: {
  readonly ids: readonly RecordId[]
  readonly notes: Notes
  readonly onUndone: (id: RecordId) => void
}): JSX.Element {
  const session = useSession()
  const saved = () => props.ids.flatMap((id) => props.notes.all().find((note) => note.id === id) ?? []).slice(0, most)
  const undo = (id: RecordId): void => {
    const answer = session.dispatch({ do: 'deleteRecord', id })
    if (answer.ok) props.onUndone(id)
    else toast(refusalText(answer.refusal))
  }
  return (
    <div class={styles.live} aria-live="polite">
      <Show when={saved().length > 0}>
        <p class={styles.legend}>{t('notes.savedRound', props.ids.length)}</p>
        <ul class={styles.round}>
          <For each={saved()}>
            {(note) => (
              <li class={styles.saved}>
                <CircleCheck size="1.25rem" aria-hidden="true" />
                <span class={styles.clip}>{lineOf(note)}</span>
                <button type="button" class={styles.undo} onClick={() => undo(note.id)}>
                  {t('ui.undo')}
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </div>
  )
}

function lineOf(note: Note): string {
  const { door, outcome, text } = note.fields
  const said = outcome === undefined ? text : labelOf('VISIT_OUTCOME', outcome, language() === 'en' ? 'en' : 'zh')
  return [door, said].filter(Boolean).join(' · ') || t(`notes.type.${typeOf(note)}`)
}
