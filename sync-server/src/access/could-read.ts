/** Whether somebody may, might once or will be able to read a document: what they wrote then is theirs to hand over. */
import type { DocumentName } from '@tongge/protocol'
import type { Assignment } from '../accounts/accounts.ts'
import { rightsTo } from './rights.ts'

/** `everHeld` holds roles of any day. */
export function couldRead(everHeld: readonly Assignment[], name: DocumentName): boolean {
  return rightsTo(everHeld, name).read
}
