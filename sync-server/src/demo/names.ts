/** Names that could be anybody's: surnames by their frequency, given names by generation and sex. */
import type { Random } from './random.ts'

/** Per ten thousand people, roughly. */
const surnames: readonly (readonly [string, number])[] =
  '王720 李719 张683 刘538 陈453 杨308 黄223 赵229 周212 吴205 徐167 孙154 胡131 朱126 高121 林118 何117 郭115 马105 罗86 梁84 宋81 郑78 谢72 韩68 唐65 冯64 于62 董61 萧59 程57 曹57 袁54 邓54 许54 傅51 沈50 曾50 彭49 吕47 苏47 卢47 蒋47 蔡46 贾42 丁42 魏42 薛42 叶41 阎41 余40 潘39 杜39 戴37 夏37 钟37 汪36 田36 任36 姜36 范35 方35 石34 姚34 谭34 廖33 邹33 熊32 金31 陆31 郝30 孔30 白29 崔29 康29 毛28 邱28 秦27 江27 史26 顾26 侯26 邵25 孟25 龙25 万24 段24 雷23 钱23 汤23 尹23 黎22 易22 常22 武22 乔21 贺21 赖21 龚21 文20 欧阳5 上官2 司马1'
    .split(' ')
    .map((entry) => {
      const [, name = '', weight = '0'] = /^(\D+)(\d+)$/.exec(entry) ?? []
      return [name, Number(weight)] as const
    })

interface Generation {
  readonly until: number
  readonly male: string
  readonly female: string
  /** Share of names with one character. */
  readonly short: number
}

const generations: readonly Generation[] = [
  {
    until: 1955,
    male: '国 建 德 福 贵 明 志 忠 义 守 长 永 宝 金 玉 春 世 光 文 生 荣 林 山 海 根 发 祥 庆',
    female: '秀 英 兰 桂 珍 玉 凤 淑 芝 莲 香 梅 素 翠 贞 芬 菊 巧 娥 金 月 花 琴',
    short: 0.2,
  },
  {
    until: 1972,
    male: '建 国 军 卫 东 红 志 强 永 胜 文 革 向 前 跃 进 民 平 和 兴 华 伟 忠 明 新 铁 胜 利',
    female: '丽 华 秀 红 玲 萍 梅 霞 桂 芳 敏 燕 卫 英 琴 艳 爱 凤 玉 珍 惠 淑 春',
    short: 0.3,
  },
  {
    until: 1985,
    male: '伟 勇 军 磊 涛 斌 强 鹏 杰 辉 刚 峰 波 超 宏 海 志 晓 建 立 俊 亮 健 宁',
    female: '静 丽 敏 艳 娟 霞 燕 娜 芳 玲 婷 洁 慧 莉 晓 红 春 海 雪 倩 颖 蓉 琳 萍',
    short: 0.5,
  },
  {
    until: 2000,
    male: '浩 鑫 宇 杰 帅 凯 旭 阳 博 文 俊 飞 龙 明 嘉 晨 天 志 伟 豪 鹏 子 一 翔',
    female: '婷 雪 倩 莹 佳 欣 怡 梦 瑶 琪 璐 丹 悦 薇 晶 思 雨 晓 露 蕾 嘉 文 诗 颖',
    short: 0.35,
  },
  {
    until: 9999,
    male: '子 轩 浩 宇 梓 涵 俊 熙 一 诺 奕 辰 博 文 沐 泽 睿 宸 铭 煜 嘉 佑 亦 然',
    female: '梓 涵 欣 怡 雨 桐 一 诺 语 汐 若 曦 诗 琪 可 馨 思 彤 沐 妍 佳 依 悦 安',
    short: 0.1,
  },
]

/** Characters that nobody bears alone. */
const paired: ReadonlySet<string> = new Set('一子梓可亦然向前进利')

export function surname(random: Random): string {
  return random.weighted(surnames)
}

export function givenName(random: Random, born: number, male: boolean): string {
  const generation = generations.find(({ until }) => born < until) ?? generations[0]
  if (!generation) return ''
  const characters = (male ? generation.male : generation.female).split(' ')
  const first = random.pick(characters)
  if (random.chance(generation.short) && !paired.has(first)) return first
  const second = random.pick(characters)
  return second === first && !random.chance(0.2) ? first : first + second
}
