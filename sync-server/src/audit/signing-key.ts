/** The key that signs heads: Ed25519, made at the first start, in a file of the data folder that only its owner may read. */
import { headBytes, type SignedHead } from '@tongge/protocol/audit'
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

export interface SigningKey {
  /** Raw, base64url. */
  readonly publicKey: string
  sign(head: Omit<SignedHead, 'key' | 'signature'>): SignedHead
}

/** Throws when the file is there and is no such key. */
export function openSigningKey(file: string): SigningKey {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519')
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx', flush: true })
  }
  return signingKey(createPrivateKey(readFileSync(file)))
}

export function signingKey(privateKey: KeyObject): SigningKey {
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('the key of the audit log is not an Ed25519 key')
  const publicKey = createPublicKey(privateKey).export({ format: 'jwk' }).x ?? ''
  return {
    publicKey,
    sign: (head) => ({
      ...head,
      key: publicKey,
      signature: sign(null, headBytes(head), privateKey).toString('base64url'),
    }),
  }
}

/** Whether the head was signed with the key that it names. */
export function isSigned(head: SignedHead): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: head.key }, format: 'jwk' })
    return verify(null, headBytes(head), key, Buffer.from(head.signature, 'base64url'))
  } catch {
    return false
  }
}
