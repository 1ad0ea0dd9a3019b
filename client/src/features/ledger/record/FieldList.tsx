/** What a record still lacks and its filled-in fields, in sections; sensitive ones masked until a reason is given. */
import { dayOf, maskIdNo, missingFields, type Entry, type NamedField, type RecordId, type Value } from '@tongge/model'
import { createMemo, For, Match, Show, Switch, type JSX } from 'solid-js'
import { nameOf, t } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import { List } from '../../../ui/List.tsx'
import { PhotoStrip } from '../../photos/PhotoStrip.tsx'
import { photosOf } from '../../photos/photos-of.ts'
import { titleOf } from './entry-of.ts'
import { fieldText } from './field-text.ts'
import styles from './record.module.css'
import { orderedFields, sectionOf, sections, type Section } from './sections.ts'
import { SensitiveGate } from './SensitiveGate.tsx'

export function FieldList(props: {
  readonly entry: Entry
  readonly leaveOut?: readonly string[]
  readonly only?: readonly Section[]
}): JSX.Element {
  const filled = createMemo(() =>
    orderedFields(props.entry.kind).filter(
      (field) =>
        field.type !== 'coText' &&
        field.name !== 'gridCode' &&
        !props.leaveOut?.includes(field.name) &&
        valueOf(props.entry, field.name) !== undefined,
    ),
  )
  const of = (section: Section): readonly NamedField[] => filled().filter((field) => sectionOf(field) === section)
  const session = useSession()
  const missing = createMemo(() =>
    missingFields(props.entry, dayOf(session.context().now), (id) => session.store.entries[id as RecordId]).map(nameOf),
  )
  return (
    <>
      <Show when={missing().length > 0}>
        <p class={styles.missing}>{t('ledger.stillMissing', missing().join(t('ledger.comma')))}</p>
      </Show>
      <For each={props.only ?? sections}>
        {(section) => (
          <Show when={of(section).length > 0}>
            <List title={t(`ledger.section.${section}`)}>
              <Show when={section === 'sensitive'} fallback={<Lines entry={props.entry} fields={of(section)} />}>
                <SensitiveGate
                  id={props.entry.id}
                  fields={of(section).map(({ name }) => name)}
                  closed={<Lines entry={props.entry} fields={of(section)} isMasked />}
                >
                  <Lines entry={props.entry} fields={of(section)} />
                </SensitiveGate>
              </Show>
            </List>
          </Show>
        )}
      </For>
    </>
  )
}

function Lines(props: {
  readonly entry: Entry
  readonly fields: readonly NamedField[]
  readonly isMasked?: boolean
}): JSX.Element {
  const session = useSession()
  const text = (field: NamedField): string => {
    const value = valueOf(props.entry, field.name)
    if (props.isMasked) return field.type === 'idNo' ? maskIdNo(String(value)) : t('ledger.sensitive.masked')
    return fieldText(field, value, { now: session.context().now, titleOf: (id) => titleOf(session.store, id) })
  }
  return (
    <dl class={styles.lines}>
      <For each={props.fields}>
        {(field) => (
          <div
            class={`${styles.line} ${isWide(field) ? styles.whole : ''} ${field.type === 'photos' ? styles.pictures : ''}`}
          >
            <dt>{nameOf(field)}</dt>
            <dd>
              <Switch fallback={text(field)}>
                <Match when={field.type === 'phone' && !props.isMasked}>
                  <a href={`tel:${text(field)}`}>{text(field)}</a>
                </Match>
                <Match when={field.type === 'photos'}>
                  <PhotoStrip photos={photosOf(valueOf(props.entry, field.name))} />
                </Match>
              </Switch>
            </dd>
          </div>
        )}
      </For>
    </dl>
  )
}

const isWide = (field: NamedField): boolean => field.type === 'photos' || (field.type === 'text' && field.max >= 100)

export function valueOf(entry: Entry, field: string): Value | undefined {
  return (entry.fields as Readonly<Record<string, Value | undefined>>)[field]
}
