/** How many records and tickets of an account have edits that wait on this device, while nothing of it is open. */
import { openDeviceVault } from './device.ts'

export async function waitingEdits(account: string): Promise<number> {
  const { vault } = await openDeviceVault(account)
  try {
    return new Set((await vault.unsent()).flatMap(({ subjects }) => subjects)).size
  } finally {
    await vault.close()
  }
}
