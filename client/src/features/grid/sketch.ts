/** How an outline is laid on paper: a margin around it, and a bar that says how long things are. Lengths are metres. */
import type { Outline } from '@tongge/model'

export interface Sketch {
  /** The corner of the paper and its size, in the outline's own metres. */
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly bar: number
}

/** Of the longer side, on either side of it. */
const margin = 0.08
/** A grid along one street would else be a thread, on a phone too high for its screen. */
const narrowest = 1
const widest = 1.8
const longestBar = 0.35

export function sketchOf(outline: Pick<Outline, 'width' | 'height'>): Sketch {
  const around = margin * 2 * Math.max(outline.width, outline.height)
  const [width, height] = [outline.width + around, outline.height + around]
  const paper = {
    width: Math.max(width, height * narrowest),
    height: Math.max(height, width / widest),
  }
  return {
    left: (outline.width - paper.width) / 2,
    top: (outline.height - paper.height) / 2,
    ...paper,
    bar: roundBelow(paper.width * longestBar),
  }
}

/** 1, 2 or 5 with zeros, as a ruler counts. */
function roundBelow(most: number): number {
  const step = 10 ** Math.floor(Math.log10(most))
  return step * ([5, 2].find((count) => count * step <= most) ?? 1)
}

/** For the `d` of a path; centimetres are enough. */
export function pathOf({ rings }: Pick<Outline, 'rings'>): string {
  return rings
    .map((ring) => `M${ring.map(([east, south]) => `${rounded(east)} ${rounded(south)}`).join('L')}Z`)
    .join('')
}

function rounded(metres: number): number {
  return Math.round(metres * 100) / 100
}
