/** withdraw-app and return-app: the way out where a service worker on people's devices went wrong. */
import type { Accounts } from '../accounts/accounts.ts'
import { withdrawnNote } from '../http/withdrawn-worker.ts'
import type { Outcome } from './run-admin.ts'

/** A running relay goes by it from the next request on. */
export async function withdrawApp(accounts: Accounts, isWithdrawn: boolean): Promise<Outcome> {
  await accounts.setNote(withdrawnNote, isWithdrawn ? 'yes' : 'no')
  return {
    ok: true,
    lines: [
      isWithdrawn
        ? 'the app is withdrawn: devices drop its service worker and what that kept, within an hour or when it is next opened; what people wrote stays on them. Until return-app it opens with a network only'
        : 'the app is back: devices keep it again from when it is next opened',
    ],
  }
}
