/** Runs folds one after another in one worker thread, which lives only while there are any. */
import { Worker } from 'node:worker_threads'
import type { Fold, FoldAnswer, FoldTask } from './fold-worker.ts'

export interface Folder {
  /** One V1 snapshot of the same content, and what is sent of it; undefined when the fold failed or did not hold the same. Never rejects. */
  fold(updates: readonly Uint8Array[], partBytes: number): Promise<Fold | undefined>
  close(): Promise<void>
}

export function createFolder(): Folder {
  let worker: Worker | undefined
  let lastId = 0
  const settleById = new Map<number, (fold: Fold | undefined) => void>()

  const settle = (id: number, fold: Fold | undefined): void => {
    settleById.get(id)?.(fold)
    settleById.delete(id)
    if (settleById.size > 0) return
    void worker?.terminate()
    worker = undefined
  }

  const start = (): Worker => {
    const started = new Worker(new URL('./fold-worker.ts', import.meta.url))
    const fail = (): void => {
      if (worker !== started) return
      for (const id of settleById.keys()) settle(id, undefined)
    }
    started.on('message', ({ id, fold }: FoldAnswer) => settle(id, fold))
    started.on('error', fail)
    started.on('exit', fail)
    started.unref()
    return started
  }

  return {
    fold(updates, partBytes) {
      worker ??= start()
      const id = ++lastId
      const { promise, resolve } = Promise.withResolvers<Fold | undefined>()
      settleById.set(id, resolve)
      worker.postMessage({ id, updates: [...updates], partBytes } satisfies FoldTask)
      return promise
    },
    async close() {
      const running = worker
      worker = undefined
      for (const resolve of settleById.values()) resolve(undefined)
      settleById.clear()
      await running?.terminate()
    },
  }
}
