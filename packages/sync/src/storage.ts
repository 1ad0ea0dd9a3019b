/** What the browser promises about this origin's storage. Values, never a throw. */

export type Persistence = 'granted' | 'refused' | 'unsupported'

/** Asks once the person has something to lose: browsers grant it by use and by installation. */
export async function askPersistence(
  storage: Partial<Pick<StorageManager, 'persist' | 'persisted'>> | undefined,
): Promise<Persistence> {
  if (!storage?.persist || !storage.persisted) return 'unsupported'
  try {
    return (await storage.persisted()) || (await storage.persist()) ? 'granted' : 'refused'
  } catch {
    return 'refused'
  }
}

export interface StorageRoom {
  readonly used: number
  readonly quota: number
  /** `warn` from 70 % on, `full` from 95 % on. */
  readonly room: 'plenty' | 'warn' | 'full'
}

/** Bytes by the browser's own estimate; undefined where it gives none. */
export async function storageEstimate(
  storage: Partial<Pick<StorageManager, 'estimate'>> | undefined,
): Promise<StorageRoom | undefined> {
  try {
    const { usage, quota } = (await storage?.estimate?.()) ?? {}
    if (usage === undefined || !quota) return undefined
    const share = usage / quota
    return { used: usage, quota, room: share >= 0.95 ? 'full' : share >= 0.7 ? 'warn' : 'plenty' }
  } catch {
    return undefined
  }
}
