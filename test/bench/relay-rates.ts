/** P1, P2 and P3: how many edits a second are fanned out in time, and how fast a few are. */
import { openStage, type Crowd, type Latency, type Span } from './relay-fan-out.ts'
import { alternate, compare, median, ms, print, quantile } from './relay-report.ts'
import type { Kind } from './relay-servers.ts'

export const grid: Crowd = { documents: 20, clientsPerDocument: 10, writersPerDocument: 1 }
const hall: Crowd = { documents: 1, clientsPerDocument: 400, writersPerDocument: 20 }
export const busyRate = 12_000
const calmRate = 200
/** Of an edit on its way; what takes longer is not kept up with. */
const inTimeMs = 250
/** Takes in what hocuspocus does every ten seconds: it stores whole documents. */
export const long: Span = { warmUpMs: 6000, measureMs: 8000 }
export const short: Span = { warmUpMs: 1500, measureMs: 2500 }
export const perSecond = (rate: number): string => `${rate.toFixed(0)}/s`

/** Grids at work: 20 documents with 10 clients each. */
export async function measureGrids(isFull: boolean): Promise<void> {
  const busy = await alternate(['tongge', 'hocuspocus'], isFull ? 5 : 3, (kind) => probe(kind, grid, busyRate, long))
  const p99 = (kind: 'tongge' | 'hocuspocus'): number => median(busy[kind].map((one) => one.p99))
  const [ours, theirs] = [p99('tongge'), p99('hocuspocus')]
  compare('P1', `20 documents x 10 clients, ${busyRate} edits/s, p99`, {
    ours,
    theirs,
    peer: 'hocuspocus',
    show: ms,
    most: 0.5,
  })
  const cpu = (kind: 'tongge' | 'hocuspocus'): number => median(busy[kind].map((one) => one.cpu))
  compare('', 'server processor time an edit at that rate', {
    ours: cpu('tongge'),
    theirs: cpu('hocuspocus'),
    peer: 'hocuspocus',
    show: (value) => `${value.toFixed(0)} us`,
  })
  const rates = await alternate(['tongge', 'hocuspocus'], isFull ? 5 : 1, (kind) =>
    highest(kind, grid, 4000, isFull ? long : short),
  )
  const rate = (kind: 'tongge' | 'hocuspocus'): number => median(rates[kind].map((one) => one.rate))
  compare('P1', `highest rate with p99 <= ${inTimeMs} ms${bound(rates.tongge)}`, {
    ours: rate('tongge'),
    theirs: rate('hocuspocus'),
    peer: 'hocuspocus',
    show: perSecond,
    least: 2,
  })
}

/** A residents' meeting: 400 clients in one document, 20 of whom write. */
export async function measureHall(isFull: boolean): Promise<void> {
  const firstRate = { tongge: 1000, hocuspocus: 1000, yws: 100 } as const
  const kinds = ['tongge', 'hocuspocus', 'yws'] as const
  const rates = await alternate(kinds, isFull ? 5 : 1, (kind) =>
    highest(kind, hall, firstRate[kind], isFull ? long : short),
  )
  const rate = (kind: (typeof kinds)[number]): number => median(rates[kind].map((one) => one.rate))
  for (const [peer, least] of [
    ['hocuspocus', 0.9],
    ['yws', 25],
  ] as const)
    compare('P2', `1 document x 400 clients, highest rate${bound(rates.tongge)}`, {
      ours: rate('tongge'),
      theirs: rate(peer),
      peer,
      show: perSecond,
      least,
    })
  const dropped = rates.tongge.reduce((sum, one) => sum + one.dropped, 0)
  const theirs = rates.hocuspocus.reduce((sum, one) => sum + one.dropped, 0)
  print({
    id: 'P2',
    what: 'sockets dropped, also beyond that rate',
    ours: `${dropped}`,
    theirs: `hocuspocus ${theirs}`,
    target: '0',
    isMet: dropped === 0,
  })
}

/** 200 edits/s: beside a bare echo that has them on disk first. Short turns by turns, over servers that stay. */
export async function measureCalm(isFull: boolean): Promise<void> {
  const kinds = ['tongge', 'hocuspocus', 'echo'] as const
  const stages = new Map<Kind, Awaited<ReturnType<typeof openStage>>>()
  for (const kind of kinds) stages.set(kind, await openStage(kind, grid))
  const turn = async (kind: Kind, measureMs: number): Promise<Latency> => {
    const stage = stages.get(kind)
    if (!stage) throw new Error(`no stage for ${kind}`)
    return stage.run(calmRate, { warmUpMs: 200, measureMs })
  }
  await alternate(kinds, 1, (kind) => turn(kind, 3000))
  const all = await alternate(kinds, isFull ? 60 : 15, (kind) => turn(kind, 2000))
  const pooled = (kind: (typeof kinds)[number]): number[] =>
    all[kind].flatMap(({ latencies }) => latencies).toSorted((a, b) => a - b)
  const p99 = (kind: (typeof kinds)[number]): number => median(all[kind].map((one) => one.p99))
  for (const peer of ['echo', 'hocuspocus'] as const) {
    const most = peer === 'echo' ? { most: 1.5 } : {}
    compare('P3', `${calmRate} edits/s, p99, median of ${all.tongge.length} turns`, {
      ours: p99('tongge'),
      theirs: p99(peer),
      peer,
      show: ms,
      ...most,
    })
    for (const part of [0.5, 0.99])
      compare('', `p${part * 100} of all edits of all turns`, {
        ours: quantile(pooled('tongge'), part),
        theirs: quantile(pooled(peer), part),
        peer,
        show: ms,
      })
  }
  for (const stage of stages.values()) await stage.close()
}

export async function probe(kind: Kind, crowd: Crowd, rate: number, span: Span): Promise<Latency> {
  const stage = await openStage(kind, crowd)
  try {
    return await stage.run(rate, span)
  } finally {
    await stage.close()
  }
}

interface Highest {
  readonly rate: number
  readonly dropped: number
  /** Part of a processor the generator took at that rate: near 1 it is what was measured. */
  readonly generator: number
}

/** The highest rate kept up with, each tried on a fresh server: up by half until one is too high, then closer in two steps, to 11 %. */
export async function highest(kind: Kind, crowd: Crowd, firstRate: number, span: Span): Promise<Highest> {
  let best: Highest = { rate: 0, dropped: 0, generator: 0 }
  let dropped = 0
  const holds = async (rate: number): Promise<boolean> => {
    const latency = await probe(kind, crowd, rate, span)
    dropped += latency.dropped
    const isHeld = latency.p99 <= inTimeMs && latency.arrived > 0.99 && latency.dropped === 0
    if (isHeld && rate > best.rate) best = { rate, dropped, generator: latency.generator }
    return isHeld
  }
  let rate = firstRate
  if (await holds(rate)) while (await holds(rate * 1.5)) rate *= 1.5
  else while (!(await holds((rate /= 1.5))));
  for (const step of [1.5 ** 0.5, 1.5 ** 0.25]) if (await holds(rate * step)) rate *= step
  return { ...best, dropped }
}

export function bound(rates: readonly Highest[]): string {
  const generator = median(rates.map((one) => one.generator))
  return `; generator ${(generator * 100).toFixed(0)} %`
}
