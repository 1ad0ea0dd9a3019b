/** A record that one person deleted while another, not knowing, edited it. */
import { maySettleDeletion, type Entry, type Stamp } from '@tongge/model'
import { Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { recordPath } from '../../paths.ts'
import { useSession } from '../../session/use-session.ts'
import { Button } from '../../ui/Button.tsx'
import { Row } from '../../ui/Row.tsx'
import { useActs } from '../ledger/record/use-acts.ts'
import { recordTitle } from '../records/record-title.ts'
import styles from './conflicts.module.css'
import { StampLine } from './StampLine.tsx'

export function DeletionCard(props: { readonly entry: Entry; readonly deletion: Stamp }): JSX.Element {
  const session = useSession()
  const acts = useActs()
  const name = () => recordTitle(session.store, props.entry.id)
  const maySettle = (keep: boolean): boolean => maySettleDeletion(session.context().actor, props.entry, keep)
  const settle = (keep: boolean) =>
    acts.act(
      { do: 'settleDeletion', id: props.entry.id, keep },
      keep ? t('conflicts.kept', name().title) : t('conflicts.deleted', name().title),
    )
  return (
    <article class={styles.card}>
      <Row
        title={<strong>{name().title}</strong>}
        detail={name().detail}
        href={recordPath(props.entry.kind, props.entry.id)}
      />
      <section class={styles.field} aria-label={t('conflicts.deletion')}>
        <h2 class={styles.label}>{t('conflicts.deletion')}</h2>
        <div class={styles.rivals}>
          <div class={styles.rival}>
            <p class={styles.value}>{t('conflicts.edited')}</p>
            <Show when={props.entry.unseen} fallback={<p class={styles.stamp}>{t('conflicts.someone')}</p>}>
              {(unseen) => <StampLine stamp={unseen()} />}
            </Show>
            <Show when={maySettle(true)}>
              <Button wide onClick={() => settle(true)}>
                {t('conflicts.keepRecord')}
              </Button>
            </Show>
          </div>
          <div class={styles.rival}>
            <p class={styles.value}>{t('conflicts.removed')}</p>
            <StampLine stamp={props.deletion} />
            <Show when={maySettle(false)}>
              <Button wide onClick={() => settle(false)}>
                {t('conflicts.confirmDeletion')}
              </Button>
            </Show>
          </div>
        </div>
        <Show when={!maySettle(true) && !maySettle(false)}>
          <p class={styles.why}>{t('conflicts.othersDecide')}</p>
        </Show>
      </section>
    </article>
  )
}
