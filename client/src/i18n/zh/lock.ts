export const lock = {
  title: '请联网后继续使用',
  text: (name: string, hours: number) =>
    `这台设备超过 ${hours} 小时没有连上服务器。为保护居民信息，联网前不显示${name}的任何内容。`,
  waiting: (count: number) => `还有 ${count} 条记录的修改在这台设备上等待发送，不会丢。`,
  kept: '设备上的内容都还在。',
  auto: '连接后自动解锁',
  connect: '现在连接',
  connecting: '正在连接…',
  failed: '还连不上服务器，连接后自动解锁',
} as const
