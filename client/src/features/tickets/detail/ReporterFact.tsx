/** The resident who reported it: shown to those whom it concerns, and written down by those who may. */
import { openStates, type Entry, type Ticket } from '@tongge/model'
import Phone from 'lucide-solid/icons/phone'
import { createSignal, For, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import { ConflictNotice } from '../../ledger/record/RecordNotices.tsx'
import { mayNameReporter, maySeeReporter, reporterOf } from '../reporter-view.ts'
import styles from './detail.module.css'
import { Fact } from './Fact.tsx'
import { ReporterDialog } from './ReporterDialog.tsx'

export function ReporterFact(props: { readonly ticket: Ticket }): JSX.Element {
  const session = useSession()
  const [isWriting, setWriting] = createSignal(false)
  const entry = (): Entry | undefined => session.store.entries[props.ticket.id]
  const known = () => reporterOf(props.ticket, entry(), session.roles)
  const mayWrite = (): boolean => mayNameReporter(session.roles)
  const isHidden = (): boolean => {
    const { reporterName, reporterPhone } = props.ticket.birth
    return !maySeeReporter(session.roles) && (reporterName !== undefined || reporterPhone !== undefined)
  }
  const isAsked = (): boolean => mayWrite() && openStates.includes(props.ticket.state)
  return (
    <>
      <Fact name={t('tickets.detail.reporter')} given={known() || isHidden() || isAsked() ? '+' : ''}>
        <Show when={!isHidden()} fallback={<span class={styles.quiet}>{t('tickets.detail.reporterHidden')}</span>}>
          <span class={styles.reporter}>
            <Show when={known()?.name}>{(name) => <span>{name()}</span>}</Show>
            <Show when={known()?.phone}>
              {(phone) => (
                <a class={styles.call} href={`tel:${phone()}`} aria-label={t('tickets.detail.call', phone())}>
                  <Phone size="1rem" aria-hidden="true" />
                  {phone()}
                </a>
              )}
            </Show>
            <Show when={mayWrite()}>
              <button type="button" class={styles.inline} onClick={() => setWriting(true)}>
                {t(known() ? 'tickets.detail.reporterChange' : 'tickets.detail.reporterAdd')}
              </button>
            </Show>
          </span>
        </Show>
      </Fact>
      <For each={entry()?.conflicts}>
        {(conflict) => <Show when={entry()}>{(found) => <ConflictNotice entry={found()} conflict={conflict} />}</Show>}
      </For>
      <Show when={isWriting()}>
        <ReporterDialog ticket={props.ticket} onClose={() => setWriting(false)} />
      </Show>
    </>
  )
}
