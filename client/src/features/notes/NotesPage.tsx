/** 笔记: what was noted in the person's buildings, with filters in the address; on a wide screen the form stands beside the list. */
import { useSearchParams } from '@solidjs/router'
import { mayRead } from '@tongge/model'
import DoorOpen from 'lucide-solid/icons/door-open'
import NotebookPen from 'lucide-solid/icons/notebook-pen'
import SearchX from 'lucide-solid/icons/search-x'
import { createMemo, For, Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { useSession } from '../../session/use-session.ts'
import { Button } from '../../ui/Button.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { DoorsView } from './DoorsView.tsx'
import { matches, noteTypes, parseNoteType, type NoteFilter } from './note-list.ts'
import { NoteDays } from './NoteDays.tsx'
import { NoteForm } from './NoteForm.tsx'
import { notesPaths } from './notes-paths.ts'
import styles from './notes.module.css'
import { useDoors } from './use-doors.ts'
import { useNotes } from './use-notes.ts'
import { useWide } from './use-wide.ts'

const views = ['doors', 'list'] as const

export function NotesPage(): JSX.Element {
  const session = useSession()
  const notes = useNotes()
  const isWide = useWide()
  const [params, setParams] = useSearchParams<{ building: string; type: string; door: string; view: string }>()
  const filter = (): NoteFilter => ({ building: params.building, type: parseNoteType(params.type), door: params.door })
  const isFiltered = () => Boolean(params.building ?? params.type ?? params.door)
  const hasRosters = () => mayRead(session.roles, 'roster')
  const set = (name: 'building' | 'type' | 'door' | 'view', value: string): void =>
    setParams({ [name]: value === '' ? undefined : value }, { replace: true })
  const shown = createMemo(() => notes.all().filter((note) => matches(note, filter())))
  const doors = useDoors(notes)
  /** Who has no ledger finds the doors here first. */
  const view = (): 'doors' | 'list' => {
    if (params.view === 'doors' || params.view === 'list') return params.view
    return !mayRead(session.roles, 'ledger') && doors.buildings().length > 0 && !isFiltered() ? 'doors' : 'list'
  }
  const mayAdd = () => notes.writable().length > 0
  const hasSeveral = () => notes.buildings().length > 1
  const clear = (): void => setParams({ building: undefined, type: undefined, door: undefined }, { replace: true })
  const buildingChoice = (): JSX.Element => (
    <Select
      label={t('notes.building')}
      hideLabel
      value={params.building ?? ''}
      emptyLabel={t('notes.allBuildings')}
      options={notes.buildings()}
      onChange={(value) => set('building', value)}
    />
  )
  return (
    <Page title={t('notes.title')} wide>
      <div class={styles.layout} data-pair={isWide() && mayAdd()}>
        <div class={styles.column}>
          <Show when={!hasSeveral() && notes.buildings()[0]}>
            {(only) => <p class={styles.where}>{only().label}</p>}
          </Show>
          <Show when={mayAdd() && !isWide()}>
            <div class={styles.acts}>
              <ButtonLink
                kind="primary"
                icon={<DoorOpen size="1.25rem" aria-hidden="true" />}
                href={notesPaths.add('knock')}
              >
                {t('notes.addKnock')}
              </ButtonLink>
              <ButtonLink icon={<NotebookPen size="1.25rem" aria-hidden="true" />} href={notesPaths.add('note')}>
                {t('notes.addNote')}
              </ButtonLink>
            </div>
          </Show>
          <Show when={hasRosters()}>
            <Choice
              label={t('notes.viewLabel')}
              hideLabel
              value={view()}
              options={views.map((value) => ({ value, label: t(`notes.view.${value}`) }))}
              onChange={(value) => set('view', value)}
            />
          </Show>
          <Show when={view() === 'doors' && hasSeveral()}>{buildingChoice()}</Show>
          <Show when={view() === 'doors'}>
            <DoorsView
              notes={notes}
              doors={doors}
              building={params.building}
              onBuilding={(building) => setParams({ building, view: 'doors' })}
            />
          </Show>
          <Show when={view() === 'list'}>
            <div class={styles.filters}>
              <div class={styles.chips} role="group" aria-label={t('notes.typeLabel')}>
                <Chip selected={filter().type === undefined} onClick={() => set('type', '')}>
                  {t('ui.all')}
                </Chip>
                <For each={noteTypes}>
                  {(type) => (
                    <Chip selected={filter().type === type} onClick={() => set('type', type)}>
                      {t(`notes.type.${type}`)}
                    </Chip>
                  )}
                </For>
              </div>
              <div class={styles.pair}>
                <Show when={hasSeveral()}>{buildingChoice()}</Show>
                <TextInput
                  label={t('notes.findDoor')}
                  hideLabel
                  type="search"
                  inputmode="tel"
                  placeholder={t('notes.findDoor')}
                  value={params.door ?? ''}
                  onInput={(value) => set('door', value)}
                />
              </div>
            </div>
            <Show
              when={shown().length > 0}
              fallback={<Nothing isFiltered={isFiltered()} mayAdd={mayAdd()} onClear={clear} />}
            >
              <NoteDays shown={shown()} notes={notes} withBuilding={hasSeveral() && params.building === undefined} />
            </Show>
          </Show>
        </div>
        <Show when={isWide() && mayAdd()}>
          <section class={styles.aside} aria-label={t('notes.add')}>
            <NoteForm notes={notes} type={filter().type ?? 'knock'} building={params.building} />
          </section>
        </Show>
      </div>
    </Page>
  )
}

function Nothing(props: {
  readonly isFiltered: boolean
  readonly mayAdd: boolean
  readonly onClear: () => void
}): JSX.Element {
  return (
    <Show
      when={props.isFiltered}
      fallback={
        <EmptyState
          icon={<NotebookPen size="1.75rem" />}
          title={t('notes.emptyTitle')}
          text={t(props.mayAdd ? 'notes.emptyText' : 'notes.emptyReadText')}
        />
      }
    >
      <EmptyState
        compact
        icon={<SearchX size="1.5rem" />}
        title={t('notes.noneFound')}
        actions={<Button onClick={() => props.onClear()}>{t('notes.clearFilters')}</Button>}
      />
    </Show>
  )
}
