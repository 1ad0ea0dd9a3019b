/** A document that nobody grants any more leaves this device, after what waited in it was told. */
import type { GridCode, RecordId } from '@tongge/model'
import { unmarkWhole, type Vault } from '@tongge/sync'
import { Doc } from 'yjs'
import { localName, type OpenDocument } from './open-documents.ts'
import type { RefusedEdit } from './session.ts'
import { keepPhotos } from './settle-copies.ts'
import type { ToldEdits } from './told-edits.ts'

interface Parts {
  readonly vault: Pick<Vault, 'left' | 'unsent' | 'remove' | 'set' | 'forgetKept'>
  readonly told: ToldEdits
  /** Those this account works in. */
  readonly grids: readonly string[]
  readonly newId: () => RecordId
  readonly now: () => number
  readonly isOver: () => boolean
}

/** Answers how many edits had waited in it. */
export async function leaveDocument(document: OpenDocument, parts: Parts): Promise<number> {
  const { vault, told, grids, newId, now, isOver } = parts
  await document.loaded
  const { name, parsed, doc } = document
  const { photosOnlyHere, tellOf } = await import('./write-again.ts')
  const grid = 'grid' in parsed ? (parsed.grid as GridCode) : undefined
  const isOut = grid !== undefined && !grids.includes(grid)
  const common = {
    document: localName(parsed),
    at: now(),
    reason: isOut ? ('movedOut' as const) : ('notAllowed' as const),
    ...(grid && { grid }),
  }
  const edits: RefusedEdit[] = []
  let waited = 0
  const tell = async (held: Doc, waiting: readonly { readonly update: Uint8Array }[]): Promise<void> => {
    if (waiting.length === 0) return
    waited += waiting.length
    const updates = waiting.map(({ update }) => update)
    if (parsed.kind === 'photos') {
      const kept = await keepPhotos(photosOnlyHere(held, undefined), told, newId(), common)
      edits.push({ ...kept, ...common })
    } else for (const one of tellOf(held, parsed, updates)) edits.push({ ...one, ...common, id: newId() })
  }
  const copies = (await vault.left()).filter((copy) => copy.document === name)
  const unsent = (await vault.unsent()).filter((edit) => edit.document === name)
  await tell(
    doc,
    unsent.filter((edit) => !copies.some((copy) => copy.name === edit.copy)),
  )
  for (const copy of copies) {
    const held = new Doc()
    await copy.load(held)
    await tell(held, copy.edits)
    held.destroy()
  }
  if (waited > 0 && edits.length === 0) edits.push({ ...common, id: newId(), lines: [] })
  // That one is out is said once, however many documents it was.
  const isSaid = (await told.read()).some((edit) => edit.reason === 'movedOut' && edit.grid === grid)
  if (edits.length === 0 && isOut && !isSaid) edits.push({ ...common, id: newId(), lines: [] })
  if (isOver()) return 0
  await told.add(edits)
  if (isOut) for (const kept of ['view', 'draft']) await vault.forgetKept(`${kept}/${grid}`)
  await document.close()
  await vault.remove(name)
  await unmarkWhole(vault, name)
  return waited
}
