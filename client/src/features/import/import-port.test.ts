import { handleImportMessage, noImport, type ImportProgress } from '@tongge/ledger-io'
import { parseRecordId } from '@tongge/model'
import { describe, expect, it } from 'vitest'
import { createImporter, serveImports, type WorkerPort } from './import-port.ts'

const csv = (rows: number): Uint8Array =>
  new TextEncoder().encode(`楼栋,室,姓名,与户主关系,性别,出生日期\n${'3号楼,501,赵甲,户主,男,1985.3.2\n'.repeat(rows)}`)

/** The real handler at the far end of a channel instead of in a thread; `deaf` never answers. */
const channelWorker = (log: string[], deaf = false): WorkerPort => {
  const { port1, port2 } = new MessageChannel()
  let ids = 0
  const far = {
    postMessage: (message: unknown) => port2.postMessage(message),
    addEventListener: (_: 'message', listener: (event: MessageEvent) => void) =>
      port2.addEventListener('message', listener),
  }
  if (!deaf)
    serveImports(far, handleImportMessage, {
      first: noImport,
      newId: () => parseRecordId(`id${++ids}`) ?? expect.fail(),
    })
  port1.start()
  port2.start()
  log.push('started')
  return {
    postMessage: (message) => port1.postMessage(message),
    addEventListener: (type, listener) => (type === 'message' ? port1.addEventListener(type, listener) : undefined),
    terminate: () => {
      log.push('ended')
      port1.close()
      port2.close()
    },
  }
}
const open = { ask: 'open', name: 'a.csv', bytes: csv(1), switchedOn: [] } as const

describe('import port', () => {
  it('[IMP18] a file is opened and planned over one worker, which keeps it between the questions', async () => {
    const log: string[] = []
    const importer = createImporter(() => channelWorker(log), 20_000)
    const seen: ImportProgress[] = []
    const opened = await importer.ask(open, (progress) => seen.push(progress))
    const mapping = opened.answer === 'opened' ? opened.groups[0]?.mapping : undefined
    const planned = await importer.ask(
      {
        ask: 'plan',
        mappings: [mapping ? { ...mapping, defaults: { ...mapping.defaults, 'building.estate': '示例小区' } } : 'skip'],
        entries: [],
        closed: [],
        today: '2026-11-23',
      },
      () => undefined,
    )
    expect(planned).toMatchObject({ answer: 'planned', plan: { counts: { created: 1, people: 1 } } })
    expect(seen.map(({ step }) => step)).toContain('read')
    importer.dispose()
    expect(log).toEqual(['started', 'ended'])
  })

  it('[IMP18] a worker that does not answer in time is ended and the next question starts a fresh one', async () => {
    const log: string[] = []
    const importer = createImporter(() => channelWorker(log, log.length === 0), 30)
    expect(await importer.ask(open, () => undefined)).toEqual({ answer: 'failed', failure: { problem: 'timedOut' } })
    expect(log).toEqual(['started', 'ended'])
    const again = createImporter(() => channelWorker(log), 20_000)
    expect(await again.ask(open, () => undefined)).toMatchObject({ answer: 'opened' })
    importer.dispose()
    again.dispose()
  })
})
