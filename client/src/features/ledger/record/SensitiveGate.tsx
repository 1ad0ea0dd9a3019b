/**
 * Keeps what it wraps out of the page until the person says why it is needed and the device has that on disk. Closed again whenever the
 * page is left, and after a minute in which nobody could see it.
 */
import type { RecordId, RevealReason } from '@tongge/model'
import Eye from 'lucide-solid/icons/eye'
import EyeOff from 'lucide-solid/icons/eye-off'
import { createSignal, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import { Button } from '../../../ui/Button.tsx'
import { toast } from '../../../ui/toast.ts'
import { onceHidden } from './once-hidden.ts'
import styles from './record.module.css'
import { ReasonSheet } from './ReasonSheet.tsx'
import { RevealsRow } from './RevealsRow.tsx'
import { refusalText } from './use-acts.ts'
import { useRights } from './use-rights.ts'

/** Milliseconds out of sight after which it closes. */
const unseen = 60_000

export function SensitiveGate(props: {
  readonly id: RecordId
  /** Those that are shown when it opens. */
  readonly fields: readonly string[]
  /** Shown while closed, such as masked values. */
  readonly closed?: JSX.Element
  readonly children: JSX.Element
}): JSX.Element {
  const session = useSession()
  const rights = useRights()
  const [state, setState] = createSignal<'closed' | 'asking' | 'recording' | 'open'>('closed')
  const reveal = async (reason: RevealReason, note?: string): Promise<void> => {
    const { id, fields } = props
    const answer = session.dispatch({ do: 'reveal', id, fields, reason, ...(note !== undefined && { note }) })
    if (!answer.ok) {
      setState('closed')
      return toast(refusalText(answer.refusal))
    }
    setState('recording')
    try {
      await answer.saved
      setState('open')
    } catch {
      setState('closed')
      toast(t('ledger.sensitive.notRecorded'))
    }
  }
  onceHidden(unseen, () => setState('closed'))
  return (
    <>
      <Show when={state() === 'open'} fallback={props.closed}>
        {props.children}
      </Show>
      <div class={props.closed === undefined ? undefined : styles.gate}>
        <Show
          when={state() === 'open'}
          fallback={
            <Show when={rights.mayReveal()}>
              <Button
                icon={<Eye size="1.125rem" aria-hidden="true" />}
                disabled={state() === 'recording'}
                onClick={() => setState('asking')}
              >
                {t(state() === 'recording' ? 'ledger.sensitive.recording' : 'ledger.sensitive.show')}
              </Button>
            </Show>
          }
        >
          <Button icon={<EyeOff size="1.125rem" aria-hidden="true" />} onClick={() => setState('closed')}>
            {t('ledger.sensitive.hide')}
          </Button>
        </Show>
      </div>
      <Show when={props.closed !== undefined && rights.mayReadReveals()}>
        <RevealsRow id={props.id} shown={state()} />
      </Show>
      <ReasonSheet
        open={state() === 'asking'}
        onClose={() => state() === 'asking' && setState('closed')}
        onChosen={(reason, note) => void reveal(reason, note)}
      />
    </>
  )
}
