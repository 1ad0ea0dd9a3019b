/** The form of one step: what it needs, its problems beside the fields, and the button that takes it. */
import type { AllowedStep, Ticket, TicketState } from '@tongge/model'
import { createSignal, onMount, Show, untrack, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { useDirty } from '../../../pwa/dirty.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { refusalText, useActs } from '../../ledger/record/use-acts.ts'
import styles from './detail.module.css'
import { createStepForm } from './step-form.ts'
import { StepFieldsView } from './StepFieldsView.tsx'

export interface StepFormViewProps {
  readonly ticket: Ticket
  readonly step: AllowedStep
  readonly name: string
  readonly onClose: () => void
}

export function StepFormView(props: StepFormViewProps): JSX.Element {
  const { tryAct } = useActs()
  const form = untrack(() => createStepForm(props.ticket, props.step))
  const [refusal, setRefusal] = createSignal('')
  let root: HTMLDivElement | undefined
  useDirty(() => form.isDirty())
  onMount(() => {
    // The row that led here is gone, and the focus with it: without one inside, no key reaches the sheet.
    if (document.activeElement === null || document.activeElement === document.body)
      root?.closest<HTMLElement>('[role="dialog"]')?.focus()
  })
  const take = (): void => {
    setRefusal('')
    const answer = tryAct(
      { do: 'takeStep', ticket: props.ticket.id, ...form.input() },
      t('tickets.act.done', props.name),
    )
    if (answer.ok) return props.onClose()
    const { refusal } = answer
    if (refusal.reason === 'invalid') {
      form.place(refusal.problems)
      queueMicrotask(() => root?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
      return
    }
    setRefusal(
      refusal.reason === 'wrongState'
        ? t('tickets.act.wrongState', t(`records.state.${refusal.detail as TicketState}`))
        : refusalText(refusal),
    )
  }
  return (
    <div class={styles.form} ref={root}>
      <Show when={refusal()}>{(text) => <Banner tone="danger" title={text()} />}</Show>
      <StepFieldsView ticket={props.ticket} step={props.step} form={form} />
      <Button kind="primary" wide onClick={take}>
        {props.name}
      </Button>
    </div>
  )
}
