/** Folds documents and carries over what came late, by the rules of what they mean. */
import { randomInt } from 'node:crypto'
import type { Folding } from '../ports.ts'
import { createWorkerQueue } from '../worker-queue.ts'
import type { FoldingAnswer, FoldingTask } from './folding-worker.ts'

/** Yjs takes clients of 32 bits. */
const clients = 2 ** 32

export function createFolding(): Folding {
  const queue = createWorkerQueue<FoldingTask, FoldingAnswer>(new URL('./folding-worker.ts', import.meta.url))
  return {
    begin: async (updates, limit) => {
      const [first] = await queue.ask({ do: 'begin', updates: [...updates], clientId: randomInt(clients), limit })
      return first
    },
    carry: (generations, late) =>
      queue.ask({
        do: 'carry',
        generations: generations.map((updates) => [...updates]),
        late: [...late],
        clientId: randomInt(clients),
      }),
    close: queue.close,
  }
}
