/** 请网格长处理: one tap and one confirmation; afterwards how far it is, and what became of it. */
import { createSignal, Show, type JSX } from 'solid-js'
import { momentText } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import { canHandOver } from '../../session/can-hand-over.ts'
import type { Handover, RefusedEdit } from '../../session/session.ts'
import { useSession } from '../../session/use-session.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './refused.module.css'

export function AskLeader(props: { readonly edit: RefusedEdit; readonly leaders: readonly string[] }): JSX.Element {
  const session = useSession()
  const [isSure, setSure] = createSignal(false)
  /** Who leads the grid can make the change as well as take it in. */
  const isOwn = () => props.edit.grid === session.grid && session.roles.includes('gridLeader')
  return (
    <Show when={!props.edit.handover && canHandOver(props.edit) && !isOwn()}>
      <div class={styles.ask}>
        <Show
          when={isSure()}
          fallback={
            <Button wide onClick={() => setSure(true)}>
              {t('refused.ask')}
            </Button>
          }
        >
          <p>{t('refused.askSure', props.leaders.join(t('refused.comma')))}</p>
          <div class={styles.buttons}>
            <Button kind="quiet" onClick={() => setSure(false)}>
              {t('refused.askNot')}
            </Button>
            <Button kind="primary" onClick={() => void session.handOver(props.edit.id)}>
              {t('refused.askNow')}
            </Button>
          </div>
        </Show>
      </div>
    </Show>
  )
}

/** Announced when it changes. */
export function HandoverState(props: { readonly handover: Handover | undefined }): JSX.Element {
  const session = useSession()
  return (
    <p class={styles.state} role="status">
      {props.handover && stateText(props.handover, session.context().now)}
    </p>
  )
}

function stateText(handover: Handover, now: number): string {
  switch (handover.state) {
    case 'asked':
      return t('refused.handover.asked')
    case 'waiting':
      return t('refused.handover.waiting')
    case 'adopted':
      return t('refused.handover.adopted', handover.by, momentText(handover.at, now))
    case 'discarded':
      return t('refused.handover.discarded', handover.by, momentText(handover.at, now))
    case 'refused':
      return t(`refused.handover.${handover.reason}`)
  }
}
