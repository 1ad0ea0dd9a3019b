// @vitest-environment happy-dom
import type { Changes, Projection } from '@tongge/crdt'
import type { Snapshot } from '@tongge/model'
import { expect, test, vi } from 'vitest'
import { createManualClock } from '../../../test/support/fake-timers.ts'
import type { OpenGridStore } from './grid-store.ts'
import { createViewKeeper } from './keep-view.ts'

function open() {
  const clock = createManualClock()
  const shown = {} as Snapshot
  const told: ((changes: Changes) => void)[] = []
  const kept: string[] = []
  let version = 0
  const keeper = createViewKeeper({
    view: { recall: async () => undefined, keep: async (_, of) => void kept.push(of) },
    vault: { version: async () => String(version) },
    projection: { onChange: (listener) => (told.push(listener), () => undefined) } as Partial<Projection> as Projection,
    gridStore: { settled: async () => shown, store: { snapshot: () => shown } } as unknown as OpenGridStore,
    remembered: '0',
    isWhole: () => true,
    setTimer: clock.setTimer,
  })
  const change = (): void => {
    version++
    for (const tell of told) tell({ entries: new Set(), tickets: new Set(), received: new Set(), local: false })
  }
  const pass = async (milliseconds: number): Promise<void> => {
    clock.advance(milliseconds)
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { keeper, kept, change, pass }
}

test('[VIEW1] the view is kept ten seconds after the last change, and not again while nothing changes', async () => {
  const { keeper, kept, change, pass } = open()
  change()
  await pass(9_000)
  change()
  await pass(9_000)
  expect(kept).toEqual([])
  await pass(1_000)
  expect(kept).toEqual(['2'])
  keeper.keep()
  await pass(60_000)
  expect(kept).toEqual(['2'])
})

test('[VIEW1] out of sight the view is kept, but not by a page that is being left', async () => {
  const { kept, change, pass } = open()
  change()
  const hidden = vi.spyOn(document, 'hidden', 'get')
  for (const isStillThere of [false, true]) {
    hidden.mockReturnValue(true)
    document.dispatchEvent(new Event('visibilitychange'))
    await pass(100)
    expect(kept).toEqual([])
    hidden.mockReturnValue(isStillThere)
    await pass(500)
  }
  expect(kept).toEqual(['1'])
  hidden.mockRestore()
})
