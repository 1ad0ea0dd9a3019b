export const pwa = {
  updateReady: '新版本已就绪',
  updateNow: '立即更新',
  later: '稍后',
  offlineReady: '已可离线使用：没有网络也能打开',
  persistenceGranted: '浏览器会长期保存本机数据',
  persistenceRefused: '浏览器没有承诺长期保存，请常联网同步',
  details: '查看',
} as const
