/** The columns of sheets that share one header: name, a few cells, and what they are imported as. */
import type { TableGroup, Target } from '@tongge/ledger-io'
import { maskIdNo } from '@tongge/model'
import { createMemo, For, Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { List } from '../../ui/List.tsx'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import type { ImportCourse } from './create-import.ts'
import { targetOptions } from './import-text.ts'
import styles from './import.module.css'
import { columnProblems, hasName, hasPlace } from './mapping-problems.ts'

export interface GroupColumnsProps {
  readonly course: ImportCourse
  readonly group: TableGroup
  /** The group's place among the groups. */
  readonly at: number
}

export function GroupColumns(props: GroupColumnsProps): JSX.Element {
  const state = () => props.course.mappings[props.at]
  const mapping = () => state()?.mapping ?? props.group.mapping
  const options = createMemo(targetOptions)
  const rows = () => props.group.sheets.reduce((sum, sheet) => sum + sheet.rows, 0)
  const skipped = () => props.group.sheets.reduce((sum, sheet) => sum + sheet.skipped.length, 0)
  const names = () => {
    const [first = '', ...others] = props.group.sheets.map(({ sheet }) => sheet)
    return others.length > 2
      ? t('imports.moreSheets', first, others.length + 1)
      : [first, ...others].join(t('ledger.comma'))
  }
  const nameOfColumn = (column: number): string => props.group.header[column] || t('imports.unnamed', column + 1)
  const twice = (column: number): string | undefined => {
    const problem = columnProblems(mapping()).find((each) => each.column === column)
    return problem && t('imports.twice', nameOfColumn(problem.twiceWith))
  }
  return (
    <List title={names()} aside={t('imports.rowCount', rows())}>
      <Switch
        label={t('imports.importGroup')}
        {...(skipped() > 0 && { hint: t('imports.skippedLines', skipped()) })}
        checked={state()?.chosen ?? false}
        onChange={(chosen) => props.course.choose(props.at, chosen)}
      />
      <Show when={state()?.chosen}>
        <Show when={!hasName(mapping())}>
          <div class={styles.block}>
            <Banner tone="danger" title={t('imports.missingName')} />
          </div>
        </Show>
        <Show when={!hasPlace(mapping())}>
          <div class={styles.block}>
            <Banner tone="notice" title={t('imports.missingPlace')} />
          </div>
        </Show>
        <For each={props.group.header}>
          {(_, c) => (
            <Show when={props.group.header[c()] || (props.group.samples[c()]?.length ?? 0) > 0}>
              <div class={styles.column}>
                <div class={styles.columnHead}>
                  <p class={styles.columnName}>
                    {nameOfColumn(c())}
                    <Show when={isDoubtful(props.group, c(), mapping().columns[c()])}>
                      <Chip tone="notice">{t('imports.doubt')}</Chip>
                    </Show>
                  </p>
                  <p class={styles.quiet}>{samplesText(props.group.samples[c()] ?? [])}</p>
                </div>
                <Select
                  label={t('imports.column', nameOfColumn(c()))}
                  hideLabel
                  value={mapping().columns[c()] ?? ''}
                  options={options()}
                  emptyLabel={t('imports.skip')}
                  error={twice(c())}
                  hint={hintOf(props.group, c(), mapping().columns[c()])}
                  // The options are made of targets only.
                  onChange={(value) =>
                    props.course.setTarget(props.at, c(), value === '' ? undefined : (value as Target))
                  }
                />
              </div>
            </Show>
          )}
        </For>
      </Show>
    </List>
  )
}

function hintOf(group: TableGroup, column: number, target: Target | undefined): string | undefined {
  const guess = group.guesses[column]
  if (guess?.off) return t('imports.off')
  return guess?.ofAnother && target === undefined ? t('imports.ofAnother') : undefined
}

/** A guess that nobody has changed yet and that is not sure. */
function isDoubtful(group: TableGroup, column: number, target: Target | undefined): boolean {
  const guess = group.guesses[column]
  return target !== undefined && guess?.target === target && guess.confidence < 0.8
}

function samplesText(samples: readonly string[]): string {
  if (samples.length === 0) return t('imports.noSamples')
  return t(
    'imports.samples',
    samples
      .slice(0, 3)
      .map((text) => (/^\d{15,17}[\dXx]?$/.test(text) ? maskIdNo(text) : text.slice(0, 20)))
      .join(t('ledger.comma')),
  )
}
