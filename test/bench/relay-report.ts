/** The table of the relay bench, and what is made of several rounds. */

export interface Row {
  /** Of the target in the design; empty for a figure that only explains another. */
  readonly id: string
  readonly what: string
  readonly ours: string
  /** The other figure, and whose it is. */
  readonly theirs: string
  readonly ratio?: number
  readonly target?: string
  readonly isMet?: boolean
}

export function printHeader(): void {
  printCells(['id', 'what', 'tongge', 'beside', 'ratio', 'target', 'met'])
}

export function print({ id, what, ours, theirs, ratio, target = '', isMet }: Row): void {
  const met = isMet === undefined ? '' : isMet ? 'yes' : 'no'
  printCells([id, what, ours, theirs, ratio === undefined ? '' : ratio.toFixed(ratio < 0.1 ? 4 : 2), target, met])
}

export interface Comparison {
  readonly ours: number
  readonly theirs: number
  readonly peer: string
  readonly show: (value: number) => string
  /** Met when ours by theirs is at most this, or at least. */
  readonly most?: number
  readonly least?: number
}

/** A row of two figures and their ratio. */
export function compare(id: string, what: string, { ours, theirs, peer, show, most, least }: Comparison): void {
  const ratio = ours / theirs
  const figures = { id, what, ours: show(ours), theirs: `${peer} ${show(theirs)}`, ratio }
  if (most !== undefined) print({ ...figures, target: `<= ${most}`, isMet: ratio <= most })
  else if (least !== undefined) print({ ...figures, target: `>= ${least}`, isMet: ratio >= least })
  else print(figures)
}

export function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.floor(sorted.length * part)] ?? Infinity
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return quantile(sorted, 0.5)
}

/** Runs every kind in each round, in turns that begin with another one each time, so that a busy moment meets them all. */
export async function alternate<K extends string, T>(
  kinds: readonly K[],
  rounds: number,
  measure: (kind: K) => Promise<T>,
): Promise<Readonly<Record<K, readonly T[]>>> {
  const all = Object.fromEntries(kinds.map((kind) => [kind, []])) as unknown as Record<K, T[]>
  for (let round = 0; round < rounds; round++)
    for (let turn = 0; turn < kinds.length; turn++) {
      const kind = kinds[(round + turn) % kinds.length]
      if (kind !== undefined) all[kind].push(await measure(kind))
    }
  return all
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`
export const seconds = (value: number): string => `${value.toFixed(2)} s`
export const whole = (value: number): string => value.toFixed(0)

function printCells([id = '', what = '', ours = '', theirs = '', ratio = '', target = '', met = '']: string[]): void {
  const cells = [id.padEnd(4), what.padEnd(56), ours.padStart(16), theirs.padStart(24), ratio.padStart(8)]
  console.log([...cells, target.padEnd(10), met].join('  ').trimEnd())
}
