export const conflicts = {
  title: 'Conflicts',
  empty: 'No conflicts',
  emptyText: 'What several people changed while offline is listed here side by side, for a person to decide.',
  intro:
    'Several people changed these at the same time, and everything is still here. Keep one; the other stays in the history.',
  keep: 'Keep this',
  keepNamed: (value: string) => `Keep this: ${value}`,
  other: 'Neither: enter another',
  settled: (what: string) => `Settled: ${what}`,
  deletion: 'One deleted, another edited',
  edited: 'Edited',
  removed: 'Deleted',
  keepRecord: 'Keep it',
  confirmDeletion: 'Delete it',
  kept: (name: string) => `Kept ${name}`,
  deleted: (name: string) => `Deleted ${name}; it can be restored from the recycle bin`,
  step: 'Conflicting step',
  stepWhy: (from: string, to: string) =>
    `It was taken at “${from}” while the ticket was already at “${to}”, so it had no effect.`,
  leaderOnly: 'The grid leader decides whether this step counts.',
  applyStep: 'Let it count',
  discardStep: 'Discard',
}
