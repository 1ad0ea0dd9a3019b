/** Runs folds one after another in a thread of their own. */
import { createWorkerQueue } from '../worker-queue.ts'
import type { Fold, FoldTask } from './fold-worker.ts'

export interface Folder {
  /** One V1 snapshot of the same content, and what is sent of it; undefined when the fold failed or did not hold the same. Never rejects. */
  fold(updates: readonly Uint8Array[], partBytes: number): Promise<Fold | undefined>
  close(): Promise<void>
}

export function createFolder(): Folder {
  const queue = createWorkerQueue<FoldTask, Fold | undefined>(new URL('./fold-worker.ts', import.meta.url))
  return {
    fold: (updates, partBytes) => queue.ask({ updates: [...updates], partBytes }).catch(() => undefined),
    close: queue.close,
  }
}
