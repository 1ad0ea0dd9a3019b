/** What the relay tells before anyone signed in. */
import type { RelayAnswer } from '@tongge/protocol'

/** Undefined when the relay cannot be reached or answers anything else. */
export async function fetchRelay(): Promise<RelayAnswer | undefined> {
  try {
    const answer = await fetch('/api/relay', { signal: AbortSignal.timeout(8_000) })
    if (!answer.ok) return undefined
    const body: unknown = await answer.json()
    return isRelayAnswer(body) ? body : undefined
  } catch {
    return undefined
  }
}

function isRelayAnswer(body: unknown): body is RelayAnswer {
  if (typeof body !== 'object' || body === null || !('version' in body) || !('demo' in body)) return false
  const { demo } = body
  return demo === false || (typeof demo === 'object' && demo !== null && 'accounts' in demo && Array.isArray(demo.accounts))
}
