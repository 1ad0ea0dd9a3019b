export const trash = {
  title: 'Recycle bin',
  heading: 'Deleted records',
  empty: 'The recycle bin is empty',
  emptyText: 'Deleted records wait here and can be restored at any time.',
  restore: 'Restore',
  restored: (name: string) => `Restored ${name}`,
  deletedBy: (who: string, when: string, device: string) => `Deleted by ${who}, ${when} · ${device}`,
}
