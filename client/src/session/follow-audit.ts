/**
 * Keeps the last signed head of the relay's audit log that this device saw, and checks that the next one goes on from it. A head that does
 * not is kept beside it until the person has read so; both are then set aside as evidence.
 */
import type { AuditProofAnswer } from '@tongge/protocol'
import {
  decodeHash,
  doubtOf,
  headBytes,
  needsProof,
  parseHead,
  type Doubt,
  type SignedHead,
} from '@tongge/protocol/audit'
import { setAuditDoubt } from './audit-doubt.ts'

const headKey = 'tongge.audit-head'
const doubtKey = 'tongge.audit-doubt'
const evidenceKey = 'tongge.audit-evidence'

interface Doubted {
  readonly doubt: Doubt
  readonly head: SignedHead
}

/** What stands in the way of trusting the log, if anything; a relay that cannot be asked changes nothing. */
export async function followAudit(): Promise<Doubt | undefined> {
  const standing = readDoubt()
  setAuditDoubt(standing?.doubt)
  if (standing) return standing.doubt
  const offered = parseHead(await ask('/api/audit/head'))
  if (!offered) return undefined
  const doubt = await judge(parseHead(read(headKey)), offered)
  if (doubt === 'unknown') return undefined
  if (doubt) write(doubtKey, { doubt, head: offered } satisfies Doubted)
  else write(headKey, offered)
  setAuditDoubt(doubt)
  return doubt
}

/** The person has read of it: from here on the log is followed as it is now. */
export function acknowledgeDoubt(): void {
  const standing = readDoubt()
  if (standing) {
    write(evidenceKey, { known: read(headKey), ...standing })
    write(headKey, standing.head)
    localStorage.removeItem(doubtKey)
  }
  setAuditDoubt(undefined)
}

async function judge(known: SignedHead | undefined, offered: SignedHead): Promise<Doubt | undefined | 'unknown'> {
  if ((await isSigned(offered)) === false) return 'badSignature'
  if (!known) return undefined
  if (!needsProof(known, offered)) return doubtOf(known, offered, [])
  const answer = await ask(`/api/audit/proof/consistency?earlier=${known.size}&later=${offered.size}`)
  if (answer === undefined) return 'unknown'
  const proof = answer === 'refused' ? undefined : (answer as AuditProofAnswer).proof
  return doubtOf(known, offered, Array.isArray(proof) ? proof : undefined)
}

/** Undefined where the browser does not know the signature; the log is followed all the same. */
async function isSigned(head: SignedHead): Promise<boolean | undefined> {
  try {
    const key = await crypto.subtle.importKey('raw', plain(decodeHash(head.key)), 'Ed25519', false, ['verify'])
    return await crypto.subtle.verify('Ed25519', key, plain(decodeHash(head.signature)), plain(headBytes(head)))
  } catch {
    return undefined
  }
}

/** `refused` when the relay says that it cannot show this; undefined when it says nothing for now. */
async function ask(path: string): Promise<unknown> {
  try {
    const response = await fetch(path, { credentials: 'same-origin' })
    if (response.ok) return await response.json()
    return response.status === 400 || response.status === 404 ? 'refused' : undefined
  } catch {
    return undefined
  }
}

function readDoubt(): Doubted | undefined {
  const value = read(doubtKey)
  if (typeof value !== 'object' || value === null || !('doubt' in value) || !('head' in value)) return undefined
  const head = parseHead(value.head)
  return head && { doubt: value.doubt as Doubt, head }
}

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null')
  } catch {
    return undefined
  }
}

function write(key: string, value: object): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // No room for 300 bytes: the light says more about that than this could.
  }
}

function plain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}
