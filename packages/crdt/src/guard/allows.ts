/** What the permission table says of one act. */
import { mayWrite, type DocumentClass, type Role } from '@tongge/model'
import { monthsOf } from '../layout.ts'
import type { Deed, DocumentShape } from './meaning.ts'

/** A step is taken in one role, which its author must hold; anything else in any of them. */
export function allows(roles: readonly Role[], kind: DocumentClass, { path, operation, role }: Deed): boolean {
  if (role && !roles.includes(role)) return false
  return mayWrite(role ? [role] : roles, kind, path, operation)
}

/** Undefined for documents in which people do not write, or not yet. */
export function documentShape(kind: DocumentClass, quarter?: string): DocumentShape | undefined {
  switch (kind) {
    case 'ledger':
    case 'sensitive':
    case 'diary':
    case 'notes':
    case 'photos':
      return { of: kind }
    case 'work':
    case 'journal':
      return { of: kind, months: monthsOf(quarter ?? '') }
    case 'org':
    case 'roster':
    case 'board':
    case 'meeting':
    case 'proposal':
      return undefined
  }
}
