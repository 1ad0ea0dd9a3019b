/** The worker that reads sheets and plans imports, so that the page stays awake whatever the file holds. */
import { handleImportMessage, noImport } from '@tongge/ledger-io'
import type { RecordId } from '@tongge/model'
import { serveImports } from './import-port.ts'

serveImports(globalThis, handleImportMessage, {
  first: noImport,
  newId: () => crypto.randomUUID() as string as RecordId,
})
