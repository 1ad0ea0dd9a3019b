/** Puts the demo into empty stores, grid by grid; what an interrupted start left out is added by the next. */
import { dayOf, isDay, type Day, type Instant } from '@tongge/model'
import { formatDocumentName } from '@tongge/protocol'
import type { Accounts } from '../accounts/accounts.ts'
import { hashPassword } from '../accounts/passwords.ts'
import type { UpdateLog } from '../ports.ts'
import { demoSeed, firstBuildingId, makeGrid } from './grid.ts'
import { demoGridDetails, demoStaffDetails } from './organisation.ts'
import { demoPlaces } from './places.ts'
import { createRandom } from './random.ts'
import { demoPassword, demoStaff, teamOf } from './staff.ts'
import { writeGrid } from './write-grid.ts'

export type DemoInstallation =
  | { readonly ok: true; readonly made: number }
  | { readonly ok: false; readonly problem: string }

const dayNote = 'demoDay'

/** Whether these stores hold a demo, which everybody can sign in to. */
export async function holdsDemo(accounts: Accounts): Promise<boolean> {
  return (await accounts.note(dayNote)) !== undefined
}

/** `onProgress` hears of each grid made. Refuses stores that hold anything else. */
export async function installDemo(
  size: 'community' | 'street',
  accounts: Accounts,
  log: UpdateLog,
  now: Instant,
  onProgress: (done: number, all: number) => void,
): Promise<DemoInstallation> {
  const noted = await accounts.note(dayNote)
  if (noted === undefined && ((await accounts.all()).length > 0 || (await log.documents()).length > 0)) {
    return {
      ok: false,
      problem:
        'the data folder is in use, so no demo is added to it; set TONGGE_DEMO=none, or TONGGE_DATA to an empty folder',
    }
  }
  const today: Day = noted !== undefined && isDay(noted) ? noted : dayOf(now)
  await accounts.setNote(dayNote, today)
  const places = demoPlaces(size)
  const stored = new Set(await log.documents())
  const communityName = new Map(places.communities.map(({ code, name }) => [code.toString(), name]))
  const missing = [...places.grids.entries()].filter(
    ([, { code }]) => !stored.has(formatDocumentName({ kind: 'ledger', grid: code })),
  )
  if (missing.length === 0) return { ok: true, made: 0 }

  await accounts.saveTerritory({ streets: [places.street], communities: places.communities, grids: places.grids })
  const random = createRandom(demoSeed)
  for (const [done, [index, grid]] of missing.entries()) {
    const content = makeGrid(grid, index, communityName.get(grid.code.slice(0, 12)) ?? '', today)
    const team = teamOf(index)
    const details = demoGridDetails({ grid, index, team, content, random: random.branch(`organisation ${grid.code}`) })
    await accounts.saveTerritory({
      grids: [{ ...grid, details }],
      buildings: content.buildings.map(({ id, name }) => ({ grid: grid.code, id, name })),
    })
    const documents = writeGrid(grid.code, content)
    const sequences = await log.append(documents.map(({ document, update }) => ({ document, update, account: 'demo' })))
    for (const [order, { document, update }] of documents.entries())
      await log.compact(document, update, sequences[order] ?? 0)
    onProgress(done + 1, missing.length)
  }
  const staff = demoStaff(places, firstBuildingId(0), random.branch('staff'))
  const passwordHash = await hashPassword(demoPassword)
  await accounts.save(
    staff.people.map(({ account, name }) => ({ account, name, passwordHash, disabled: false })),
    staff.assignments,
    'demo',
    demoStaffDetails(staff.assignments, today, random.branch('staff details')),
  )
  return { ok: true, made: missing.length }
}
