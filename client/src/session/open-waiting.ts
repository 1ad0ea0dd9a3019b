/** Opens what is not shown and yet concerns this session: edits that still wait, of other grids too, and documents that nobody grants any more. */
import type { DocumentGrant } from '@tongge/protocol'
import type { Vault } from '@tongge/sync'
import { strangersAmong, type OpenDocument } from './open-documents.ts'

interface Parts {
  readonly vault: Pick<Vault, 'unsent' | 'documents'>
  /** Names of the documents that are or will be shown. */
  readonly shown: ReadonlySet<string>
  readonly granted: readonly DocumentGrant[]
  readonly documents: readonly OpenDocument[]
  readonly open: (grants: readonly DocumentGrant[]) => readonly OpenDocument[]
  readonly follow: (document: OpenDocument) => void
  readonly openBeside: (name: string) => OpenDocument | undefined
}

/** Answers those that nobody grants. */
export async function openWaiting(parts: Parts): Promise<readonly OpenDocument[]> {
  const { vault, shown, granted, documents, open, follow, openBeside } = parts
  const waiting = new Set((await vault.unsent().catch(() => [])).map(({ document: name }) => name))
  for (const name of shown) waiting.delete(name)
  const strangers = strangersAmong(await vault.documents().catch(() => []), granted)
  // A photo may have been looked at already.
  const isOpen = (name: string): boolean => documents.some((one) => one.name === name)
  for (const one of documents) if (waiting.has(one.name)) follow(one)
  open([...waiting].filter((name) => !isOpen(name)).map((name) => ({ name, write: true })))
  for (const name of strangers) if (!isOpen(name)) openBeside(name)
  return documents.filter(({ name }) => strangers.includes(name))
}
