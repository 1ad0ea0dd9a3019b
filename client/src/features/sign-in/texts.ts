/** Sign-in refusals in words. */
import { roles, type Role } from '@tongge/model'
import { lengthText } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import type { SignInRefusal } from '../../session/account.ts'

export function signInRefusalText(refusal: SignInRefusal): string {
  const wait = lengthText(Math.max(60, refusal.retryAfter ?? 60) * 1000)
  switch (refusal.reason) {
    case 'wrongPassword':
      return t('signIn.wrongPassword')
    case 'tooManyTries':
      return t('signIn.tooManyTries', wait)
    case 'offline':
      return t('signIn.offline')
    case 'unavailable':
      return t('signIn.unavailable')
    case 'forbidden':
      return t('signIn.forbidden')
    case 'badRequest':
    case 'signedOut':
    case 'notFound':
    case 'tooLarge':
    case 'conflict':
    case 'invalid':
      return t('signIn.failed', refusal.reason)
  }
}

export function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text)
}
