/** 办理过程: every step with who, when and on which device; those that conflict stand in their place. */
import { dayOf, mayStep, timeOfStep, type AccountId, type Step, type Ticket } from '@tongge/model'
import ClockAlert from 'lucide-solid/icons/clock-alert'
import { createMemo, For, Show, type JSX } from 'solid-js'
import { momentText, timeText } from '../../../i18n/format.ts'
import { t } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import { Button } from '../../../ui/Button.tsx'
import { Chip } from '../../../ui/Chip.tsx'
import { useActs } from '../../ledger/record/use-acts.ts'
import { useTickets } from '../tickets-context.ts'
import { personName } from '../../records/people.ts'
import { roleText } from '../who.ts'
import { stepName } from './action-name.ts'
import styles from './detail.module.css'
import { stepLines, type StepLine } from './step-lines.ts'
import { StepFacts } from './StepFacts.tsx'

export function Steps(props: { readonly ticket: Ticket }): JSX.Element {
  const session = useSession()
  const lines = createMemo(() => stepLines(props.ticket))
  const adopted = createMemo(() => session.adoptedSteps(props.ticket.id))
  return (
    <section class={styles.section}>
      <h3 class={styles.heading}>{t('tickets.detail.steps')}</h3>
      <ol class={styles.steps}>
        <For each={lines()}>
          {(line) => <Line ticket={props.ticket} line={line} adoptedFrom={adopted().get(line.step.id)} />}
        </For>
      </ol>
      <Show when={props.ticket.refused.length > 0 && mayStep(session.roles, 'settle')}>
        <details class={styles.refused}>
          <summary>{t('tickets.detail.refused', props.ticket.refused.length)}</summary>
          <ol class={styles.steps}>
            <For each={props.ticket.refused}>
              {(step) => (
                <li class={styles.step}>
                  <StepBody ticket={props.ticket} step={step} />
                </li>
              )}
            </For>
          </ol>
        </details>
      </Show>
    </section>
  )
}

function Line(props: {
  readonly ticket: Ticket
  readonly line: StepLine
  readonly adoptedFrom: AccountId | undefined
}): JSX.Element {
  return (
    <li class={styles.step} data-mark={props.line.mark}>
      <StepBody
        ticket={props.ticket}
        step={props.line.step}
        adoptedFrom={props.adoptedFrom}
        marks={
          <>
            <Show when={props.line.mark === 'conflicting'}>
              <Chip tone="notice">{t('tickets.detail.conflictStep')}</Chip>
            </Show>
            <Show when={props.line.mark === 'adopted'}>
              <Chip tone="accent">{t('tickets.detail.adopted')}</Chip>
            </Show>
            <Show when={props.line.mark === 'declined'}>
              <Chip>{t('tickets.detail.declined')}</Chip>
            </Show>
            <Show when={props.line.part}>
              {(part) => (
                <Chip>{part() === 'firstContact' ? t('tickets.detail.firstContact') : t('tickets.detail.helper')}</Chip>
              )}
            </Show>
          </>
        }
      />
      <Show when={props.line.settles}>
        {(settled) => <Settled step={settled()} verdict={props.line.step.verdict} />}
      </Show>
      <Show when={props.line.mark === 'conflicting'}>
        <Conflict ticket={props.ticket} line={props.line} />
      </Show>
    </li>
  )
}

function StepBody(props: {
  readonly ticket: Ticket
  readonly step: Step
  readonly adoptedFrom?: AccountId | undefined
  readonly marks?: JSX.Element
}): JSX.Element {
  const session = useSession()
  const { now } = useTickets()
  const time = () => timeOfStep(props.ticket, props.step)
  /** The day only where it is another one. */
  const deviceTime = () =>
    dayOf(props.step.at) === dayOf(time().at) ? timeText(props.step.at) : momentText(props.step.at, now())
  return (
    <>
      <p class={styles.act}>
        <strong>{stepName(props.step.action, props.step.from)}</strong>
        {props.marks}
      </p>
      <p class={styles.by}>
        {t('tickets.detail.by', personName(session, props.step.actor), roleText(props.step.role))}
        <span class={styles.quiet}>{t('tickets.detail.by', momentText(time().at, now()), props.step.device)}</span>
      </p>
      <Show when={props.adoptedFrom}>
        {(author) => (
          <p class={styles.quiet}>
            {t('ledger.historyAdopted', personName(session, props.step.actor), personName(session, author()))}
          </p>
        )}
      </Show>
      <Show when={time().isSkewed}>
        <p class={styles.skewed}>
          <ClockAlert size="0.875rem" />
          <span>{t('tickets.detail.skewed', deviceTime(), timeText(time().at))}</span>
        </p>
      </Show>
      <StepFacts step={props.step} />
    </>
  )
}

function Settled(props: { readonly step: Step; readonly verdict: Step['verdict'] }): JSX.Element {
  const session = useSession()
  const what = () =>
    t('tickets.detail.settles', t(`records.step.${props.step.action}`), personName(session, props.step.actor))
  return (
    <p>
      {t(
        'tickets.detail.by',
        props.verdict === 'applies' ? t('tickets.detail.adopted') : t('tickets.detail.declined'),
        what(),
      )}
    </p>
  )
}

function Conflict(props: { readonly ticket: Ticket; readonly line: StepLine }): JSX.Element {
  const session = useSession()
  const { act } = useActs()
  const why = () => {
    const { step, stateThen } = props.line
    return step.from === stateThen
      ? t('tickets.detail.conflictNote')
      : t('tickets.detail.conflictWhy', t(`records.state.${step.from}`), t(`records.state.${stateThen}`))
  }
  const settle = (verdict: 'applies' | 'discarded'): void =>
    void act(
      { do: 'settleStep', ticket: props.ticket.id, step: props.line.step.id, verdict },
      t('tickets.detail.settled'),
    )
  return (
    <>
      <p class={styles.quiet}>{why()}</p>
      <Show
        when={mayStep(session.roles, 'settle')}
        fallback={<p class={styles.quiet}>{t('tickets.detail.leaderDecides')}</p>}
      >
        <div class={styles.verdict}>
          <Button onClick={() => settle('discarded')}>{t('tickets.detail.decline')}</Button>
          <Button onClick={() => settle('applies')}>{t('tickets.detail.adopt')}</Button>
        </div>
      </Show>
    </>
  )
}
