/**
 * The grammar of document names (design §5). A name says what class of data a document holds, so it is the unit of read permission.
 * Anything that does not parse is refused before it reaches a store or a file system.
 */
import { generationName, generationOf, lineageOf } from './generation.ts'

export type DocumentName =
  | { readonly kind: 'org'; readonly street: string }
  | { readonly kind: 'board'; readonly community: string }
  | ({ readonly kind: 'ledger'; readonly grid: string } & Generation)
  | ({ readonly kind: 'sensitive'; readonly grid: string } & Generation)
  /** The diaries 民情日记 of households. */
  | { readonly kind: 'diary'; readonly grid: string }
  | { readonly kind: 'work'; readonly grid: string; readonly quarter: string }
  /** What the ledger's fields were before, by the quarter of the change. */
  | { readonly kind: 'journal'; readonly grid: string; readonly quarter: string }
  /** The photos 照片 that somebody took together, as for one step of a ticket. */
  | { readonly kind: 'photos'; readonly grid: string; readonly album: string }
  | { readonly kind: 'roster'; readonly grid: string; readonly building: string }
  | ({ readonly kind: 'notes'; readonly grid: string; readonly building: string } & Generation)
  | { readonly kind: 'meeting'; readonly id: string }
  | { readonly kind: 'proposal'; readonly id: string }

/** A document that is written for years begins anew now and then; absent for the first generation, then from 2 on. */
interface Generation {
  readonly generation?: number
}

export type DocumentKind = DocumentName['kind']

const patterns: readonly (readonly [RegExp, (parts: readonly string[]) => DocumentName])[] = [
  [/^org\/(\d{9})$/, ([street = '']) => ({ kind: 'org', street })],
  [/^board\/(\d{12})$/, ([community = '']) => ({ kind: 'board', community })],
  [/^grid\/(\d{15})\/ledger$/, ([grid = '']) => ({ kind: 'ledger', grid })],
  [/^grid\/(\d{15})\/sensitive$/, ([grid = '']) => ({ kind: 'sensitive', grid })],
  [/^grid\/(\d{15})\/diary$/, ([grid = '']) => ({ kind: 'diary', grid })],
  [/^grid\/(\d{15})\/work\/(\d{4}q[1-4])$/, ([grid = '', quarter = '']) => ({ kind: 'work', grid, quarter })],
  [/^grid\/(\d{15})\/journal\/(\d{4}q[1-4])$/, ([grid = '', quarter = '']) => ({ kind: 'journal', grid, quarter })],
  [/^grid\/(\d{15})\/photos\/([A-Za-z0-9_-]{1,40})$/, ([grid = '', album = '']) => ({ kind: 'photos', grid, album })],
  [
    /^grid\/(\d{15})\/building\/([A-Za-z0-9_-]{1,40})\/roster$/,
    ([grid = '', building = '']) => ({ kind: 'roster', grid, building }),
  ],
  [
    /^grid\/(\d{15})\/building\/([A-Za-z0-9_-]{1,40})\/notes$/,
    ([grid = '', building = '']) => ({ kind: 'notes', grid, building }),
  ],
  [/^meeting\/([A-Za-z0-9_-]{1,40})$/, ([id = '']) => ({ kind: 'meeting', id })],
  [/^proposal\/([A-Za-z0-9_-]{1,40})$/, ([id = '']) => ({ kind: 'proposal', id })],
]

/** The longest name that parses, in characters; all of them are ASCII. */
export const maxDocumentNameLength = 128

export function parseDocumentName(text: string): DocumentName | undefined {
  if (text.length > maxDocumentNameLength) return undefined
  const lineage = lineageOf(text)
  for (const [pattern, build] of patterns) {
    const match = pattern.exec(lineage)
    if (!match) continue
    const name = build(match.slice(1))
    return lineage === text ? name : ({ ...name, generation: generationOf(text) } as DocumentName)
  }
  return undefined
}

export function formatDocumentName(name: DocumentName): string {
  const generation = 'generation' in name ? name.generation : undefined
  return generation === undefined ? formatLineage(name) : generationName(formatLineage(name), generation)
}

function formatLineage(name: DocumentName): string {
  switch (name.kind) {
    case 'org':
      return `org/${name.street}`
    case 'board':
      return `board/${name.community}`
    case 'ledger':
      return `grid/${name.grid}/ledger`
    case 'sensitive':
      return `grid/${name.grid}/sensitive`
    case 'diary':
      return `grid/${name.grid}/diary`
    case 'work':
    case 'journal':
      return `grid/${name.grid}/${name.kind}/${name.quarter}`
    case 'photos':
      return `grid/${name.grid}/photos/${name.album}`
    case 'roster':
      return `grid/${name.grid}/building/${name.building}/roster`
    case 'notes':
      return `grid/${name.grid}/building/${name.building}/notes`
    case 'meeting':
      return `meeting/${name.id}`
    case 'proposal':
      return `proposal/${name.id}`
  }
}
