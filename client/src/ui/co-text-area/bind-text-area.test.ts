// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { bindTextArea, type SharedText } from './bind-text-area.ts'
import type { TextDelta } from './text-change.ts'

const openText = (
  start: string,
): SharedText & {
  readonly remote: (at: number, remove: number, insert: string) => void
  readonly listeners: Set<unknown>
} => {
  let value = start
  const listeners = new Set<(delta: readonly TextDelta[]) => void>()
  const splice = (at: number, remove: number, insert: string): void => {
    value = value.slice(0, at) + insert + value.slice(at + remove)
  }
  return {
    listeners,
    value: () => value,
    splice,
    onRemote: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    remote: (at, remove, insert) => {
      splice(at, remove, insert)
      for (const listener of listeners) listener([{ retain: at }, { remove }, { insert }])
    },
  }
}

const typeInto = (area: HTMLTextAreaElement, value: string, caret: number): void => {
  area.value = value
  area.setSelectionRange(caret, caret)
  area.dispatchEvent(new Event('input'))
}

test('[LED21] words that others write during a composition are kept, and so are the composed ones', () => {
  const area = document.createElement('textarea')
  const text = openText('今天')
  const unbind = bindTextArea(area, text)
  area.dispatchEvent(new Event('compositionstart'))
  typeInto(area, '今天ni', 4)
  text.remote(0, 0, 'YY')
  expect(area.value).toBe('今天ni')
  area.value = '今天你'
  area.setSelectionRange(3, 3)
  area.dispatchEvent(new Event('compositionend'))
  expect(text.value()).toBe('YY今天你')
  expect(area.value).toBe('YY今天你')
  expect(area.selectionStart).toBe(5)
  unbind()
})

test('[LED21] the caret stays with its word when others write before it', () => {
  const area = document.createElement('textarea')
  const text = openText('甲乙丙')
  const unbind = bindTextArea(area, text)
  area.setSelectionRange(2, 3)
  text.remote(0, 1, '开头')
  expect(area.value).toBe('开头乙丙')
  expect([area.selectionStart, area.selectionEnd]).toEqual([3, 4])
  unbind()
})

test('[LED21] unbinding writes an open composition and stops listening', () => {
  const area = document.createElement('textarea')
  const text = openText('')
  const unbind = bindTextArea(area, text)
  area.dispatchEvent(new Event('compositionstart'))
  typeInto(area, '未完', 2)
  unbind()
  expect(text.value()).toBe('未完')
  expect(text.listeners.size).toBe(0)
})
