/** A member with a phone and the leader of the grid at a desk, who share a household; and what an administrator makes of their roles. */
import type { GridCode, Role } from '@tongge/model'
import { openAccounts } from '../../sync-server/src/stores.ts'
import { firstHousehold, lightSays, signIn } from './flows.ts'
import { edit } from './person.ts'
import { openDevice, startRelay, type Device, type Relay } from './stage.ts'

export interface Team {
  readonly relay: Relay
  /** Of 林晓燕, `member01`. */
  readonly phone: Device
  /** Of 周建平, `leader01`. */
  readonly desk: Device
  /** Path of a household whose telephone is 19900000001. */
  readonly home: string
  close(): Promise<void>
}

export async function openTeam(): Promise<Team> {
  const relay = await startRelay()
  const [phone, desk] = await Promise.all([openDevice('phone'), openDevice('desktop')])
  await signIn(phone, relay.url, '林晓燕')
  await signIn(desk, relay.url, '周建平')
  await Promise.all([phone, desk].map(({ page }) => lightSays(page, '已同步')))
  const home = await firstHousehold(desk.page)
  await edit(desk.page, home, '联系电话', '19900000001')
  await lightSays(desk.page, '已同步')
  return {
    relay,
    phone,
    desk,
    home,
    close: async () => {
      await Promise.all([phone.close(), desk.close()])
      await relay.close()
    },
  }
}

/** As an administrator does it, who then starts the relay anew. `grid` is another one than before. */
export async function reassign(relay: Relay, account: string, role: Role, grid?: string): Promise<void> {
  const accounts = openAccounts(relay.data)
  const known = await accounts.find(account)
  const held = await accounts.assignments(account)
  if (!known) throw new Error(`no ${account}`)
  const scope = grid !== undefined && { scope: { level: 'grid', grid: grid as GridCode } as const }
  await accounts.save(
    [known],
    held.map((one) => ({ ...one, role, ...scope })),
    'import-staff',
  )
  await accounts.close()
  await relay.kill()
  await relay.restart()
}
