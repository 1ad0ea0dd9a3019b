import { expect, test } from 'vitest'
import { createWorkerQueue, TaskFailure, type WorkerQueue } from './worker-queue.ts'

type Task = 'echo' | 'fail' | 'die' | 'loop' | 'who'

const program = `
import { parentPort, threadId } from 'node:worker_threads'
parentPort.on('message', ({ id, task }) => {
  if (task === 'die') process.exit(1)
  while (task === 'loop');
  parentPort.postMessage(task === 'fail' ? { id, problem: 'no' } : { id, answer: task === 'who' ? String(threadId) : task })
})`

function queueOf(timeLimit?: number): WorkerQueue<Task, string> {
  return createWorkerQueue(new URL(`data:text/javascript,${encodeURIComponent(program)}`), timeLimit)
}

async function outcomes(queue: WorkerQueue<Task, string>, tasks: readonly Task[]): Promise<readonly unknown[]> {
  const settled = await Promise.allSettled(tasks.map((task) => queue.ask(task)))
  return settled.map((one) => (one.status === 'fulfilled' ? one.value : one.reason instanceof TaskFailure))
}

test('[GEN8] a task at which the worker dies fails by itself and for now; those behind it are carried out', async () => {
  const queue = queueOf()
  expect(await outcomes(queue, ['echo', 'die', 'echo', 'die', 'die', 'echo'])).toEqual([
    'echo',
    false,
    'echo',
    false,
    false,
    'echo',
  ])
  await queue.close()
})

test('[GEN8] a task that never ends is given up for now, and a task that cannot be done for good', async () => {
  const queue = queueOf(2_000)
  expect(await outcomes(queue, ['echo', 'loop', 'fail', 'echo'])).toEqual(['echo', false, true, 'echo'])
  await queue.close()
})

test('[GEN8] closing fails whatever waits', async () => {
  const queue = queueOf()
  const asked = outcomes(queue, ['loop', 'echo'])
  await queue.close()
  expect(await asked).toEqual([false, false])
  expect(await outcomes(queue, ['echo'])).toEqual([false])
})

test('[ROSTER5] one thread serves tasks that follow one another, and another one those that come long after', async () => {
  const queue = queueOf()
  const first = await queue.ask('who')
  expect(await queue.ask('who')).toBe(first)
  await expect.poll(() => queue.ask('who'), { interval: 1_500, timeout: 20_000 }).not.toBe(first)
  await queue.close()
})
