/** A guard that takes everything, and asks for a receipt of each edit of one document, as the running relay does for steps. */
import { createPathReader } from '@tongge/crdt'
import { writeReceipts } from '../../sync-server/src/guard/write-receipts.ts'
import type { Guard } from '../../sync-server/src/ports.ts'

export function receiving(meeting: string): Guard {
  let reader = createPathReader()
  return {
    judge(document, update) {
      const outcome = document === meeting ? reader.read(update) : undefined
      const changes = outcome?.ok ? outcome.value.changes : []
      return { allowed: true, received: changes.flatMap(({ path: [root, edit] }) => (root === 'edits' && edit) || []) }
    },
    opened(document, content) {
      if (document !== meeting) return
      reader = createPathReader()
      for (const update of content) reader.open(update)
    },
    admitted(document, update) {
      if (document === meeting) reader.open(update)
    },
    receipts: writeReceipts,
  }
}
