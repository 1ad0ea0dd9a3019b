/** Hands tasks to one worker thread, one after another; the thread lives only while there are any. */
import { constants, setPriority } from 'node:os'
import { parentPort, Worker } from 'node:worker_threads'

/** The worker could not do this task, and could not the next time. */
export class TaskFailure extends Error {
  override readonly name = 'TaskFailure'
}

export interface WorkerQueue<Task, Answer> {
  /** Rejects with a TaskFailure when the worker fails at this task, else when it dies or is closed. */
  ask(task: Task): Promise<Answer>
  close(): Promise<void>
}

interface Asked<Task> {
  readonly id: number
  readonly task: Task
}

type Told<Answer> = { readonly id: number } & ({ readonly answer: Answer } | { readonly problem: string })

export function createWorkerQueue<Task, Answer>(program: URL): WorkerQueue<Task, Answer> {
  let worker: Worker | undefined
  let lastId = 0
  let isClosed = false
  const waitingById = new Map<number, PromiseWithResolvers<Answer>>()

  const rest = (): void => {
    if (waitingById.size > 0) return
    void worker?.terminate()
    worker = undefined
  }
  const failAll = (problem: string): void => {
    for (const { reject } of waitingById.values()) reject(new Error(problem))
    waitingById.clear()
    rest()
  }
  const start = (): Worker => {
    const started = new Worker(program)
    const fail = (): void => {
      if (worker === started) failAll('the worker ended')
    }
    started.on('message', (told: Told<Answer>) => {
      const waiting = waitingById.get(told.id)
      waitingById.delete(told.id)
      if ('answer' in told) waiting?.resolve(told.answer)
      else waiting?.reject(new TaskFailure(told.problem))
      rest()
    })
    started.on('error', fail)
    started.on('exit', fail)
    started.unref()
    return started
  }

  return {
    ask(task) {
      if (isClosed) return Promise.reject(new Error('the worker is closed'))
      worker ??= start()
      const waiting = Promise.withResolvers<Answer>()
      waitingById.set(++lastId, waiting)
      worker.postMessage({ id: lastId, task } satisfies Asked<Task>)
      return waiting.promise
    },
    async close() {
      isClosed = true
      const running = worker
      worker = undefined
      failAll('the worker is closed')
      await running?.terminate()
    },
  }
}

/** In the worker: answers each task, below the priority of the thread that serves people. `moved` are buffers of the answer that need not be copied. */
export function answerTasks<Task, Answer>(
  carryOut: (task: Task) => { readonly answer: Answer; readonly moved: readonly Uint8Array[] },
): void {
  // Elsewhere it would slow the whole process down; Linux means the calling thread by 0.
  if (parentPort && process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL)
  parentPort?.on('message', ({ id, task }: Asked<Task>) => {
    try {
      const { answer, moved } = carryOut(task)
      const buffers = [...new Set(moved.map(({ buffer }) => buffer as ArrayBuffer))]
      parentPort?.postMessage({ id, answer } satisfies Told<Answer>, buffers)
    } catch (error) {
      // One task that cannot be done must not take down those that wait behind it.
      parentPort?.postMessage({ id, problem: String(error) } satisfies Told<Answer>)
    }
  })
}
