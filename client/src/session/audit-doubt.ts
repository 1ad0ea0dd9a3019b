/** Whether the relay's audit log goes on from what this device saw of it. What finds that out is loaded later. */
import { createSignal } from 'solid-js'
import type { Doubt } from '@tongge/protocol/audit'

export const [auditDoubt, setAuditDoubt] = createSignal<Doubt>()
