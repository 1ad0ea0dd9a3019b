/**
 * Keeps one textarea and one shared text equal, also while an input method composes (拼音, 五笔, 手写).
 * During a composition nothing is written to the textarea, since that would break it off: the text of others waits and is merged in when it ends.
 */
import { changeBetween, shiftIndex, type TextDelta } from './text-change.ts'

/** A text that others may change at any moment. `onRemote` reports every change that did not come through this object's `splice`. */
export interface SharedText {
  value(): string
  splice(at: number, remove: number, insert: string): void
  onRemote(listener: (delta: readonly TextDelta[]) => void): () => void
}

/** Binds until the returned function is called; unwritten words of an open composition are then written first. */
export function bindTextArea(area: HTMLTextAreaElement, text: SharedText): () => void {
  /** What the textarea showed, without the person's unwritten change. */
  let base = text.value()
  let isComposing = false
  /** Deltas of others that the textarea does not show yet. */
  let waiting: (readonly TextDelta[])[] = []
  area.value = base

  const write = (): void => {
    const change = changeBetween(base, area.value, area.selectionEnd)
    let caret = shiftIndex(area.selectionEnd, waiting, 'before')
    if (change !== undefined) {
      const from = shiftIndex(change.at, waiting, 'before')
      const to = change.remove > 0 ? Math.max(from, shiftIndex(change.at + change.remove, waiting, 'before')) : from
      text.splice(from, to - from, change.insert)
      caret = from + change.insert.length
    }
    waiting = []
    show(caret, caret)
  }
  const show = (start: number, end: number): void => {
    base = text.value()
    if (area.value === base) return
    area.value = base
    area.setSelectionRange(start, end)
  }
  const onInput = (): void => {
    if (!isComposing) write()
  }
  const onCompositionStart = (): void => {
    isComposing = true
  }
  const onCompositionEnd = (): void => {
    isComposing = false
    write()
  }
  const unsubscribe = text.onRemote((delta) => {
    waiting.push(delta)
    if (isComposing) return
    const start = shiftIndex(area.selectionStart, waiting, 'before')
    const end = shiftIndex(area.selectionEnd, waiting, 'before')
    waiting = []
    show(start, end)
  })
  area.addEventListener('input', onInput)
  area.addEventListener('compositionstart', onCompositionStart)
  area.addEventListener('compositionend', onCompositionEnd)
  return () => {
    if (isComposing) write()
    unsubscribe()
    area.removeEventListener('input', onInput)
    area.removeEventListener('compositionstart', onCompositionStart)
    area.removeEventListener('compositionend', onCompositionEnd)
  }
}
