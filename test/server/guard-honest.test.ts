import { roles } from '@tongge/model'
import { expect, test } from 'vitest'
import { applyUpdate, Doc, getState } from 'yjs'
import { createGuard } from '../../sync-server/src/guard/guard.ts'
import { writeReceipts } from '../../sync-server/src/guard/write-receipts.ts'
import type { Logger } from '../../sync-server/src/ports.ts'
import { createRandomSource } from '../support/random-source.ts'
import { names, type Name } from './guard-stage.ts'
import { createColleague } from './guard-team.ts'

const first = Number(process.env['TONGGE_SEED'] ?? 1)
const seeds = Math.min(Number(process.env['TONGGE_SEEDS'] ?? 60), 2000)
const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined }

test('[GUARD13] whatever the app lets people of all roles do, on- and offline, in any order, the guard takes', () => {
  const done = new Map<string, number>()
  for (let seed = first; seed < first + seeds; seed++) runStory(seed, done)
  // The stories must have something to tell.
  for (const what of [
    'addRecord',
    'editRecord',
    'addNote',
    'deleteRecord',
    'restoreRecord',
    'mergeRecords',
    'reportTicket',
    'takeStep',
    'reveal',
    'type',
    'undo',
    'redo',
  ])
    expect([what, done.get(what) ?? 0]).not.toEqual([what, 0])
})

/** The relay's own. */
const ownClient = 4_000_000_000
/** Those who write most. */
const busy = ['gridMember', 'gridMember', 'gridMember', 'gridLeader', 'community', 'volunteer', 'volunteer'] as const

function runStory(seed: number, done: Map<string, number>): void {
  const random = createRandomSource(seed)
  let time = Date.parse('2026-11-20T00:00:00Z')
  let ids = 0
  const world = { random, now: () => (time += 1000), newId: () => `r${++ids}` as never }
  const guard = createGuard({ logger: silent })
  const relay: Readonly<Record<Name, Doc>> = {
    ledger: new Doc(),
    diary: new Doc(),
    sensitive: new Doc(),
    work: new Doc(),
    journal: new Doc(),
    notes: new Doc(),
  }
  const all = Object.keys(names) as Name[]
  for (const name of all) guard.opened?.(names[name], [], true)
  const team = [...roles, ...busy].map((role, number) =>
    createColleague(role, number < roles.length ? 0 : number, world),
  )
  const take = (name: Name, update: Uint8Array): void => {
    guard.admitted?.(names[name], update)
    applyUpdate(relay[name], update)
  }
  const meet = (colleague: (typeof team)[number]): void => {
    for (const name of all) {
      const update = colleague.news(name, relay[name])
      if (update) {
        const verdict = guard.judge(names[name], update, { account: colleague.account, roles: [colleague.role] })
        expect([seed, colleague.role, name, verdict]).toMatchObject([seed, colleague.role, name, { allowed: true }])
        take(name, update)
        const received = (verdict.allowed && verdict.received) || []
        const receipts = received.map((of) => ({ of, received: time, lastContact: undefined }))
        if (receipts.length > 0) take(name, writeReceipts(receipts, ownClient, getState(relay[name].store, ownClient)))
      }
      colleague.hear(name, relay[name])
    }
  }
  for (let step = 0; step < 400; step++) {
    const colleague = random.pick(team)
    const what = colleague.act()
    if (what) done.set(what, (done.get(what) ?? 0) + 1)
    if (random.chance(0.2)) meet(colleague)
  }
  for (const colleague of team) meet(colleague)
  const steps = ['10', '11', '12'].flatMap((month) => relay.work.getArray(`steps/2026-${month}`).toArray())
  expect([seed, relay.work.getMap('receipts').size]).toEqual([seed, steps.length])
}
