/** Both ends of 请网格长处理 on one device: what this person gives to the leaders, and what they get as one. */
import type { AccountId, GridCode, Role } from '@tongge/model'
import type { SetTimer, Vault } from '@tongge/sync'
import { createHandingOver } from './handing-over.ts'
import { createLeaderInbox } from './leader-inbox.ts'
import type { Session } from './session.ts'
import type { ToldEdits } from './told-edits.ts'

export interface Handovers extends Pick<Session, 'handOver' | 'handedOver'> {
  /** Once the documents are open. */
  begin(): void
  dispose(): void
}

interface Parts {
  readonly told: Pick<ToldEdits, 'read' | 'mark'>
  readonly vault: Pick<Vault, 'keep' | 'recall'>
  readonly account: AccountId
  readonly grid: GridCode
  readonly roles: readonly Role[]
  readonly device: () => string
  readonly dispatch: Session['dispatch']
  readonly setTimer: SetTimer
}

export function createHandovers(parts: Parts): Handovers {
  const handing = createHandingOver(parts)
  const inbox = createLeaderInbox({ ...parts, isLeader: parts.roles.includes('gridLeader') })
  return {
    handOver: handing.ask,
    handedOver: inbox,
    begin: () => {
      handing.look()
      inbox.look()
    },
    dispose: () => {
      handing.dispose()
      inbox.dispose()
    },
  }
}
