export const photos = {
  title: '照片',
  add: '拍照或选照片',
  more: '再加照片',
  busy: '正在保存照片…',
  one: (n: number) => `照片 ${n}`,
  coming: (n: number) => `照片 ${n}，正在取`,
  away: '照片不在本机，联网后可看',
  remove: (n: number) => `去掉照片 ${n}`,
  tooMany: (most: number) => `一次最多 ${most} 张，多出的没有加上`,
  unreadable: '有文件不是照片，没有加上',
  notKept: '照片没能存进这台设备，请检查存储空间',
} as const
