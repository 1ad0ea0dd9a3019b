/** Notes grouped by day, newest first; long lists grow on demand. */
import { dayLength, dayOf, type Day } from '@tongge/model'
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js'
import { longDayText, number } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../ui/Button.tsx'
import { List } from '../../ui/List.tsx'
import { useNow } from '../records/use-now.ts'
import { groupByDay, type Note } from './note-list.ts'
import { NoteRow } from './NoteRow.tsx'
import type { Notes } from './use-notes.ts'

const step = 60

export function NoteDays(props: {
  readonly shown: readonly Note[]
  readonly notes: Notes
  readonly withBuilding: boolean
}): JSX.Element {
  const now = useNow()
  const [limit, setLimit] = createSignal(step)
  const days = createMemo(() => groupByDay(props.shown.slice(0, limit())))
  const dayTitle = (day: Day): string => {
    if (day === dayOf(now())) return t('notes.today')
    return day === dayOf(now() - dayLength) ? t('notes.yesterday') : longDayText(day)
  }
  return (
    <>
      <For each={days()}>
        {({ day, notes }) => (
          <List title={dayTitle(day)} aside={number(notes.length)}>
            <For each={notes}>
              {(note) => <NoteRow note={note} notes={props.notes} withBuilding={props.withBuilding} />}
            </For>
          </List>
        )}
      </For>
      <Show when={props.shown.length > limit()}>
        <Button wide onClick={() => setLimit((shown) => shown + step)}>
          {t('notes.older', props.shown.length - limit())}
        </Button>
      </Show>
    </>
  )
}
