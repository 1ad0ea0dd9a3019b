/** 冲突步骤: a step taken on a ticket that had moved on meanwhile. A leader says whether it counts. */
import { mayStep, timeOfStep, type Step, type Ticket } from '@tongge/model'
import { Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session/use-session.ts'
import { Button } from '../../ui/Button.tsx'
import { Row } from '../../ui/Row.tsx'
import { useActs } from '../ledger/record/use-acts.ts'
import styles from './conflicts.module.css'
import { StampLine } from './StampLine.tsx'

export function StepCard(props: { readonly ticket: Ticket; readonly step: Step }): JSX.Element {
  const session = useSession()
  const acts = useActs()
  const action = () => t(`records.step.${props.step.action}`)
  const settle = (verdict: 'applies' | 'discarded') =>
    acts.act(
      { do: 'settleStep', ticket: props.ticket.id, step: props.step.id, verdict },
      t('conflicts.settled', action()),
    )
  const maySettle = () => mayStep(session.roles, 'settle', { ticket: props.ticket, account: session.account })
  return (
    <article class={styles.card}>
      <Row
        title={<strong>{props.ticket.birth.title}</strong>}
        detail={`${props.ticket.birth.no} · ${t(`records.state.${props.ticket.state}`)}`}
        href={paths.ticket(props.ticket.id)}
      />
      <section class={styles.field} aria-label={t('conflicts.step')}>
        <h2 class={styles.label}>{t('conflicts.step')}</h2>
        <div class={styles.rival}>
          <p class={styles.value}>{action()}</p>
          <Show when={props.step.note}>{(note) => <p>{note()}</p>}</Show>
          <StampLine
            stamp={{ at: timeOfStep(props.ticket, props.step).at, by: props.step.actor, device: props.step.device }}
          />
          <p class={styles.why}>
            {t('conflicts.stepWhy', t(`records.state.${props.step.from}`), t(`records.state.${props.ticket.state}`))}
          </p>
        </div>
        <Show when={maySettle()} fallback={<p class={styles.why}>{t('conflicts.leaderOnly')}</p>}>
          <div class={styles.buttons}>
            <Button onClick={() => settle('discarded')}>{t('conflicts.discardStep')}</Button>
            <Button onClick={() => settle('applies')}>{t('conflicts.applyStep')}</Button>
          </div>
        </Show>
      </section>
    </article>
  )
}
