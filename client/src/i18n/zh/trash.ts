export const trash = {
  title: '回收站',
  heading: '已删除的记录',
  empty: '回收站是空的',
  emptyText: '删除的记录会先放在这里，随时可以恢复。',
  restore: '恢复',
  restored: (name: string) => `已恢复 ${name}`,
  deletedBy: (who: string, when: string, device: string) => `${who} ${when} 删除 · ${device}`,
} as const
