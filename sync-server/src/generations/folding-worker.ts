/** Builds whole documents to fold them, or to carry over what came late, in a thread of its own. */
import { carryOver, foldGeneration, hasPending } from '@tongge/crdt'
import { applyUpdate, Doc, mergeUpdates } from 'yjs'
import { answerTasks } from '../worker-queue.ts'

export type FoldingTask =
  | { readonly do: 'begin'; readonly updates: readonly Uint8Array[]; readonly clientId: number; readonly limit: number }
  | {
      readonly do: 'carry'
      readonly generations: readonly (readonly Uint8Array[])[]
      readonly late: readonly Uint8Array[]
    }

export type FoldingAnswer = readonly (Uint8Array | undefined)[]

answerTasks((task: FoldingTask) => {
  const answer: FoldingAnswer =
    task.do === 'begin' ? [begin(task.updates, task.clientId, task.limit)] : carry(task.generations, task.late)
  return { answer, moved: answer.filter((update) => update !== undefined) }
})

function begin(updates: readonly Uint8Array[], clientId: number, limit: number): Uint8Array | undefined {
  const doc = docOf(updates)
  const first = foldGeneration(doc, clientId)
  const isSound = !hasPending(doc) && !hasPending(docOf([first])) && first.length <= limit
  return isSound ? first : undefined
}

function carry(generations: readonly (readonly Uint8Array[])[], late: readonly Uint8Array[]): FoldingAnswer {
  const docs = generations.map(docOf)
  const later = docs.slice(1).map((doc) => {
    const added: Uint8Array[] = []
    doc.on('update', (update) => added.push(update))
    return added
  })
  for (const update of late) carryOver(docs, update)
  return later.map((added) => (added.length > 0 ? mergeUpdates(added) : undefined))
}

function docOf(updates: readonly Uint8Array[]): Doc {
  const doc = new Doc()
  doc.transact(() => {
    for (const update of updates) applyUpdate(doc, update)
  })
  return doc
}
