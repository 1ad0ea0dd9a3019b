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
import { SensitiveGate } from '../ledger/record/SensitiveGate.tsx'
import { useActs } from '../ledger/record/use-acts.ts'
import { JoinPhotos } from '../photos/JoinPhotos.tsx'
import { PhotoStrip } from '../photos/PhotoStrip.tsx'
import { photosOf } from '../photos/photos-of.ts'
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

interface FieldProps {
  readonly entry: Entry
  readonly conflict: FieldConflict
}

function OneField(props: FieldProps): JSX.Element {
  const field = createMemo((): NamedField | undefined =>
    fieldsOf(props.entry.kind).find((one) => one.name === props.conflict.field),
  )
  const label = () => {
    const known = field()
    return known ? nameOf(known) : props.conflict.field
  }
  return (
    <section class={styles.field} aria-label={label()}>
      <h2 class={styles.label}>{label()}</h2>
      <Show
        when={field()?.class === 'sensitive'}
        fallback={<Choosing entry={props.entry} conflict={props.conflict} field={field()} label={label()} />}
      >
        <SensitiveGate
          id={props.entry.id}
          fields={[props.conflict.field]}
          closed={<Rivals conflict={props.conflict} text={() => t('ledger.sensitive.masked')} maySettle={false} />}
        >
          <Choosing entry={props.entry} conflict={props.conflict} field={field()} label={label()} />
        </SensitiveGate>
      </Show>
    </section>
  )
}

function Choosing(props: FieldProps & { readonly field: NamedField | undefined; readonly label: string }): JSX.Element {
  const session = useSession()
  const acts = useActs()
  const [writing, setWriting] = createSignal(false)
  const text = (rival: Rival): string => {
    const context = { now: session.context().now, titleOf: (id: string) => titleOf(session.store, id) }
    const shown = props.field ? fieldText(props.field, rival.value, context) : String(rival.value ?? '')
    return shown || t('records.emptyValue')
  }
  const maySettle = (): boolean => maySetField(session.context().actor, props.entry, props.conflict.field)
  const settle = (value: Rival['value']) =>
    acts.act(
      { do: 'settleField', id: props.entry.id, field: props.conflict.field, value },
      t('conflicts.settled', props.label),
    )
  return (
    <>
      <Rivals
        conflict={props.conflict}
        text={text}
        isPhotos={props.field?.type === 'photos'}
        maySettle={maySettle()}
        onSettle={settle}
      />
      <Show when={maySettle()} fallback={<p class={styles.why}>{t('conflicts.othersDecide')}</p>}>
        <Show when={props.field?.type === 'photos'}>
          <JoinPhotos conflict={props.conflict} onSettle={settle} />
        </Show>
        <Show
          when={writing() && props.field}
          fallback={
            <Button kind="quiet" onClick={() => setWriting(true)}>
              {t('conflicts.other')}
            </Button>
          }
        >
          {(known) => (
            <OtherValue
              entry={props.entry}
              field={known()}
              conflict={props.conflict}
              onSettle={settle}
              onCancel={() => setWriting(false)}
            />
          )}
        </Show>
      </Show>
    </>
  )
}

function Rivals(props: {
  readonly conflict: FieldConflict
  readonly text: (rival: Rival) => string
  readonly isPhotos?: boolean
  readonly maySettle: boolean
  readonly onSettle?: (value: Rival['value']) => void
}): JSX.Element {
  return (
    <div class={styles.rivals}>
      <For each={props.conflict.rivals}>
        {(rival) => (
          <div class={styles.rival}>
            <p class={styles.value} data-empty={rival.value === undefined}>
              {props.text(rival)}
            </p>
            <Show when={props.isPhotos}>
              <PhotoStrip photos={photosOf(rival.value)} />
            </Show>
            <StampLine stamp={rival.stamp} />
            <Show when={props.maySettle}>
              <Button
                wide
                onClick={() => props.onSettle?.(rival.value)}
                aria-label={t('conflicts.keepNamed', props.text(rival))}
              >
                {t('conflicts.keep')}
              </Button>
            </Show>
          </div>
        )}
      </For>
    </div>
  )
}
