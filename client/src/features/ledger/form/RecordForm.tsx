/** A form over one draft, in sections, with what is rarely needed behind 更多. Saving is the page's. */
import type { NamedField, RecordId } from '@tongge/model'
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import { Button } from '../../../ui/Button.tsx'
import { titleOf } from '../record/entry-of.ts'
import { fieldText } from '../record/field-text.ts'
import { valueOf } from '../record/FieldList.tsx'
import { SensitiveGate } from '../record/SensitiveGate.tsx'
import { formSections, isRare, sectionOf, type Section } from '../record/sections.ts'
import { FieldControl, type FieldControlProps } from './FieldControl.tsx'
import type { Draft } from './draft.ts'
import { fits, isFilled } from './fits.ts'
import styles from './form.module.css'

export interface RecordFormProps {
  readonly draft: Draft
  readonly fields: readonly NamedField[]
  readonly options?: Readonly<Record<string, FieldControlProps['options']>>
  /** The record in the ledger that the form is of: what it holds of sensitive fields opens only with a reason. */
  readonly stored?: RecordId
  /** Fields of a few characters, several in a row. */
  readonly short?: boolean
}

export function RecordForm(props: RecordFormProps): JSX.Element {
  const [showsMore, setShowsMore] = createSignal(false)
  const offered = createMemo(() => props.fields.filter((field) => fits(props.draft, field)))
  const shown = createMemo(() =>
    offered().filter(
      (field) =>
        showsMore() || !isRare(field) || isFilled(props.draft, field) || props.draft.problem(field.name) !== undefined,
    ),
  )
  const of = (section: Section): readonly NamedField[] => shown().filter((field) => sectionOf(field) === section)
  const session = useSession()
  /** Names of the sensitive fields that hold something already. */
  const held = createMemo((): readonly string[] => {
    const entry = props.stored && session.store.entries[props.stored]
    return entry ? of('sensitive').flatMap(({ name }) => (valueOf(entry, name) === undefined ? [] : name)) : []
  })
  return (
    <div class={styles.form}>
      <For each={formSections(props.draft.kind)}>
        {(section) => (
          <Show when={of(section).length > 0}>
            <section class={styles.section}>
              <h2 class={styles.heading}>{t(`ledger.section.${section}`)}</h2>
              <Show
                when={section === 'sensitive' && held().length > 0 && props.stored}
                fallback={<DraftFields draft={props.draft} fields={of(section)} options={props.options ?? {}} />}
              >
                {(id) => (
                  <SensitiveGate id={id()} fields={held()}>
                    <DraftFields draft={props.draft} fields={of(section)} options={props.options ?? {}} />
                  </SensitiveGate>
                )}
              </Show>
            </section>
          </Show>
        )}
      </For>
      <Show when={offered().some((field) => isRare(field))}>
        <Button kind="quiet" aria-expanded={showsMore()} onClick={() => setShowsMore(!showsMore())}>
          {t(showsMore() ? 'ledger.showLess' : 'ledger.showMore')}
        </Button>
      </Show>
    </div>
  )
}

export function DraftFields(props: RecordFormProps): JSX.Element {
  const session = useSession()
  const hintOf = (draft: Draft, field: NamedField): string | undefined => {
    const theirs = draft.theirs(field.name)
    if (theirs !== undefined) {
      const text = fieldText(field, theirs.value, {
        now: session.context().now,
        titleOf: (id) => titleOf(session.store, id),
      })
      return t('ledger.form.theirs', text || t('ledger.cleared'))
    }
    return draft.filledFromIdNo(field.name) ? t('ledger.form.fromId') : undefined
  }
  return (
    <div class={`${styles.fields} ${props.short ? styles.short : ''}`}>
      <For each={props.fields}>
        {(field) => (
          <FieldControl
            draft={props.draft}
            field={field}
            hint={hintOf(props.draft, field)}
            options={props.options?.[field.name]}
          />
        )}
      </For>
    </div>
  )
}

/** Moves to the first field with a problem, for which the form must be on screen. */
export function focusFirstProblem(root: ParentNode): void {
  const control = root.querySelector<HTMLElement>(
    '[aria-invalid="true"], [data-field]:has([role="alert"]) :is(input, select, textarea, button)',
  )
  control?.focus()
}
