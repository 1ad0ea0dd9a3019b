import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openSqliteAccounts } from './accounts/sqlite-accounts.ts'
import { watchAccounts } from './watch-accounts.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('[ADMIN9] sockets are looked at again also when what follows a change cannot be done, and the change is tried once more', async () => {
  const accounts = openSqliteAccounts(':memory:')
  let now = Date.parse('2026-11-23T23:59:59+08:00')
  const logger = { info: () => undefined, warn: () => undefined, error: vi.fn<() => void>() }
  const recheck = vi.fn<() => Promise<void>>(async () => undefined)
  const onChange = vi.fn<() => Promise<void>>(async () => undefined).mockRejectedValueOnce(new Error('no room left'))
  const watch = await watchAccounts({ accounts, now: () => now, logger, recheck, onChange })
  now += 1000
  await vi.advanceTimersByTimeAsync(1000)
  expect(logger.error).toHaveBeenCalledOnce()
  expect(recheck).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(1000)
  expect(onChange).toHaveBeenCalledTimes(2)
  await watch.close()
  await accounts.close()
})
