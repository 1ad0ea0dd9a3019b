/** Two records side by side: for every field that differs the person picks which value stays. */
import { useNavigate } from '@solidjs/router'
import { fieldsOf, type Entry, type NamedField, type Value } from '@tongge/model'
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js'
import { createStore } from 'solid-js/store'
import { momentText } from '../../../i18n/format.ts'
import { nameOf, t } from '../../../i18n/i18n.ts'
import { recordPath } from '../../../paths.ts'
import { useDirty } from '../../../pwa/dirty.ts'
import { personName } from '../../records/people.ts'
import { useSession } from '../../../session/use-session.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { titleOf } from '../record/entry-of.ts'
import { fieldText } from '../record/field-text.ts'
import { valueOf } from '../record/FieldList.tsx'
import { refusalText, useActs } from '../record/use-acts.ts'
import { useRights } from '../record/use-rights.ts'
import styles from './merge.module.css'

/** Kept by the app itself for the record that stays. */
const own = new Set(['gridCode', 'status', 'source', 'verifyState'])

export function MergeCompare(props: {
  readonly keep: Entry
  readonly duplicate: Entry
  readonly onBack: () => void
}): JSX.Element {
  const session = useSession()
  const navigate = useNavigate()
  const rights = useRights()
  const { tryAct } = useActs()
  const [chosen, setChosen] = createStore<Record<string, 'keep' | 'other'>>({})
  const [refusal, setRefusal] = createSignal<string>()
  const fields = createMemo(() =>
    fieldsOf(props.keep.kind).filter(
      (field) =>
        field.type !== 'coText' && !own.has(field.name) && (has(props.keep, field) || has(props.duplicate, field)),
    ),
  )
  const differing = createMemo(() =>
    fields().filter((field) => !isSame(valueOf(props.keep, field.name), valueOf(props.duplicate, field.name))),
  )
  const firstSideOf = (field: NamedField): 'keep' | 'other' => (has(props.keep, field) ? 'keep' : 'other')
  const sideOf = (field: NamedField): 'keep' | 'other' => chosen[field.name] ?? firstSideOf(field)
  const text = (entry: Entry, field: NamedField): string => {
    const value = valueOf(entry, field.name)
    if (value === undefined) return t('ledger.form.unset')
    if (field.class === 'sensitive') return t('ledger.sensitive.masked')
    return fieldText(field, value, { now: session.context().now, titleOf: (id) => titleOf(session.store, id) })
  }
  const [isDone, setDone] = createSignal(false)
  // A field taken back to the side it began with is no choice any more.
  useDirty(() => !isDone() && differing().some((field) => sideOf(field) !== firstSideOf(field)))
  const merge = (): void => {
    const picked = differing().filter((field) => sideOf(field) === 'other')
    const fields = Object.fromEntries(picked.map((field) => [field.name, valueOf(props.duplicate, field.name)]))
    const answer = tryAct(
      { do: 'mergeRecords', keep: props.keep.id, duplicate: props.duplicate.id, fields },
      t('ledger.mergeDone'),
    )
    if (!answer.ok) return void setRefusal(refusalText(answer.refusal))
    setDone(true)
    navigate(recordPath(props.keep.kind, props.keep.id), { replace: true })
  }
  const when = (entry: Entry): string =>
    `${personName(session, entry.updated.by)} · ${momentText(entry.updated.at, session.context().now)}`
  return (
    <>
      <p>
        <strong>{t('ledger.mergeStep2')}</strong>
        <br />
        {t('ledger.mergeStep2Text')}
        <Show when={props.keep.kind === 'household'}>
          {t(rights.mayWriteDiary() ? 'ledger.mergeDiary' : 'ledger.mergeDiaryStays')}
        </Show>
      </p>
      <Show when={refusal()}>{(message) => <Banner tone="danger" title={message()} />}</Show>
      <div class={styles.table}>
        <div class={styles.heads}>
          <p>
            <strong>{t('ledger.mergeKeep')}</strong>
            <br />
            <span class={styles.quiet}>{when(props.keep)}</span>
          </p>
          <p>
            <strong>{t('ledger.mergeOther')}</strong>
            <br />
            <span class={styles.quiet}>{when(props.duplicate)}</span>
          </p>
        </div>
        <For each={differing()}>
          {(field) => (
            <fieldset class={styles.field}>
              <legend class={styles.legend}>{nameOf(field)}</legend>
              <For each={['keep', 'other'] as const}>
                {(side) => (
                  <label class={styles.side}>
                    <input
                      type="radio"
                      name={`merge-${field.name}`}
                      checked={sideOf(field) === side}
                      onChange={() => setChosen(field.name, side)}
                    />
                    <span>{text(side === 'keep' ? props.keep : props.duplicate, field)}</span>
                  </label>
                )}
              </For>
            </fieldset>
          )}
        </For>
        <p class={styles.quiet}>{t('ledger.mergeSame', fields().length - differing().length)}</p>
      </div>
      <div class={styles.acts}>
        <Button onClick={() => props.onBack()}>{t('ui.back')}</Button>
        <Button kind="primary" onClick={merge}>
          {t('ledger.mergeDo')}
        </Button>
      </div>
    </>
  )
}

const has = (entry: Entry, field: NamedField): boolean => valueOf(entry, field.name) !== undefined

function isSame(a: Value | undefined, b: Value | undefined): boolean {
  return (
    a === b || (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, at) => one === b[at]))
  )
}
