/** Times in words. */
import type { TermSetting } from '@tongge/model'
import { t } from '../../i18n/i18n.ts'
import type { TermInForce } from './edit-times.ts'

export function durationText({ count, unit }: TermSetting): string {
  return t(`settings.duration.${unit}`, count)
}

/** 响应 10 分钟 · 到场 30 分钟; only terms there are. */
export function termsText(terms: readonly TermInForce[]): string {
  return terms
    .flatMap(({ term, setting }) => (setting ? [`${t(`settings.term.${term}`)} ${durationText(setting)}`] : []))
    .join(' · ')
}
