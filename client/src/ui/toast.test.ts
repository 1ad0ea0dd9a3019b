import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { shownToasts, toast } from './toast.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.runAllTimers()
  vi.useRealTimers()
})

const shown = (): readonly string[] => shownToasts().map(({ text }) => text)

test('[APP23] what was only said gives way to the next thing said once it could be read; what can be acted on stays', () => {
  toast('已保存在本机')
  toast('已可离线使用')
  expect(shown()).toEqual(['已保存在本机', '已可离线使用'])
  vi.advanceTimersByTime(2_000)
  toast('已删除', { label: '撤销', run: () => undefined })
  expect(shown()).toEqual(['已保存在本机', '已可离线使用', '已删除'])
  toast('已同步')
  expect(shown()).toEqual(['已删除', '已同步'])
  vi.advanceTimersByTime(6_000)
  expect(shown()).toEqual([])
})
