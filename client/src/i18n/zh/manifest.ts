/** What the phone shows of the installed app; a manifest has one language. */
export const manifestTexts = {
  name: '同格',
  description: '社区网格的台账、事件与走访，没有网络也能用',
  report: '新建上报',
  ledger: '台账',
} as const
