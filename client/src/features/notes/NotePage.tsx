/** One note: what was said, by whom and when; its author may change or delete it. */
import { useNavigate } from '@solidjs/router'
import { labelOf } from '@tongge/model'
import Pencil from 'lucide-solid/icons/pencil'
import History from 'lucide-solid/icons/rotate-ccw-clock'
import Trash from 'lucide-solid/icons/trash'
import { createSignal, For, Show, type JSX } from 'solid-js'
import { momentText } from '../../i18n/format.ts'
import { language, t } from '../../i18n/i18n.ts'
import { useSession } from '../../session/use-session.ts'
import { Chip } from '../../ui/Chip.tsx'
import { List } from '../../ui/List.tsx'
import { Page } from '../../ui/Page.tsx'
import { Row } from '../../ui/Row.tsx'
import { HistorySheet } from '../ledger/record/HistorySheet.tsx'
import { RecordNotices } from '../ledger/record/RecordNotices.tsx'
import { useActs } from '../ledger/record/use-acts.ts'
import { useNow } from '../records/use-now.ts'
import { notedAt, typeOf, type Note } from './note-list.ts'
import { NoteOf } from './NoteOf.tsx'
import { OutcomeChip } from './NoteRow.tsx'
import { notesPaths } from './notes-paths.ts'
import styles from './notes.module.css'
import { useNotes } from './use-notes.ts'

export function NotePage(): JSX.Element {
  return <NoteOf>{(note) => <Shown note={note()} />}</NoteOf>
}

function Shown(props: { readonly note: Note }): JSX.Element {
  const session = useSession()
  const notes = useNotes()
  const navigate = useNavigate()
  const now = useNow()
  const { act } = useActs()
  const [showsHistory, setShowsHistory] = createSignal(false)
  const fields = () => props.note.fields
  const lines = () =>
    [
      { label: t('notes.building'), text: notes.buildingName(fields().building) },
      {
        label: t('notes.curtain'),
        text: fields().curtain && labelOf('CURTAIN', fields().curtain ?? '', language() === 'en' ? 'en' : 'zh'),
      },
      { label: t('notes.at'), text: momentText(notedAt(props.note), now()) },
      { label: t('notes.author'), text: notes.authorName(props.note) },
    ].filter(({ text }) => text)
  const remove = (): void => {
    const { id } = props.note
    const done = act({ do: 'deleteRecord', id }, t('notes.removed'), [{ do: 'restoreRecord', id }])
    if (done !== undefined) navigate(notesPaths.list, { replace: true })
  }
  return (
    <Page title={t(`notes.type.${typeOf(props.note)}`)} back={notesPaths.list}>
      <RecordNotices entry={props.note} />
      <section class={styles.note}>
        <header class={styles.noteHead}>
          <h2 class={styles.noteDoor}>{fields().door ?? notes.buildingName(fields().building)}</h2>
          <Show when={fields().outcome}>{(outcome) => <OutcomeChip outcome={outcome()} />}</Show>
          <Show when={session.waiting(props.note.id)}>
            <Chip>{t('notes.waiting')}</Chip>
          </Show>
        </header>
        <Show when={fields().text}>{(text) => <p class={styles.noteText}>{text()}</p>}</Show>
        <dl class={styles.facts}>
          <For each={lines()}>
            {(line) => (
              <div class={styles.fact}>
                <dt>{line.label}</dt>
                <dd>{line.text}</dd>
              </div>
            )}
          </For>
        </dl>
      </section>
      <List title={t('ledger.listActions')}>
        <Show when={notes.mayChange(props.note)}>
          <Row
            lead={<Pencil size="1.25rem" aria-hidden="true" />}
            title={t('ui.edit')}
            href={notesPaths.edit(props.note.id)}
          />
        </Show>
        <Row
          lead={<History size="1.25rem" aria-hidden="true" />}
          title={t('ledger.history')}
          onClick={() => setShowsHistory(true)}
        />
        <Show when={notes.mayChange(props.note)}>
          <Row lead={<Trash size="1.25rem" aria-hidden="true" />} title={t('notes.remove')} onClick={remove} />
        </Show>
      </List>
      <HistorySheet entry={props.note} open={showsHistory()} onClose={() => setShowsHistory(false)} />
    </Page>
  )
}
