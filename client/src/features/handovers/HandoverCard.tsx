/** One edit of somebody else: whose, on which record, before and after, and what a leader makes of it. What cannot be written now says why and stays. */
import type { Refusal } from '@tongge/model'
import { createSignal, Show, type JSX } from 'solid-js'
import { momentText } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import type { HandedOver } from '../../session/leader-inbox.ts'
import { useSession } from '../../session/use-session.ts'
import { Button } from '../../ui/Button.tsx'
import { Row } from '../../ui/Row.tsx'
import { toast } from '../../ui/toast.ts'
import { refusalText } from '../ledger/record/use-acts.ts'
import { copyEdit } from '../refused/copy-edit.ts'
import { EditLines } from '../refused/EditLines.tsx'
import { LettingGo } from '../refused/LettingGo.tsx'
import { linesOfEdit, subjectOf, subjectPath } from '../refused/refused-lines.ts'
import styles from './handovers.module.css'

export function HandoverCard(props: { readonly edit: HandedOver }): JSX.Element {
  const session = useSession()
  const [refusal, setRefusal] = createSignal<Refusal>()
  const subject = () => subjectOf(session.store, props.edit)
  const href = () => subjectPath(session.store, subject())
  const now = () => session.context().now
  const adopt = (): void => {
    const answer = session.handedOver.adopt(props.edit.id)
    setRefusal(answer.ok ? undefined : answer.refusal)
    if (!answer.ok) return
    void answer.saved.then(
      () => toast(t('handovers.adopted')),
      () => toast(t('ledger.notSaved')),
    )
  }
  const discard = (): void =>
    void session.handedOver.discard(props.edit.id).then(
      () => toast(t('handovers.discarded')),
      () => toast(t('ledger.notSaved')),
    )
  return (
    <article class={styles.card}>
      <Row title={<strong>{subject().title}</strong>} detail={subject().detail} href={href()} />
      <div class={styles.body}>
        <p class={styles.by}>
          <strong>{props.edit.authorName}</strong>
          <span>{t('handovers.written', momentText(props.edit.writtenAt, now()), props.edit.device)}</span>
        </p>
        <EditLines lines={linesOfEdit(session.store, props.edit, now(), true)} />
        <Show when={refusal()}>
          {(why) => (
            <p class={styles.why} role="alert">
              {t('handovers.cannot', whyText(why()))}
            </p>
          )}
        </Show>
        <LettingGo
          label={t('handovers.discard')}
          question={t('handovers.sure', props.edit.authorName)}
          no={t('handovers.keep')}
          yes={t('handovers.discardNow')}
          onYes={discard}
        >
          <Show when={refusal()}>
            <Button onClick={() => void copyEdit(session, props.edit)}>{t('refused.copy')}</Button>
          </Show>
          <Button onClick={adopt}>{t('handovers.adopt')}</Button>
        </LettingGo>
      </div>
    </article>
  )
}

function whyText(refusal: Refusal): string {
  return refusal.reason === 'wrongState' && refusal.detail === 'byHand' ? t('handovers.byHand') : refusalText(refusal)
}
