/** The audit log without a disk, for tests. */
import { entryText, type AuditEvent, type SignedHead } from '@tongge/protocol/audit'
import type { LogWitness } from '../ports.ts'
import type { AuditLog } from './audit-log.ts'
import { editOf, foldOf } from './stored-events.ts'
import { completedBy, createTree, leafOf, nodeOf, subtreeHash } from './tree.ts'

export interface MemoryAuditLog extends AuditLog {
  readonly witness: LogWitness
}

export function createMemoryAuditLog(now: () => number): MemoryAuditLog {
  const texts: string[] = []
  const hashes = new Map<string, Uint8Array>()
  const heads: SignedHead[] = []
  const marks = new Map<string, number>()
  const kept = (level: number, index: number): Uint8Array => {
    const found = hashes.get(`${level}/${index}`)
    if (!found) throw new RangeError(`no subtree ${level}/${index}`)
    return found
  }
  const tree = createTree(kept)
  const subtree = subtreeHash(kept)
  const halves = (level: number, index: number): Uint8Array =>
    nodeOf(subtree(level - 1, index * 2), subtree(level - 1, index * 2 + 1))
  const write = (event: AuditEvent, at = now()): number => {
    const text = entryText(at, event)
    hashes.set(`0/${texts.length}`, leafOf(text))
    const size = texts.push(text)
    for (const { level, index } of completedBy(size)) hashes.set(`${level}/${index}`, halves(level, index))
    return size - 1
  }

  return {
    name: 'memory',
    async append(events, { at, mark } = {}) {
      if (mark) marks.set(mark.name, mark.value)
      return events.map((event) => write(event, at))
    },
    size: async () => texts.length,
    entries: async (from, limit) => texts.slice(from, from + limit),
    root: async (size) => tree.root(size),
    inclusion: async (index, size) => tree.inclusion(index, size),
    consistency: async (earlier, later) => tree.consistency(earlier, later),
    async addHead(head) {
      if (!heads.some(({ size }) => size === head.size)) heads.push(head)
    },
    lastHead: async () => heads.at(-1),
    mark: async (name) => marks.get(name) ?? 0,
    witness: {
      appended(row, sequence) {
        write(editOf(row, sequence))
        for (const event of row.told ?? []) write(event)
      },
      compacted: (document, snapshot, through) => void write(foldOf(document, snapshot, through)),
    },
  }
}
