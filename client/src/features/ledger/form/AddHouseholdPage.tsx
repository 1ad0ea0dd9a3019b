/** Registers a household in one go: the door, the household and its head, written together or not at all. */
import { useNavigate, useSearchParams } from '@solidjs/router'
import {
  dayOf,
  isLedgerKind,
  type FieldProblem,
  type ImportedRecord,
  type NamedField,
  type RecordId,
  type Refusal,
} from '@tongge/model'
import { createSignal, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { paths, recordPath } from '../../../paths.ts'
import { useDirty } from '../../../pwa/dirty.ts'
import { useSession } from '../../../session/use-session.ts'
import { Choice } from '../../../ui/Choice.tsx'
import { keepForm } from '../../drafts/kept-form.ts'
import { entryOf } from '../record/entry-of.ts'
import { formFields } from '../record/sections.ts'
import { refusalText, useActs } from '../record/use-acts.ts'
import { useRights } from '../record/use-rights.ts'
import { createDraft, type Draft } from './draft.ts'
import styles from './form.module.css'
import { FormPane } from './FormPane.tsx'
import { DraftFields, focusFirstProblem } from './RecordForm.tsx'

const doorNames = ['entrance', 'floor', 'door']
const houseNames = ['building', ...doorNames, 'occupancy']
const householdNames = ['householdType', 'regMatch', 'phone']
const headNames = ['name', 'idNo', 'sex', 'birthDate', 'phone', 'resident']
/** 户主 in list KIN. */
const headKin = '02'

export function AddHouseholdPage(): JSX.Element {
  const session = useSession()
  const navigate = useNavigate()
  const rights = useRights()
  const { tryAct } = useActs()
  const [query] = useSearchParams<{ readonly house?: string; readonly building?: string }>()
  const today = (): string => dayOf(session.context().now)
  const given = entryOf(session.store, 'house', query.house)
  const [place, setPlace] = createSignal<'known' | 'new'>(
    given === undefined && query.building !== undefined ? 'new' : 'known',
  )
  const house = createDraft(
    'house',
    {},
    { occupancy: 'owner', ...(query.building === undefined ? {} : { building: query.building }) },
    today,
  )
  const household = createDraft(
    'household',
    {},
    { householdType: 'family', ...(given === undefined ? {} : { house: given.id }) },
    today,
  )
  const head = createDraft('person', {}, { resident: '01' }, today)
  const drafts = { house, household, head }
  const [refusal, setRefusal] = createSignal<{ readonly text: string; readonly href: string | undefined }>()
  const [isSaved, setSaved] = createSignal(false)
  let form: HTMLFormElement | undefined
  const isDirty = (): boolean => !isSaved() && Object.values(drafts).some((draft) => draft.isDirty())
  const { isRestored, sent, leave } = keepForm(session, `add/household?${query.house ?? query.building ?? ''}`, {
    kept: () =>
      isDirty() ? { place: place(), house: house.kept(), household: household.kept(), head: head.kept() } : undefined,
    restore: (kept) => {
      if (typeof kept !== 'object' || kept === null) return
      if ('place' in kept && (kept.place === 'known' || kept.place === 'new')) setPlace(kept.place)
      for (const [part, draft] of Object.entries(drafts)) draft.restore(Reflect.get(kept, part))
    },
  })
  useDirty(isDirty, leave)

  const fieldsOf = (draft: Draft, names: readonly string[]): readonly NamedField[] =>
    formFields(draft.kind).filter(
      (field) => names.includes(field.name) && isLedgerKind(draft.kind) && rights.mayWriteField(draft.kind, field),
    )
  const check = (): number => {
    const parts: readonly (readonly [Draft, readonly string[]])[] = [
      ...(place() === 'new' ? [[house, houseNames] as const] : []),
      [household, [...householdNames, ...(place() === 'known' ? ['house'] : [])]],
      [head, headNames],
    ]
    return parts.reduce(
      (count, [draft, names]) =>
        draft.check(names) ? count : count + names.filter((name) => draft.problem(name) !== undefined).length,
      0,
    )
  }
  const rows = (ids: Readonly<Record<'house' | 'household' | 'head', RecordId>>): readonly ImportedRecord[] => {
    const row = (origin: 'house' | 'household' | 'head', more: Readonly<Record<string, string>>): ImportedRecord => ({
      id: ids[origin],
      kind: drafts[origin].kind,
      existing: false,
      fields: { source: 'visit', ...drafts[origin].changes(), ...more },
      origin,
    })
    return [
      ...(place() === 'new' ? [row('house', {})] : []),
      row('household', place() === 'new' ? { house: ids.house, head: ids.head } : { head: ids.head }),
      row('head', { household: ids.household, kinToHead: headKin }),
    ]
  }
  const refuse = (refused: Refusal): void => {
    const problems: readonly FieldProblem[] = refused.reason === 'invalid' ? refused.problems : []
    for (const [origin, draft] of Object.entries(drafts))
      draft.place(problems.filter((problem) => problem.origin === origin))
    const known =
      refused.reason === 'duplicate'
        ? refused.of.map((id) => session.store.entries[id]).find((entry) => entry !== undefined)
        : undefined
    setRefusal({ text: refusalText(refused), href: known && recordPath(known.kind, known.id) })
  }
  const save = (): void => {
    setRefusal(undefined)
    const count = check()
    if (count > 0) setRefusal({ text: t('ledger.form.fix', count), href: undefined })
    else {
      const { newId } = session.context()
      const ids = { house: newId(), household: newId(), head: newId() }
      const answer = tryAct({ do: 'importRecords', rows: rows(ids) }, t('ledger.saved'))
      if (answer.ok) {
        sent(answer.saved)
        setSaved(true)
        navigate(paths.household(ids.household), { replace: true })
        return
      }
      refuse(answer.refusal)
    }
    if (form) focusFirstProblem(form)
  }
  const back = (): string =>
    given !== undefined
      ? paths.house(given.id)
      : query.building !== undefined
        ? paths.building(query.building as RecordId)
        : paths.ledger
  return (
    <FormPane
      title={t('ledger.addHere.household')}
      back={back()}
      refusal={refusal()}
      isRestored={isRestored() && isDirty()}
      onDiscard={() => Object.values(drafts).forEach((draft) => draft.reset())}
      onSave={save}
      ref={(element) => (form = element)}
    >
      <section class={styles.section}>
        <h2 class={styles.heading}>{t('ledger.form.houseOf')}</h2>
        <Choice
          label={t('ledger.form.houseOf')}
          hideLabel
          value={place()}
          options={[
            { value: 'known', label: t('ledger.form.knownHouse') },
            { value: 'new', label: t('ledger.form.newHouse') },
          ]}
          onChange={setPlace}
        />
        <Show
          when={place() === 'new'}
          fallback={<DraftFields draft={household} fields={fieldsOf(household, ['house'])} />}
        >
          <DraftFields draft={house} fields={fieldsOf(house, ['building'])} />
          <DraftFields draft={house} fields={fieldsOf(house, doorNames)} short />
          <DraftFields draft={house} fields={fieldsOf(house, ['occupancy'])} />
        </Show>
      </section>
      <section class={styles.section}>
        <h2 class={styles.heading}>{t('ledger.form.firstPerson')}</h2>
        <p class={styles.quiet}>{t('ledger.form.headText')}</p>
        <DraftFields draft={head} fields={fieldsOf(head, headNames)} />
      </section>
      <section class={styles.section}>
        <h2 class={styles.heading}>{t('ledger.kind.household')}</h2>
        <DraftFields draft={household} fields={fieldsOf(household, householdNames)} />
      </section>
    </FormPane>
  )
}
