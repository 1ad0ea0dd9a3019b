/** The inputs of a step, each with its problem beside it. */
import {
  findSimilarTickets,
  openStates,
  type AccountId,
  type AllowedStep,
  type RecordId,
  type Ticket,
} from '@tongge/model'
import { For, Match, Show, Switch, type JSX } from 'solid-js'
import { momentText } from '../../../i18n/format.ts'
import { t, type TextKey } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import { Chip } from '../../../ui/Chip.tsx'
import { Choice } from '../../../ui/Choice.tsx'
import { Select } from '../../../ui/Select.tsx'
import { TextArea } from '../../../ui/TextArea.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { PhotoInput } from '../../photos/PhotoInput.tsx'
import { instantToInput } from '../cst-input.ts'
import { useTickets } from '../tickets-context.ts'
import { handlerOptions } from '../who.ts'
import styles from './detail.module.css'
import { levelsAbove, type StepForm } from './step-form.ts'

export interface StepFieldsViewProps {
  readonly ticket: Ticket
  readonly step: AllowedStep
  readonly form: StepForm
}

export function StepFieldsView(props: StepFieldsViewProps): JSX.Element {
  return (
    <For each={props.form.shown}>
      {(name) => (
        <Switch>
          <Match when={name === 'note'}>
            <Note {...props} />
          </Match>
          <Match when={name === 'evidence'}>
            <PhotoInput photos={props.form.fields.evidence} onChange={(photos) => props.form.set('evidence', photos)} />
          </Match>
          <Match when={name === 'assignee'}>
            <Assignee {...props} />
          </Match>
          <Match when={name === 'coAssignees'}>
            <Helpers {...props} />
          </Match>
          <Match when={name === 'dueAt'}>
            <DueAt {...props} />
          </Match>
          <Match when={name === 'level'}>
            <Choice
              label={t('tickets.act.level')}
              value={props.form.fields.level || 'community'}
              options={levelsAbove(props.ticket).map((level) => ({ value: level, label: t(`tickets.level.${level}`) }))}
              onChange={(level) => props.form.set('level', level)}
            />
            <Problem text={props.form.problem('level')} />
          </Match>
          <Match when={name === 'parent'}>
            <Parent {...props} />
          </Match>
          <Match when={name === 'score'}>
            <Score {...props} />
          </Match>
        </Switch>
      )}
    </For>
  )
}

function Problem(props: { readonly text: string | undefined }): JSX.Element {
  return (
    <Show when={props.text}>
      {(text) => (
        <p class={styles.error} role="alert">
          {text()}
        </p>
      )}
    </Show>
  )
}

function Note(props: StepFieldsViewProps): JSX.Element {
  const label = (): TextKey => {
    if (!props.form.needs('note')) return 'tickets.act.note.optional'
    if (props.step.action === 'finish') return 'tickets.act.note.result'
    if (props.step.action === 'comment') return 'tickets.act.note.text'
    return props.step.action === 'evidence' ? 'tickets.act.note.evidence' : 'tickets.act.note.reason'
  }
  return (
    <TextArea
      label={t(label())}
      rows={3}
      maxlength={2000}
      required={props.form.needs('note') && props.form.fields.evidence.length === 0}
      error={props.form.problem('note')}
      value={props.form.fields.note}
      onInput={(text) => props.form.set('note', text)}
    />
  )
}

function Assignee(props: StepFieldsViewProps): JSX.Element {
  const session = useSession()
  return (
    <Select
      label={t('tickets.act.assignee')}
      required
      emptyLabel={t('tickets.act.choose')}
      error={props.form.problem('assignee')}
      value={props.form.fields.assignee}
      options={handlerOptions(session)}
      onChange={(account) => props.form.set('assignee', account as AccountId | '')}
    />
  )
}

function Helpers(props: StepFieldsViewProps): JSX.Element {
  const session = useSession()
  const chosen = () => props.form.fields.coAssignees
  const others = () =>
    handlerOptions(session).filter(
      ({ value }) => value !== props.form.fields.assignee && value !== props.ticket.assignee,
    )
  const toggle = (account: AccountId): void =>
    props.form.set(
      'coAssignees',
      chosen().includes(account) ? chosen().filter((one) => one !== account) : [...chosen(), account],
    )
  return (
    <fieldset class={styles.helpers}>
      <legend>{props.step.action === 'escalate' ? t('tickets.act.invited') : t('tickets.act.coAssignees')}</legend>
      <For each={others()}>
        {({ value, label }) => (
          <Chip selected={chosen().includes(value)} onClick={() => toggle(value)}>
            {label}
          </Chip>
        )}
      </For>
    </fieldset>
  )
}

function DueAt(props: StepFieldsViewProps): JSX.Element {
  const { now } = useTickets()
  const asked = () => props.ticket.steps.findLast((step) => step.action === 'requestExtension')?.dueAt
  const hint = () => {
    const at = props.step.action === 'approveExtension' ? asked() : undefined
    return at === undefined ? undefined : t('tickets.act.asked', momentText(at, now()))
  }
  return (
    <TextInput
      type="datetime-local"
      label={props.form.needs('dueAt') ? t('tickets.act.dueAt') : t('tickets.act.dueAtOptional')}
      hint={hint()}
      required={props.form.needs('dueAt')}
      min={instantToInput(now())}
      error={props.form.problem('dueAt')}
      value={props.form.fields.dueAt}
      onInput={(text) => props.form.set('dueAt', text)}
    />
  )
}

/** Those that look alike come first. */
function Parent(props: StepFieldsViewProps): JSX.Element {
  const { tickets } = useTickets()
  const options = () => {
    const others = tickets().filter(({ id, state }) => id !== props.ticket.id && openStates.includes(state))
    const alike = findSimilarTickets(others, props.ticket.birth)
    const rest = others.filter((ticket) => !alike.includes(ticket)).sort((a, b) => b.reportedAt - a.reportedAt)
    return [...alike, ...rest].map(({ id, birth }) => ({ value: id, label: [birth.title, birth.place].join(' · ') }))
  }
  return (
    <Show when={options().length > 0} fallback={<p class={styles.quiet}>{t('tickets.act.parentNone')}</p>}>
      <Select
        label={t('tickets.act.parent')}
        required
        emptyLabel={t('tickets.act.choose')}
        error={props.form.problem('parent')}
        value={props.form.fields.parent}
        options={options()}
        onChange={(id) => props.form.set('parent', id as RecordId | '')}
      />
    </Show>
  )
}

const scores = ['5', '4', '3', '2', '1'] as const

function Score(props: StepFieldsViewProps): JSX.Element {
  return (
    <>
      <fieldset class={styles.helpers}>
        <legend>{t('tickets.act.score')}</legend>
        <For each={scores}>
          {(score) => (
            <Chip selected={props.form.fields.score === score} onClick={() => props.form.set('score', score)}>
              {t(`tickets.act.scores.s${score}`)}
            </Chip>
          )}
        </For>
      </fieldset>
      <Problem text={props.form.problem('score')} />
    </>
  )
}
