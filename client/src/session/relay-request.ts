/** One question to the relay over HTTP, and its answer or why there is none. */
import type { HttpRefusal } from '@tongge/protocol'

export type RelayReply<T> =
  | { readonly ok: true; readonly answer: T }
  | { readonly ok: false; readonly reason: HttpRefusal['reason'] | 'offline' }

export function askRelay<T>(address: string): Promise<RelayReply<T>> {
  return request(address)
}

export function sendToRelay<T>(address: string, body?: object): Promise<RelayReply<T>> {
  return request(address, {
    method: 'POST',
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
}

async function request<T>(address: string, init?: RequestInit): Promise<RelayReply<T>> {
  try {
    const response = await fetch(address, { credentials: 'same-origin', ...init })
    if (response.ok) return { ok: true, answer: (await response.json()) as T }
    const { reason } = (await response.json()) as HttpRefusal
    return { ok: false, reason }
  } catch {
    return { ok: false, reason: 'offline' }
  }
}
