/** A co-edited text for as long as the calling component lives. */
import type { CoTextAddress } from '@tongge/crdt'
import { createMemo, onCleanup, type Accessor } from 'solid-js'
import type { CoText } from './session.ts'
import { useSession } from './use-session.ts'

/** Undefined while its document is not open on this device. Opened once: whoever types keeps the same text. */
export function useText(of: CoTextAddress): Accessor<CoText | undefined> {
  const session = useSession()
  let text: CoText | undefined
  onCleanup(() => text?.dispose())
  return createMemo(() => (text ??= session.openText(of)))
}
