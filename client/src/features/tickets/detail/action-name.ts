/** What an action is called, before it is taken and after; to dispatch again is 改派. */
import type { StepAction, TicketState } from '@tongge/model'
import { t } from '../../../i18n/i18n.ts'

/** On a button. */
export function actionName(action: StepAction, from: TicketState): string {
  return isAgain(action, from) ? t('tickets.act.redispatch') : t(`tickets.act.do.${action}`)
}

/** In a timeline. */
export function stepName(action: StepAction, from: TicketState): string {
  return isAgain(action, from) ? t('tickets.act.redispatched') : t(`records.step.${action}`)
}

function isAgain(action: StepAction, from: TicketState): boolean {
  return action === 'dispatch' && from === 'assigned'
}
