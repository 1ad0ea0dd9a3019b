/** Hands tasks to one worker thread, one after another; the thread ends when none has come for a moment. */
import { constants, setPriority } from 'node:os'
import { parentPort, Worker } from 'node:worker_threads'

/** The worker could not do this task, and could not the next time. */
export class TaskFailure extends Error {
  override readonly name = 'TaskFailure'
}

export interface WorkerQueue<Task, Answer> {
  /** Rejects with a TaskFailure when the worker fails at this task, else when it dies or stays at it too long, or the queue is closed. */
  ask(task: Task): Promise<Answer>
  close(): Promise<void>
}

interface Asked<Task> {
  readonly id: number
  readonly task: Task
}

interface Waiting<Task, Answer> extends PromiseWithResolvers<Answer> {
  readonly task: Task
}

type Told<Answer> = { readonly id: number } & ({ readonly answer: Answer } | { readonly problem: string })

/** A task of the largest document there may be takes a slow machine some seconds. */
const longestTaskMs = 60_000
/** To start a thread takes longer than most tasks, and after one the next is often not far. */
const idleMs = 1_000

export function createWorkerQueue<Task, Answer>(
  program: URL,
  timeLimit: number = longestTaskMs,
): WorkerQueue<Task, Answer> {
  let worker: Worker | undefined
  let lastId = 0
  let isClosed = false
  /** In order: the worker is at the first. */
  const waitingById = new Map<number, Waiting<Task, Answer>>()
  let limiting: NodeJS.Timeout | undefined
  let resting: NodeJS.Timeout | undefined

  const settle = (id: number): Waiting<Task, Answer> | undefined => {
    const waiting = waitingById.get(id)
    waitingById.delete(id)
    clearTimeout(limiting)
    if (waitingById.size > 0) limiting = limited()
    else resting = setTimeout(end, idleMs).unref()
    return waiting
  }
  const end = (): void => {
    void worker?.terminate()
    worker = undefined
  }
  const limited = (): NodeJS.Timeout =>
    setTimeout(() => giveUpFirst(new Error(`the worker took longer than ${timeLimit} ms`)), timeLimit).unref()
  /** The others behind it have nothing to do with it. */
  const giveUpFirst = (problem: Error): void => {
    const [first] = waitingById.keys()
    end()
    if (first === undefined) return
    settle(first)?.reject(problem)
    for (const [id, { task }] of waitingById) post(id, task)
  }
  const post = (id: number, task: Task): void => {
    clearTimeout(resting)
    worker ??= start()
    worker.postMessage({ id, task } satisfies Asked<Task>)
  }
  const start = (): Worker => {
    const started = new Worker(program)
    const fail = (): void => {
      if (worker === started) giveUpFirst(new Error('the worker ended'))
    }
    started.on('message', (told: Told<Answer>) => {
      if (worker !== started) return
      const waiting = settle(told.id)
      if ('answer' in told) waiting?.resolve(told.answer)
      else waiting?.reject(new TaskFailure(told.problem))
    })
    started.on('error', fail)
    started.on('exit', fail)
    started.unref()
    return started
  }

  return {
    ask(task) {
      if (isClosed) return Promise.reject(new Error('the worker is closed'))
      const id = ++lastId
      const waiting = { ...Promise.withResolvers<Answer>(), task }
      waitingById.set(id, waiting)
      if (waitingById.size === 1) limiting = limited()
      post(id, task)
      return waiting.promise
    },
    async close() {
      isClosed = true
      clearTimeout(limiting)
      clearTimeout(resting)
      const running = worker
      worker = undefined
      for (const { reject } of waitingById.values()) reject(new Error('the worker is closed'))
      waitingById.clear()
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
