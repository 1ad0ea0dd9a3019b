/** Who works on which device. */
import type { AccountId, Role } from '@tongge/model'

/** Some of them have a second device. */
const people = 3

export interface Person {
  readonly account: AccountId
  readonly roles: readonly Role[]
}

export function personOn(device: string): Person {
  const number = Number(device.slice(1)) % people
  return { account: `a${number}` as AccountId, roles: [number % 2 === 0 ? 'gridLeader' : 'gridMember'] }
}
