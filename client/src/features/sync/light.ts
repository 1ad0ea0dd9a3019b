/** The three-state sync light in words and tone. */
import type { FailureReason } from '@tongge/sync'
import { t } from '../../i18n/i18n.ts'
import type { SyncLight } from '../../session/session.ts'

export type LightTone = 'calm' | 'notice' | 'danger'

/** Being offline with nothing waiting is no cause for concern: work goes on. */
export function lightTone(light: SyncLight): LightTone {
  if (light.light === 'unsaved') return 'danger'
  return light.problem === undefined && (light.light === 'synced' || waitingCount(light) === 0) ? 'calm' : 'notice'
}

export function waitingCount(light: SyncLight): number {
  return Object.values(light.waiting).reduce((sum, count) => sum + count, 0)
}

/** A few characters for the app bar. */
export function lightShort(light: SyncLight): string {
  if (light.light === 'unsaved') return t('sync.short.unsaved')
  if (light.light === 'synced') return t('sync.short.synced')
  const count = waitingCount(light)
  if (count > 0) return t('sync.short.waiting', count)
  return t(
    light.connection === 'connecting'
      ? 'sync.short.connecting'
      : light.connection === 'online'
        ? 'sync.short.saved'
        : 'sync.short.offline',
  )
}

export function lightTitle(light: SyncLight): string {
  if (light.light === 'unsaved') return t('sync.title.unsaved')
  return light.light === 'synced' ? t('sync.title.synced') : t('sync.title.saved')
}

export function lightText(light: SyncLight): string {
  if (light.light === 'unsaved') return t('sync.text.unsaved')
  if (light.light === 'synced') return t('sync.text.synced')
  if (waitingCount(light) === 0) return t('sync.text.checking')
  return light.connection === 'online' ? t('sync.text.sending') : t('sync.text.saved')
}

/** What waits, in human units: `3 户 · 2 人 · 1 工单`; empty when nothing does. */
export function waitingText(light: SyncLight): string {
  const { households, people, tickets, photos, others } = light.waiting
  return [
    households > 0 ? t('sync.unit.households', households) : '',
    people > 0 ? t('sync.unit.people', people) : '',
    tickets > 0 ? t('sync.unit.tickets', tickets) : '',
    photos > 0 ? t('sync.unit.photos', photos) : '',
    others > 0 ? t('sync.unit.others', others) : '',
  ]
    .filter((text) => text !== '')
    .join(t('sync.unit.separator'))
}

export function problemTitle(problem: FailureReason): string {
  return t(`sync.problem.${problem}.title`)
}

export function problemText(problem: FailureReason): string {
  return t(`sync.problem.${problem}.text`)
}
