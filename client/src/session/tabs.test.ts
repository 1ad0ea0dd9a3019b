import { expect, test } from 'vitest'
import { takeSeat, type OtherTabs, type Seat } from './tabs.ts'

/** The locks of this process are those of a browser: https://www.w3.org/TR/web-locks/. */
const { locks } = navigator
let accounts = 0

function openTabs() {
  const account = `account${++accounts}`
  return async (document: string, grid = 'g'): Promise<{ readonly seat: Seat; readonly others: OtherTabs }> => {
    let others: OtherTabs | undefined
    const choose = async (seen: OtherTabs): Promise<readonly string[]> => {
      others = seen
      return [document]
    }
    const seat = await takeSeat({ account, grid, locks, choose })
    return { seat, others: others ?? { isAlone: false, documents: [] } }
  }
}

async function settled(promise: Promise<unknown>): Promise<boolean> {
  let isSettled = false
  void promise.then(() => (isSettled = true))
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  return isSettled
}

test('[GEN9] a tab that opens is told what the others work in, and after they left that it is alone', async () => {
  const open = openTabs()
  const first = await open('ledger')
  const second = await open('ledger/g2')
  expect([first.others, second.others]).toEqual([
    { isAlone: true, documents: [] },
    { isAlone: false, documents: ['ledger'] },
  ])
  await Promise.all([first.seat.leave(), second.seat.leave()])
  const third = await open('ledger/g2')
  expect(third.others.isAlone).toBe(true)
  await third.seat.leave()
})

test('[GEN9] tabs go over once all of the grid are ready, and whoever opens anew waits for the others to have left', async () => {
  const open = openTabs()
  const [one, other, elsewhere] = [await open('ledger'), await open('ledger'), await open('x', 'another grid')]
  const first = one.seat.ready()
  expect(await settled(first)).toBe(false)
  const second = other.seat.ready()
  expect(await first).toBe(true)
  await one.seat.leave()
  const again = open('ledger/g2')
  expect(await second).toBe(true)
  expect(await settled(again)).toBe(false)
  await other.seat.leave()
  expect((await again).others.documents).toEqual(['x'])
  await Promise.all([(await again).seat.leave(), elsewhere.seat.leave()])
})

test('[GEN9] a tab that opened while others waited to go over is waited for the next time', async () => {
  const open = openTabs()
  const [busy, waiting] = [await open('ledger'), await open('ledger')]
  const first = waiting.seat.ready()
  expect(await settled(first)).toBe(false)
  const late = await open('ledger')
  await busy.seat.leave()
  expect(await first).toBe(true)
  await waiting.seat.leave()
  const again = await open('ledger/g2')
  expect(again.others.documents).toEqual(['ledger'])
  const second = again.seat.ready()
  expect(await settled(second)).toBe(false)
  await late.seat.leave()
  expect(await second).toBe(true)
  await again.seat.leave()
})

test('[GEN9] a tab that is closed while it waits does not go over, and holds up nobody', async () => {
  const open = openTabs()
  const [one, other] = [await open('ledger'), await open('ledger')]
  const first = one.seat.ready()
  await one.seat.leave()
  expect(await first).toBe(false)
  expect(await other.seat.ready()).toBe(true)
  await other.seat.leave()
})

test('[GEN9] where there are no locks each tab goes over by itself', async () => {
  const choose = async ({ isAlone }: OtherTabs): Promise<readonly string[]> => (isAlone ? ['alone'] : [])
  const seat = await takeSeat({ account: 'a', grid: 'g', locks: undefined, choose })
  expect(await seat.ready()).toBe(true)
})
