/** Builds whole documents to fold them, or to carry over what came late, in a thread of its own. */
import { answerTasks } from '../worker-queue.ts'
import { beginGeneration, carryLate } from './fold-documents.ts'

export type FoldingTask = { readonly clientId: number } & (
  | { readonly do: 'begin'; readonly updates: readonly Uint8Array[]; readonly limit: number }
  | {
      readonly do: 'carry'
      readonly generations: readonly (readonly Uint8Array[])[]
      readonly late: readonly Uint8Array[]
    }
)

export type FoldingAnswer = readonly (Uint8Array | undefined)[]

answerTasks((task: FoldingTask) => {
  const answer: FoldingAnswer =
    task.do === 'begin'
      ? [beginGeneration(task.updates, task.clientId, task.limit)]
      : carryLate(task.generations, task.late, task.clientId)
  return { answer, moved: answer.filter((update) => update !== undefined) }
})
