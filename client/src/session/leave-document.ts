/** A document that nobody grants any more leaves this device, after what waited in it was told and put on its way to the leaders of its grid. */
import type { GridCode, RecordId } from '@tongge/model'
import { unmarkWhole, type Vault } from '@tongge/sync'
import { Doc } from 'yjs'
import { canHandOver } from './can-hand-over.ts'
import { localName, type OpenDocument } from './open-documents.ts'
import { leftKinds, type LeftKind, type RefusedEdit } from './session.ts'
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

type Waiting = Pick<Awaited<ReturnType<Vault['unsent']>>[number], 'update' | 'subjects'>

/** The same for the same edits: whatever breaks off before they are gone from here tells, and hands over, nothing twice. */
async function idOf(document: string, record: string, updates: readonly Uint8Array[]): Promise<RecordId> {
  const parts = [new TextEncoder().encode(`${document} ${record}\n`), ...updates]
  const hash = await crypto.subtle.digest('SHA-256', new Uint8Array(await new Blob(parts.map(plain)).arrayBuffer()))
  const text = btoa(String.fromCharCode(...new Uint8Array(hash, 0, 15)))
  return text.replaceAll('+', '-').replaceAll('/', '_') as RecordId
}

function plain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
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
  /** Rows of histories go with the edits they tell of, which wait elsewhere. */
  let isSaid = true
  const tell = async (held: Doc, waiting: readonly Waiting[]): Promise<void> => {
    if (waiting.length === 0) return
    waited += waiting.length
    const isOfTickets = waiting.some(({ subjects }) => subjects.some((one) => one.startsWith('ticket/')))
    if (parsed.kind === 'work' ? isOfTickets : parsed.kind !== 'journal') isSaid = false
    const updates = waiting.map(({ update }) => update)
    if (parsed.kind === 'photos') {
      const id = await idOf(name, '', updates)
      edits.push({ ...(await keepPhotos(photosOnlyHere(held, undefined), told, id, common)), ...common })
      return
    }
    for (const one of tellOf(held, parsed, updates))
      edits.push({ ...one, ...common, id: await idOf(name, one.lines[0]?.id ?? '', updates) })
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
  if (!isSaid && edits.length === 0) edits.push({ ...common, id: newId(), lines: [] })
  if (isOver()) return 0
  // Nobody here can see to it any more: the leaders of the grid are asked without being told to.
  await told.add(edits.map((edit) => (canHandOver(edit) ? { ...edit, handover: { state: 'asked' as const } } : edit)))
  if (grid !== undefined) await told.leave(leftKind(parsed.kind), { ...common, id: newId() })
  if (isOut) for (const kept of ['view', 'draft', 'syncs']) await vault.forgetKept(`${kept}/${grid}`)
  await document.close()
  await vault.remove(name)
  await unmarkWhole(vault, name)
  return waited
}

function leftKind(kind: string): LeftKind {
  return leftKinds.find((known) => known === kind) ?? 'other'
}
