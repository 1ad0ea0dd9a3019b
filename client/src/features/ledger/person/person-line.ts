/** A person in one line: relation, sex, age. */
import { dayOf, labelOf, yearsBetween, type Entry, type Instant } from '@tongge/model'
import { language, t } from '../../../i18n/i18n.ts'

export function personLine(person: Entry<'person'>, now: Instant, isHead: boolean): string {
  const { kinToHead, sex } = person.fields
  const spoken = language() === 'en' ? 'en' : 'zh'
  return [
    isHead ? t('ledger.head') : kinToHead && labelOf('KIN', kinToHead, spoken),
    (sex === '1' || sex === '2') && labelOf('SEX', sex, spoken),
    ageText(person, now),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** Whole years; months below two years; '' when the birth date is not known. The age at death for the dead. */
export function ageText(person: Entry<'person'>, now: Instant): string {
  const { birthDate, deceasedOn } = person.fields
  if (birthDate === undefined) return ''
  const until = deceasedOn ?? dayOf(now)
  const years = yearsBetween(birthDate, until)
  return years >= 2 ? t('ledger.age', years) : t('ledger.months', Math.max(0, monthsBetween(birthDate, until)))
}

function monthsBetween(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split('-').map(Number)
  const [toYear = 0, toMonth = 0, toDay = 0] = to.split('-').map(Number)
  return (toYear - fromYear) * 12 + toMonth - fromMonth - (toDay < fromDay ? 1 : 0)
}
