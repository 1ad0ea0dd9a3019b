/** Notes and knock results 笔记/敲门 that building leaders and volunteers add for their building. They may name a door, never a document number. */
import type { FieldTable } from '../field.ts'

export const noteFields = {
  building: {
    code: 'bd',
    type: 'ref',
    kind: 'building',
    class: 'internal',
    zh: '楼栋',
    en: 'Building',
    required: true,
  },
  noteType: { code: 'ty', type: 'code', list: 'NOTE_TYPE', class: 'internal', zh: '类型', en: 'Type', required: true },
  door: { code: 'dr', type: 'text', max: 20, class: 'internal', zh: '门牌', en: 'Door' },
  outcome: { code: 'oc', type: 'code', list: 'VISIT_OUTCOME', class: 'personal', zh: '敲门结果', en: 'Outcome' },
  curtain: { code: 'cu', type: 'code', list: 'CURTAIN', class: 'personal', zh: '窗帘', en: 'Curtain' },
  text: { code: 'tx', type: 'text', max: 2000, class: 'personal', zh: '内容', en: 'Text' },
  notedAt: { code: 'na', type: 'instant', class: 'internal', zh: '时间', en: 'Time', required: true },
  author: { code: 'au', type: 'text', max: 40, class: 'internal', zh: '作者', en: 'Author', required: true },
} as const satisfies FieldTable
