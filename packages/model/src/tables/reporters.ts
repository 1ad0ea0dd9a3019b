/**
 * Who reported a ticket 反映人: a record that bears the ticket's id. It rests in the sensitive document, since the ticket itself reaches
 * people whom its reporter does not concern (domain.md §4).
 */
import type { FieldTable } from '../field.ts'

export const reporterFields = {
  name: { code: 'qn', type: 'text', max: 40, class: 'personal', zh: '反映人', en: 'Reported by' },
  phone: { code: 'qp', type: 'phone', class: 'personal', zh: '反映人电话', en: 'Their telephone' },
} as const satisfies FieldTable
