/** What a step carries besides its author: words, people, times. */
import type { Step } from '@tongge/model'
import { For, Show, type JSX } from 'solid-js'
import { momentText } from '../../../i18n/format.ts'
import { t } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import { PhotoStrip } from '../../photos/PhotoStrip.tsx'
import { useTickets } from '../tickets-context.ts'
import { personName } from '../../records/people.ts'
import styles from './detail.module.css'

export function StepFacts(props: { readonly step: Step }): JSX.Element {
  const session = useSession()
  const { now } = useTickets()
  const facts = (): readonly string[] => {
    const { assignee, coAssignees = [], dueAt, level, parent, score } = props.step
    const into = parent === undefined ? undefined : (session.store.tickets[parent]?.birth.title ?? t('records.unknown'))
    return [
      assignee === undefined ? '' : t('tickets.detail.assignedTo', personName(session, assignee)),
      coAssignees.length === 0
        ? ''
        : t(
            'tickets.detail.helpedBy',
            coAssignees.map((account) => personName(session, account)).join(t('tickets.detail.comma')),
          ),
      dueAt === undefined ? '' : t('tickets.detail.newDue', momentText(dueAt, now())),
      level === undefined ? '' : t('tickets.detail.toLevel', t(`tickets.level.${level}`)),
      into === undefined ? '' : t('tickets.detail.into', into),
      score === undefined ? '' : t('tickets.detail.by', t('tickets.detail.score'), t(`tickets.act.scores.s${score}`)),
    ].filter(Boolean)
  }
  return (
    <>
      <For each={facts()}>{(fact) => <p>{fact}</p>}</For>
      <PhotoStrip photos={props.step.evidence ?? []} />
      <Show when={props.step.note}>{(note) => <p class={styles.said}>{note()}</p>}</Show>
    </>
  )
}
