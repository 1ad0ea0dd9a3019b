/** Fields that every record has (domain.md §2 "Every record"). Creation and change stamps are not fields: documents keep them with each value. */
import type { FieldTable } from '../field.ts'

export const baseFields = {
  gridCode: { code: 'gc', type: 'gridCode', class: 'internal', zh: '网格编码', en: 'Grid code' },
  source: { code: 'src', type: 'code', list: 'SOURCE', class: 'internal', zh: '来源', en: 'Source' },
  verifyState: { code: 'vs', type: 'code', list: 'VERIFY', class: 'internal', zh: '核实状态', en: 'Verification' },
  status: { code: 'st', type: 'code', list: 'STATUS', class: 'internal', zh: '状态', en: 'Status' },
  effectiveFrom: { code: 'ef', type: 'day', class: 'internal', zh: '生效日期', en: 'Effective from' },
  effectiveTo: { code: 'et', type: 'day', class: 'internal', zh: '失效日期', en: 'Effective to' },
  purpose: { code: 'pu', type: 'text', max: 100, class: 'internal', zh: '收集目的', en: 'Purpose' },
  legalBasis: { code: 'lb', type: 'code', list: 'LEGAL_BASIS', class: 'internal', zh: '依据', en: 'Legal basis' },
  retentionUntil: { code: 'ru', type: 'day', class: 'internal', zh: '保存期限', en: 'Retain until' },
  remark: { code: 'rk', type: 'text', max: 500, class: 'personal', zh: '备注', en: 'Remark' },
} as const satisfies FieldTable
