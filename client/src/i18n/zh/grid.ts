export const grid = {
  title: '我的网格',
  facts: '基本情况',
  levels: { first: '一级（街道）', second: '二级（社区）', third: '三级（网格）' },
  noLeader: '还没有网格长',
  team: '网格团队',
  nobody: '还没有其他成员',
  helpers: '楼栋长和志愿者',
  from: (role: string, affiliation: string) => `${role}（${affiliation}）`,
  people: (count: number) => `${count} 人`,
  absent: '还没有这个网格的资料',
  absentText: '第一次联网同步后就能看到。',
} as const
