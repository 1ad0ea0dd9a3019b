/** Who reported a ticket, over a whole relay, real sockets and files: it reaches nobody whom it does not concern. */
import { createProjection } from '@tongge/crdt'
import { foldTicket, createCalendar, plan, type Command, type GridCode, type RecordId, type Role } from '@tongge/model'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStores } from '../../sync-server/src/stores.ts'
import { firstGrid, silent, start } from './fixtures.ts'
import { documents, openRosterStage, write, type RosterStage } from './roster-stage.ts'

const quarter = '2026q4'
const work = `grid/${firstGrid}/work/${quarter}`
const phone = '13912345678'
const name = '欧阳秋月'
const outsiders = ['partTimeMember', 'department', 'street'] as const satisfies readonly Role[]
const calendar = createCalendar()

describe('who reported a ticket', () => {
  let stage: RosterStage
  beforeAll(async () => {
    stage = await openRosterStage(silent, ['gridMember', 'police', ...outsiders])
  })
  afterAll(() => stage.close())

  it('[ROLE8] what a grid member types reaches the leader and the police, and neither part-time members, departments nor the street, in nothing that is sent to them', async () => {
    const others = await Promise.all(outsiders.map((role) => stage.signIn(role.toLowerCase())))
    const works = await Promise.all(others.map((person) => person.open(work)))
    const [member, police] = await Promise.all([stage.signIn('gridmember'), stage.signIn('police')])
    const open = {
      sensitive: await member.open(documents.sensitive),
      work: new Map([[quarter, await member.open(work)]]),
    }
    const edits = plan(
      { grid: firstGrid as GridCode, entries: new Map(), trash: new Map(), tickets: new Map() },
      report,
      { actor: actorOf('gridmember', 'gridMember'), now: start, newId: () => 't1' as RecordId },
    )
    write(open, 'gridmember', edits.ok ? edits.value : expect.fail('refused'))
    const sensitive = await police.open(documents.sensitive)
    await expect.poll(() => [...sensitive.getMap('blobs').keys()]).toEqual(['t1'])
    const view = createProjection(
      { ledger: undefined, sensitive, work: new Map([[quarter, await police.open(work)]]), notes: new Map() },
      firstGrid as GridCode,
      { foldTicket: (steps) => foldTicket(steps, calendar) },
    ).snapshot()
    expect(view.entries.get('t1' as RecordId)?.fields).toEqual({ name, phone })
    expect(view.tickets.get('t1' as RecordId)?.birth.title).toBe('路灯不亮')

    for (const doc of works)
      await expect.poll(() => JSON.stringify(doc.getArray('steps/2026-11').toJSON())).toContain('路灯不亮')
    for (const person of others) {
      const received = Buffer.concat(person.received).toString('utf8')
      expect(received).toContain('路灯不亮')
      expect(received).not.toMatch(new RegExp(`${phone}|${name}`))
      expect((await person.session()).documents.map((grant) => grant.name)).not.toContain(documents.sensitive)
    }
    await stage.stop()
    const stores = openStores(stage.data)
    const holds = async (document: string): Promise<boolean> =>
      (await stores.log.read(document)).tail.some((row) => Buffer.from(row).includes(phone))
    expect([await holds(documents.sensitive), await holds(work), await holds(documents.ledger)]).toEqual([
      true,
      false,
      false,
    ])
    await stores.close()
  })
})

const report: Command = {
  do: 'reportTicket',
  birth: {
    source: 'resident',
    category: 'facility.repair',
    title: '路灯不亮',
    place: '1号楼',
    occurredAt: start,
    severity: 'normal',
    level: 'grid',
    visibility: 'public',
  },
  description: '',
  reporter: { name, phone },
}

function actorOf(account: string, role: Role) {
  return { account: account as never, roles: [role], device: 'd', grid: firstGrid as GridCode, buildings: [] }
}
