/** What a door says of itself: who lives there, masked, and how the last knock went. */
import { codeList, dayOf, doorOnWall, labelOf, type Instant, type RosterDoor } from '@tongge/model'
import { dayText } from '../../i18n/format.ts'
import { language, t } from '../../i18n/i18n.ts'

/** As notes name it. */
export function doorName(door: RosterDoor): string {
  return doorOnWall(door)
}

export function householdsText({ households, state }: RosterDoor): string {
  if (households.length === 0) return t(`ledger.doorState.${state}`)
  const names = households.map(({ name }) => name ?? t('notes.noHead'))
  return [
    ...names,
    t(
      'ledger.doorPeople',
      households.reduce((sum, { people }) => sum + people, 0),
    ),
  ].join(' · ')
}

export function phoneText({ households }: RosterDoor): string {
  return households.flatMap(({ phone }) => phone ?? []).join(' · ')
}

export function knockText({ knock }: RosterDoor, now: Instant): string {
  if (!knock) return ''
  const outcome = knock.outcome === undefined ? '' : label('VISIT_OUTCOME', knock.outcome)
  return [dayText(dayOf(knock.at), dayOf(now)), outcome].filter(Boolean).join(' ')
}

/** How often to knock, in words; '' where nothing is planned. */
export function ruleText({ households }: RosterDoor): string {
  const strictest = codeList('VISIT_RULE').find(({ code }) => households.some(({ rule }) => rule === code))
  return strictest ? label('VISIT_RULE', strictest.code) : ''
}

function label(list: 'VISIT_OUTCOME' | 'VISIT_RULE', code: string): string {
  return labelOf(list, code, language() === 'en' ? 'en' : 'zh')
}
