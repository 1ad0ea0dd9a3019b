/** One record whose fields were changed by two people: both values beside each other, one tap to keep one. */
import { fieldsOf, maySetField, type Entry, type FieldConflict, type NamedField, type Rival } from '@tongge/model'
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js'
import { nameOf, t } from '../../i18n/i18n.ts'
import { recordPath } from '../../paths.ts'
import { useSession } from '../../session/use-session.ts'
import { Button } from '../../ui/Button.tsx'
import { Row } from '../../ui/Row.tsx'
import { titleOf } from '../ledger/record/entry-of.ts'
import { fieldText } from '../ledger/record/field-text.ts'
import { useActs } from '../ledger/record/use-acts.ts'
import { recordTitle } from '../records/record-title.ts'
import styles from './conflicts.module.css'
import { OtherValue } from './OtherValue.tsx'
import { StampLine } from './StampLine.tsx'

export function FieldsCard(props: {
  readonly entry: Entry
  readonly conflicts: readonly FieldConflict[]
}): JSX.Element {
  const session = useSession()
  const name = () => recordTitle(session.store, props.entry.id)
  return (
    <article class={styles.card}>
      <Row
        title={<strong>{name().title}</strong>}
        detail={name().detail}
        href={recordPath(props.entry.kind, props.entry.id)}
      />
      <For each={props.conflicts}>{(conflict) => <OneField entry={props.entry} conflict={conflict} />}</For>
    </article>
  )
}

function OneField(props: { readonly entry: Entry; readonly conflict: FieldConflict }): JSX.Element {
  const session = useSession()
  const acts = useActs()
  const [writing, setWriting] = createSignal(false)
  const field = createMemo((): NamedField | undefined =>
    fieldsOf(props.entry.kind).find((one) => one.name === props.conflict.field),
  )
  const label = () => {
    const known = field()
    return known ? nameOf(known) : props.conflict.field
  }
  const text = (rival: Rival) => {
    const known = field()
    const context = { now: session.context().now, titleOf: (id: string) => titleOf(session.store, id) }
    return known ? fieldText(known, rival.value, context) : String(rival.value ?? '')
  }
  const maySettle = (): boolean => maySetField(session.context().actor, props.entry, props.conflict.field)
  const settle = (value: Rival['value']) =>
    acts.act(
      { do: 'settleField', id: props.entry.id, field: props.conflict.field, value },
      t('conflicts.settled', label()),
    )
  return (
    <section class={styles.field} aria-label={label()}>
      <h2 class={styles.label}>{label()}</h2>
      <div class={styles.rivals}>
        <For each={props.conflict.rivals}>
          {(rival) => (
            <div class={styles.rival}>
              <p class={styles.value} data-empty={rival.value === undefined}>
                {text(rival) || t('records.emptyValue')}
              </p>
              <StampLine stamp={rival.stamp} />
              <Show when={maySettle()}>
                <Button
                  wide
                  onClick={() => settle(rival.value)}
                  aria-label={t('conflicts.keepNamed', text(rival) || t('records.emptyValue'))}
                >
                  {t('conflicts.keep')}
                </Button>
              </Show>
            </div>
          )}
        </For>
      </div>
      <Show when={maySettle()} fallback={<p class={styles.why}>{t('conflicts.othersDecide')}</p>}>
        <Show
          when={writing() && field()}
          fallback={
            <Button kind="quiet" onClick={() => setWriting(true)}>
              {t('conflicts.other')}
            </Button>
          }
        >
          {(known) => (
            <OtherValue entry={props.entry} field={known()} onSettle={settle} onCancel={() => setWriting(false)} />
          )}
        </Show>
      </Show>
    </section>
  )
}
