/** A signed tree head: the relay's word for how long its audit log is and what it holds. */
import { fromBase64UrlEncoded, toBase64, toBase64UrlEncoded } from 'lib0/buffer'
import { encodeUtf8 } from 'lib0/string'
import type { TreeHead } from './tree.ts'

export interface SignedHead {
  /** Names the log, so that heads of two logs are never compared. */
  readonly log: string
  readonly size: number
  /** Base64url, as are key and signature. */
  readonly root: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** The public key, raw Ed25519. */
  readonly key: string
  readonly signature: string
}

/** What is signed: the body of a C2SP tlog-checkpoint, with the time as its extension line. */
export function headBytes({ log, size, root, at }: Omit<SignedHead, 'key' | 'signature'>): Uint8Array {
  return encodeUtf8(`tongge/${log}\n${size}\n${toBase64(decodeHash(root))}\ntime ${at}\n`)
}

export function treeHead({ size, root }: Pick<SignedHead, 'size' | 'root'>): TreeHead {
  return { size, root: decodeHash(root) }
}

export function encodeHash(bytes: Uint8Array): string {
  return toBase64UrlEncoded(bytes)
}

/** Empty for what is no base64url. */
export function decodeHash(text: string): Uint8Array {
  try {
    return fromBase64UrlEncoded(text)
  } catch {
    return new Uint8Array(0)
  }
}

/** A head as it came over the wire or out of a store; undefined for anything else. */
export function parseHead(value: unknown): SignedHead | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { log, size, root, at, key, signature } = value as Record<string, unknown>
  if (typeof log !== 'string' || typeof root !== 'string' || typeof key !== 'string' || typeof signature !== 'string')
    return undefined
  if (typeof size !== 'number' || typeof at !== 'number' || !Number.isSafeInteger(size) || size < 0) return undefined
  return { log, size, root, at, key, signature }
}
