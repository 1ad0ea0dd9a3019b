import { expect, it } from 'vitest'
import type { ProviderStatus } from './provider.ts'
import { deriveSyncLight, type DerivedSyncLight, type SyncLightInput } from './sync-light.ts'

const starting: ProviderStatus = { state: 'starting' }
const current: ProviderStatus = { state: 'current' }
const behind: ProviderStatus = { state: 'behind', pending: 1 }
const offline: ProviderStatus = { state: 'offline', pending: 0 }
const offlineBehind: ProviderStatus = { state: 'offline', pending: 2 }
const full: ProviderStatus = { state: 'failed', reason: 'quota', pending: 1 }
const forbidden: ProviderStatus = { state: 'failed', reason: 'forbidden', pending: 0 }
const online = { state: 'online' } as const
const stopped = { state: 'stopped', reason: 'signedOut' } as const

const rows: readonly (readonly [string, SyncLightInput, DerivedSyncLight])[] = [
  [
    'everything is everywhere',
    { disks: [current, current], relays: [current, current], link: online },
    { light: 'synced', connection: 'online' },
  ],
  [
    'the relay lacks an edit',
    { disks: [current], relays: [behind], link: online },
    { light: 'saved', connection: 'online' },
  ],
  [
    'one of two documents is behind',
    { disks: [current, current], relays: [current, behind], link: online },
    { light: 'saved', connection: 'online' },
  ],
  [
    'the network is gone and nothing waits',
    { disks: [current], relays: [offline], link: { state: 'offline' } },
    { light: 'saved', connection: 'offline' },
  ],
  [
    'the network is gone and edits wait',
    { disks: [current], relays: [offlineBehind], link: { state: 'connecting' } },
    { light: 'saved', connection: 'connecting' },
  ],
  [
    'the disk has not confirmed yet',
    { disks: [behind], relays: [behind], link: online },
    { light: 'unsaved', connection: 'online' },
  ],
  [
    'the relay was faster than the disk',
    { disks: [behind], relays: [current], link: online },
    { light: 'unsaved', connection: 'online' },
  ],
  [
    'the disk is full',
    { disks: [current, full], relays: [current, current], link: online },
    { light: 'unsaved', connection: 'online', problem: 'quota' },
  ],
  [
    'the disk is full and the session over',
    { disks: [full], relays: [forbidden], link: stopped },
    { light: 'unsaved', connection: 'stopped', problem: 'quota' },
  ],
  [
    'the session is over',
    { disks: [current], relays: [{ state: 'failed', reason: 'signedOut', pending: 0 }], link: stopped },
    { light: 'saved', connection: 'stopped', problem: 'signedOut' },
  ],
  [
    'the relay refuses a document',
    { disks: [current, current], relays: [current, forbidden], link: online },
    { light: 'saved', connection: 'online', problem: 'forbidden' },
  ],
  [
    'nothing is loaded yet',
    { disks: [starting], relays: [starting], link: { state: 'connecting' } },
    { light: 'saved', connection: 'connecting' },
  ],
  ['no document is open', { disks: [], relays: [], link: online }, { light: 'saved', connection: 'online' }],
]

it.each(rows)('[LIGHT1] when %s', (_title, input, light) => {
  expect(deriveSyncLight(input)).toEqual(light)
})
