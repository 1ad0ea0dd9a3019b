/** What the import would do, in figures and row by row, filterable by outcome. */
import type { ImportPlan, RowOutcome, RowReport } from '@tongge/ledger-io'
import SearchX from 'lucide-solid/icons/search-x'
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { useSession } from '../../session/use-session.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Chip, type ChipTone } from '../../ui/Chip.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { List } from '../../ui/List.tsx'
import { Switch } from '../../ui/Switch.tsx'
import type { ImportCourse } from './create-import.ts'
import { changeText, noteText } from './import-text.ts'
import styles from './import.module.css'

type Filter = RowOutcome | 'all' | 'doubtful'

const tones: Readonly<Record<RowOutcome, ChipTone>> = {
  created: 'accent',
  changed: 'notice',
  unchanged: 'plain',
  rejected: 'danger',
}
const outcomes = ['created', 'changed', 'unchanged', 'rejected'] as const satisfies readonly RowOutcome[]
const pageSize = 60

export function PreviewStep(props: { readonly course: ImportCourse; readonly plan: ImportPlan }): JSX.Element {
  const [filter, setFilter] = createSignal<Filter>('all')
  const [shown, setShown] = createSignal(pageSize)
  const rows = createMemo(() => props.plan.rows.filter((row) => isIn(row, filter())))
  const choose = (next: Filter): void => {
    setFilter(next)
    setShown(pageSize)
  }
  const changed = () => props.plan.records.filter(({ existing }) => existing).length
  const sums = (): readonly string[] => {
    const { created, households, people } = props.plan.counts
    return [
      ...(created > 0 ? [t('imports.willMake', households, people)] : []),
      ...(changed() > 0 ? [t('imports.willChange', changed())] : []),
    ]
  }
  return (
    <>
      <Banner title={sums()[0] ?? t('imports.nothing')}>
        {sums().length > 0 ? sums()[1] : t('imports.nothingText')}
      </Banner>
      <Show when={changed() > 0}>
        <List>
          <Switch
            label={t('imports.withChanges')}
            hint={t('imports.withChangesText')}
            checked={props.course.withChanges()}
            onChange={(checked) => props.course.setWithChanges(checked)}
          />
        </List>
      </Show>
      <Show when={props.plan.counts.rejected > 0}>
        <Banner tone="notice" title={t('imports.rejectedHint', props.plan.counts.rejected)} />
      </Show>
      <div class={styles.filters} role="group" aria-label={t('imports.filter')}>
        <Chip selected={filter() === 'all'} onClick={() => choose('all')}>
          {t('imports.all', props.plan.rows.length)}
        </Chip>
        <For each={outcomes}>
          {(outcome) => (
            <Chip selected={filter() === outcome} onClick={() => choose(outcome)}>
              {t('imports.counted', t(`imports.outcome.${outcome}`), props.plan.counts[outcome])}
            </Chip>
          )}
        </For>
        <Chip selected={filter() === 'doubtful'} onClick={() => choose('doubtful')}>
          {t('imports.counted', t('imports.doubtful'), props.plan.counts.doubtful)}
        </Chip>
      </div>
      <Show
        when={rows().length > 0}
        fallback={<EmptyState compact icon={<SearchX size="1.5rem" />} title={t('imports.noRows')} />}
      >
        <List title={t('imports.rows')} aside={String(rows().length)}>
          <For each={rows().slice(0, shown())}>{(row) => <ReportRow row={row} />}</For>
        </List>
      </Show>
      <Show when={rows().length > shown()}>
        <Button wide onClick={() => setShown((count) => count + pageSize * 4)}>
          {t('ui.more')}
        </Button>
      </Show>
    </>
  )
}

function isIn(row: RowReport, filter: Filter): boolean {
  if (filter === 'all') return true
  return filter === 'doubtful' ? row.outcome !== 'rejected' && row.notes.length > 0 : row.outcome === filter
}

function ReportRow(props: { readonly row: RowReport }): JSX.Element {
  const now = useSession().context().now
  return (
    <div class={styles.report}>
      <p class={styles.reportHead}>
        <span class={styles.reportName}>{props.row.name || t('imports.noName')}</span>
        <Chip tone={tones[props.row.outcome]}>{t(`imports.outcome.${props.row.outcome}`)}</Chip>
      </p>
      <p class={styles.quiet}>{[props.row.place, props.row.origin].filter(Boolean).join(' · ')}</p>
      <ul class={styles.reportLines}>
        <For each={props.row.notes}>
          {(note) => <li class={props.row.outcome === 'rejected' ? styles.problem : styles.doubt}>{noteText(note)}</li>}
        </For>
        <For each={props.row.changes}>{(change) => <li>{changeText(change, now)}</li>}</For>
        <Show when={props.row.match}>
          {(match) => <li class={styles.quiet}>{t('imports.matched', t(`imports.match.${match().by}`))}</li>}
        </Show>
      </ul>
    </div>
  )
}
