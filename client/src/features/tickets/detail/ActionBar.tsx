/** What this person may do next: the main step under the thumb, the others in a sheet, each with the little form it needs. */
import { allowedSteps, type AllowedStep, type Ticket } from '@tongge/model'
import Ellipsis from 'lucide-solid/icons/ellipsis'
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { useSession } from '../../../session/use-session.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { List } from '../../../ui/List.tsx'
import { Row } from '../../../ui/Row.tsx'
import { useActs } from '../../ledger/record/use-acts.ts'
import { actionName } from './action-name.ts'
import styles from './detail.module.css'
import { splitSteps } from './main-steps.ts'
import { isOneTap } from './step-form.ts'
import { StepFormView } from './StepFormView.tsx'

export interface ActionBarProps {
  readonly ticket: Ticket
}

export function ActionBar(props: ActionBarProps): JSX.Element {
  const session = useSession()
  const { act } = useActs()
  /** One sheet for menu and form: while it is open its content changes, it never closes and opens again. */
  const [sheet, setSheet] = createSignal<'menu' | AllowedStep>()
  // The sheet itself must not notice that its content changes.
  const isOpen = createMemo(() => sheet() !== undefined)
  const steps = createMemo(() => splitSteps(props.ticket, allowedSteps(props.ticket, session.context().actor)))
  const name = (step: AllowedStep) => actionName(step.action, props.ticket.state)
  const choose = (step: AllowedStep): void => {
    if (!isOneTap(step)) return void setSheet(step)
    setSheet(undefined)
    const action = step.action as Exclude<AllowedStep['action'], 'submit' | 'settle'>
    act({ do: 'takeStep', ticket: props.ticket.id, action }, t('tickets.act.done', name(step)))
  }
  const form = () => {
    const open = sheet()
    return open === 'menu' ? undefined : open
  }
  const title = () => {
    const step = form()
    return step ? name(step) : t('tickets.act.actions')
  }
  return (
    <>
      <Show when={steps().others.length > 0}>
        <Button
          wide={steps().main === undefined}
          icon={<Ellipsis size="1.25rem" aria-hidden="true" />}
          aria-haspopup="dialog"
          onClick={() => setSheet('menu')}
        >
          {t('tickets.act.more')}
        </Button>
      </Show>
      <Show when={steps().main}>
        {(step) => (
          <Button kind="primary" class={styles.main ?? ''} onClick={() => choose(step())}>
            {name(step())}
          </Button>
        )}
      </Show>
      <Dialog open={isOpen()} title={title()} shape="sheet" onClose={() => setSheet(undefined)}>
        <Show
          when={form()}
          keyed
          fallback={
            <List>
              <For each={steps().others}>
                {(step) => (
                  <Row
                    title={name(step)}
                    detail={
                      step.to === props.ticket.state
                        ? t('tickets.act.stays')
                        : t('tickets.act.to', t(`records.state.${step.to}`))
                    }
                    onClick={() => choose(step)}
                  />
                )}
              </For>
            </List>
          }
        >
          {(step) => (
            <StepFormView ticket={props.ticket} step={step} name={name(step)} onClose={() => setSheet(undefined)} />
          )}
        </Show>
      </Dialog>
    </>
  )
}
