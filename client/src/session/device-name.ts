/** What this device is called in histories; it can be called otherwise while edits go on. */
import type { Vault } from '@tongge/sync'
import { createSignal, type Accessor } from 'solid-js'

export interface DeviceName {
  readonly name: Accessor<string>
  /** What is written from then on bears it, in the same slot. Rejects where the device cannot keep it. */
  rename(wanted: string): Promise<void>
}

export function createDeviceName(vault: Pick<Vault, 'set'>, known: string): DeviceName {
  const [name, setName] = createSignal(known)
  return {
    name,
    rename: async (wanted) => {
      const label = wanted.trim()
      if (label === '' || label === name()) return
      await vault.set('device', label)
      setName(label)
    },
  }
}
