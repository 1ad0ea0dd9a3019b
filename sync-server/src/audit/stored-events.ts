/** What is told of each thing that the log of updates stores. */
import type { AuditEvent } from '@tongge/protocol/audit'
import { hash } from 'node:crypto'
import type { LoggedUpdate } from '../ports.ts'

export function editOf({ document, account, update }: LoggedUpdate, sequence: number): AuditEvent & { type: 'edit' } {
  return { type: 'edit', account, document, sequence, hash: contentHash(update) }
}

export function foldOf(document: string, snapshot: Uint8Array, through: number): AuditEvent & { type: 'fold' } {
  return { type: 'fold', document, through, hash: contentHash(snapshot) }
}

/** SHA-256 in base64url. */
export function contentHash(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'base64url')
}
