/** Questions to the import worker and its answers over any message port, with a time limit; knows no view. */
import type {
  ImportAnswer,
  ImportMeans,
  ImportProgress,
  ImportRequest,
  ImportState,
  ImportTurn,
} from '@tongge/ledger-io'

/** What a `Worker`, the inside of one and a `MessagePort` have in common. */
export interface Port {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void
}

export interface WorkerPort extends Port {
  addEventListener(type: 'message' | 'error', listener: (event: MessageEvent) => void): void
  terminate(): void
}

/** `timedOut`: the file took longer than the limit. `crashed`: the worker ended by itself, as a phone short of memory does to it. */
export type ImportReply =
  | ImportAnswer
  | { readonly answer: 'failed'; readonly failure: { readonly problem: 'timedOut' | 'crashed' } }

type ToPage = { readonly progress: ImportProgress } | { readonly reply: ImportReply }

/** Answers every question that comes in, one after another. */
export function serveImports(
  port: Port,
  handle: (state: ImportState, request: ImportRequest, means: ImportMeans) => Promise<ImportTurn>,
  means: { readonly first: ImportState; readonly newId: ImportMeans['newId'] },
): void {
  let turn = Promise.resolve(means.first)
  const post = (message: ToPage): void => port.postMessage(message)
  port.addEventListener('message', (event) => {
    turn = turn.then(async (state) => {
      try {
        const next = await handle(state, event.data as ImportRequest, {
          newId: means.newId,
          onProgress: (progress) => post({ progress }),
        })
        post({ reply: next.answer })
        return next.state
      } catch {
        post({ reply: { answer: 'failed', failure: { problem: 'crashed' } } })
        return state
      }
    })
  })
}

export interface Importer {
  /** One question at a time. After a failure of time the worker is a fresh one that has no file open. */
  ask(request: ImportRequest, onProgress: (progress: ImportProgress) => void): Promise<ImportReply>
  dispose(): void
}

export function createImporter(createWorker: () => WorkerPort, limit: number): Importer {
  let worker: WorkerPort | undefined
  const drop = (): void => {
    worker?.terminate()
    worker = undefined
  }
  return {
    dispose: drop,
    ask: (request, onProgress) =>
      new Promise((resolve) => {
        const port = (worker ??= createWorker())
        let settled = false
        const settle = (reply: ImportReply): void => {
          if (settled) return
          settled = true
          clearTimeout(timer)
          resolve(reply)
        }
        const giveUp = (problem: 'timedOut' | 'crashed') => (): void => {
          if (settled) return
          drop()
          settle({ answer: 'failed', failure: { problem } })
        }
        const timer = setTimeout(giveUp('timedOut'), limit)
        port.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
          if (settled) return
          if ('progress' in data) onProgress(data.progress)
          else settle(data.reply)
        })
        port.addEventListener('error', giveUp('crashed'))
        port.postMessage(request)
      }),
  }
}
