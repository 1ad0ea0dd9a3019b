/** What an action is called; to dispatch again is 改派. */
import type { StepAction, TicketState } from '@tongge/model'
import { t } from '../../../i18n/i18n.ts'

export function actionName(action: StepAction, from: TicketState): string {
  return action === 'dispatch' && from === 'assigned' ? t('tickets.act.redispatch') : t(`records.step.${action}`)
}
