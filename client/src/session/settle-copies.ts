/**
 * Deals with what waited in a copy that was fetched anew. What is to become of it is written down before any of it is done, so that
 * whatever breaks off in between goes on from there and nothing is done twice.
 */
import type { AccountId, GridCode, RecordId, Role } from '@tongge/model'
import type { LeftCopy, Vault } from '@tongge/sync'
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs'
import { localName, type OpenDocument } from './open-documents.ts'
import type { RefusedEdit } from './session.ts'
import type { ToldEdits } from './told-edits.ts'

interface Parts {
  readonly vault: Pick<Vault, 'keep' | 'recall' | 'get' | 'set'>
  readonly account: AccountId
  readonly rolesIn: (grid: string | undefined) => readonly Role[]
  readonly told: ToldEdits
  readonly newId: () => RecordId
  readonly now: () => number
}

interface Plan {
  readonly ids: readonly string[]
  readonly told: readonly RefusedEdit[]
  readonly legal: readonly { readonly update: readonly number[]; readonly subjects: readonly string[] }[]
}

/** What is refused again so soon after it was written again would be for ever. */
const tooSoon = 10 * 60_000

export async function settleCopy(copy: LeftCopy, document: OpenDocument, parts: Parts): Promise<void> {
  const { vault, told } = parts
  const { vault: own } = document
  if (!own || copy.edits.length === 0) return
  const key = `rewritten/${copy.name}`
  const plan = (await recallPlan(vault, key)) ?? (await planFor(copy, document, parts))
  if (!plan) return
  await vault.keep(key, new TextEncoder().encode(JSON.stringify(plan)))
  for (const { update, subjects } of plan.legal)
    applyUpdate(document.doc, new Uint8Array(update), { local: true, subjects })
  await own.durable()
  if (plan.told.length > 0) await told.add(plan.told)
  await vault.set(`renewed/${copy.document}`, parts.now())
  await copy.done(plan.ids)
  await vault.keep(key, undefined)
  told.announce()
}

async function recallPlan(vault: Pick<Vault, 'recall'>, key: string): Promise<Plan | undefined> {
  const bytes = await vault.recall(key)
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as Plan)
}

async function planFor(
  copy: LeftCopy,
  document: OpenDocument,
  { vault, account, rolesIn, told, newId, now }: Parts,
): Promise<Plan | undefined> {
  const { documentShape, photosOnlyHere, replay, tellOf } = await import('./write-again.ts')
  const { parsed, doc, relay } = document
  const grid = 'grid' in parsed ? parsed.grid : undefined
  const shape = documentShape(parsed.kind, 'quarter' in parsed ? parsed.quarter : undefined)
  if (!shape) return undefined
  const before = await vault.get(`renewed/${copy.document}`)
  const isAgain = typeof before === 'number' && Math.abs(now() - before) < tooSoon
  const updates = copy.edits.map(({ update }) => update)
  const base = encodeStateAsUpdate(doc)
  const mayWrite = relay.write && !isAgain
  const outcome = replay({ kind: parsed.kind, shape, account, roles: rolesIn(grid), mayWrite, base, edits: updates })
  const common = { document: localName(parsed), at: now(), ...(grid !== undefined && { grid: grid as GridCode }) }
  const refused: RefusedEdit[] = []
  if (parsed.kind !== 'photos')
    for (const edit of outcome.refused)
      refused.push({ ...edit, ...(isAgain && { reason: 'again' as const }), ...common, id: newId() })
  if (outcome.torn.length > 0 || (parsed.kind === 'photos' && outcome.refused.length > 0)) {
    const held = new Doc()
    await copy.load(held)
    const torn = outcome.torn.flatMap((edit) => updates[edit] ?? [])
    if (parsed.kind === 'photos') refused.push(await keepPhotos(photosOnlyHere(held, doc), told, newId(), common))
    else if (torn.length > 0) {
      const lines = tellOf(held, parsed, torn)
      for (const one of lines) refused.push({ ...one, ...common, reason: 'torn', id: newId() })
      if (lines.length === 0) refused.push({ ...common, reason: 'torn', id: newId(), lines: [] })
    }
    held.destroy()
  }
  return {
    ids: copy.edits.map(({ id }) => id),
    told: refused,
    legal: outcome.legal.map(({ edit, update }) => ({
      update: [...update],
      subjects: copy.edits[edit]?.subjects ?? [],
    })),
  }
}

export async function keepPhotos(
  photos: readonly Uint8Array[],
  told: ToldEdits,
  id: RecordId,
  common: Pick<RefusedEdit, 'document' | 'at'>,
): Promise<RefusedEdit> {
  for (const [index, jpeg] of photos.entries()) await told.keepPhoto(id, index, jpeg)
  return { ...common, id, reason: 'notAllowed', lines: [], photos: photos.length }
}
