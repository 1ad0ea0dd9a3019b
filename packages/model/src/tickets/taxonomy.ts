/**
 * 事件分类: two levels of categories and their times (domain.md §3.1). Codes are frozen: tickets hold them.
 * A community may set other times (parameters/); these are the strictest of the sources.
 */

export type Term = { readonly minutes: number } | { readonly workdays: number }

export interface Category {
  /** `group.kind`. */
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly respond?: Term
  /** Answered by the report itself, counted from discovery, instead of by acceptance, counted from the report. */
  readonly respondByReport?: true
  readonly onSite?: Term
  readonly resolve?: Term
  /** Time to resolve once the danger has been graded (list RISK), instead of `resolve`. */
  readonly resolveByRisk?: Readonly<Record<'H' | 'M' | 'L', Term>>
  /** What to keep in mind while handling it. */
  readonly note?: { readonly zh: string; readonly en: string }
  /** Words that suggest this category. */
  readonly words: readonly string[]
}

/** The four event classes 突发/公共/生活/调处, and 文化. */
export type EventClass = 'sudden' | 'public' | 'life' | 'mediation' | 'culture'

export interface CategoryGroup {
  readonly code: string
  readonly class: EventClass
  readonly zh: string
  readonly en: string
  readonly categories: readonly Category[]
}

const hours = (count: number): Term => ({ minutes: count * 60 })
const days = (count: number): Term => ({ minutes: count * 1440 })
const report = { respond: { minutes: 10 }, respondByReport: true } as const
/**
 * DB11/T (Beijing, 2021) for what no source gives a number: dispatch within 1, 2 or 24 hours, feedback within 2 hours, 24 hours, 7 or
 * 15 days. Danger to people takes the first band, everything else the last.
 */
const urgentDefault = { resolve: hours(2) } as const
const resolveDefault = { resolve: days(15) } as const
const ordinaryDefault = { respond: hours(24), ...resolveDefault } as const
const byRisk = { resolveByRisk: { H: hours(24), M: days(7), L: days(30) } } as const
const words = (text: string): readonly string[] => text.split(' ')

const majorNote = {
  zh: '重大的立即报街道应急办并启动预案；24 小时内保障基本生活物资',
  en: 'Major: tell the street emergency office at once and start the plan; basic supplies within 24 hours',
}
const jointNote = { zh: '需要时吹哨，请部门联合处置', en: 'Call the departments in for joint handling where needed' }

export const taxonomy: readonly CategoryGroup[] = [
  {
    code: 'emergency',
    class: 'sudden',
    zh: '突发事件',
    en: 'Emergency',
    categories: [
      {
        code: 'emergency.fire',
        zh: '火灾',
        en: 'Fire',
        ...report,
        onSite: { minutes: 30 },
        resolve: hours(24),
        note: majorNote,
        words: words('火灾 着火 起火 冒烟 爆炸 失火'),
      },
      {
        code: 'emergency.collapse',
        zh: '坍塌',
        en: 'Collapse',
        ...report,
        onSite: { minutes: 30 },
        resolve: hours(24),
        note: majorNote,
        words: words('坍塌 倒塌 塌方 塌陷 坠落'),
      },
      {
        code: 'emergency.disaster',
        zh: '自然灾害',
        en: 'Natural disaster',
        ...report,
        onSite: { minutes: 30 },
        resolve: hours(24),
        note: majorNote,
        words: words('洪水 内涝 积水 暴雨 台风 地震 滑坡 水淹 暴雪'),
      },
      {
        code: 'emergency.crowd',
        zh: '群体事件',
        en: 'Mass incident',
        ...report,
        onSite: { minutes: 30 },
        resolve: hours(24),
        note: majorNote,
        words: words('聚集 群体 围堵 打群架 斗殴'),
      },
      {
        code: 'emergency.person',
        zh: '人身异常',
        en: 'Person in danger',
        ...report,
        onSite: { minutes: 30 },
        ...urgentDefault,
        note: { zh: '先联系家属，再联系社区，必要时 120/110', en: 'Family first, then the community, then 120 or 110' },
        words: words('晕倒 昏迷 摔倒 没人应 未应答 失联 走失 窗帘 受伤 自杀 急救'),
      },
      {
        code: 'emergency.lift',
        zh: '电梯困人',
        en: 'Trapped in a lift',
        ...report,
        onSite: { minutes: 30 },
        ...urgentDefault,
        words: words('电梯困人 困在电梯 被困'),
      },
    ],
  },
  {
    code: 'safety',
    class: 'public',
    zh: '安全隐患',
    en: 'Safety hazard',
    categories: [
      {
        code: 'safety.fire',
        zh: '消防隐患',
        en: 'Fire hazard',
        ...report,
        onSite: hours(2),
        resolve: hours(2),
        ...byRisk,
        note: {
          zh: '高风险立即召开安全领导小组会议；不能当场整改的限期整改',
          en: 'High risk: the safety group meets at once; what cannot be put right on the spot gets a deadline',
        },
        words: words('消防 通道堵 堵塞 飞线 充电 电动车 灭火器 易燃 杂物 线路老化 燃气 煤气'),
      },
      {
        code: 'safety.security',
        zh: '治安隐患',
        en: 'Public security',
        respond: { workdays: 1 },
        ...byRisk,
        note: jointNote,
        words: words('治安 盗窃 偷 诈骗 传销 可疑 赌博 撬锁'),
      },
      {
        code: 'safety.food',
        zh: '食品药品',
        en: 'Food and drugs',
        respond: { workdays: 1 },
        ...byRisk,
        note: jointNote,
        words: words('食品 药品 过期 变质 假药 无证餐饮 卫生许可'),
      },
      {
        code: 'safety.building',
        zh: '违法建设',
        en: 'Illegal building',
        respond: { workdays: 1 },
        ...byRisk,
        note: jointNote,
        words: words('违建 违章搭建 私搭 乱建 加盖 裂缝 承重墙'),
      },
      {
        code: 'safety.rental',
        zh: '群租隐患',
        en: 'Group rental',
        respond: { workdays: 1 },
        ...byRisk,
        note: jointNote,
        words: words('群租 隔断 多人合租 日租房'),
      },
    ],
  },
  {
    code: 'facility',
    class: 'public',
    zh: '设施',
    en: 'Facilities',
    categories: [
      {
        code: 'facility.repair',
        zh: '设施报修',
        en: 'Repair',
        onSite: hours(3),
        resolve: hours(72),
        note: {
          zh: '处理记录公开；电梯困人按突发事件处理',
          en: 'The record is public; a person trapped in a lift is an emergency',
        },
        words: words('报修 坏 不亮 路灯 漏水 水管 下水道 堵了 电梯 井盖 门禁 停电 停水 破损 维修'),
      },
    ],
  },
  {
    code: 'environment',
    class: 'public',
    zh: '环境卫生',
    en: 'Environment',
    categories: [
      {
        code: 'environment.sanitation',
        zh: '环境卫生',
        en: 'Sanitation',
        respond: days(1),
        resolve: days(3),
        words: words('卫生 脏 臭 异味 污水 小广告 油烟 蚊虫 老鼠'),
      },
      {
        code: 'environment.waste',
        zh: '垃圾',
        en: 'Waste',
        respond: days(1),
        resolve: days(3),
        words: words('垃圾 堆放 清运 分类 建筑垃圾 高空抛物'),
      },
      {
        code: 'environment.dog',
        zh: '养犬',
        en: 'Dogs',
        respond: days(1),
        resolve: days(3),
        note: { zh: '分级处理：劝导、告知、联合执法', en: 'Graded: advice, notice, joint enforcement' },
        words: words('狗 犬 遛狗 咬人 不牵绳 流浪狗'),
      },
    ],
  },
  {
    code: 'property',
    class: 'life',
    zh: '物业',
    en: 'Property management',
    categories: [
      {
        code: 'property.complaint',
        zh: '物业投诉',
        en: 'Property complaint',
        respond: days(3),
        resolve: days(15),
        note: { zh: '15 天内给出方案；满意度低的记黄牌档案', en: 'A plan within 15 days; poor ratings go on file' },
        words: words('物业 服务差 绿化 保安 保洁 物业费 不作为'),
      },
      {
        code: 'property.parking',
        zh: '停车',
        en: 'Parking',
        respond: days(3),
        ...resolveDefault,
        note: {
          zh: '处罚规则须提前 72 小时公示并听取意见',
          en: 'A penalty rule needs 72 hours of notice and a hearing',
        },
        words: words('停车 车位 占道 乱停 挪车'),
      },
      {
        code: 'property.arrears',
        zh: '水电费',
        en: 'Arrears',
        resolve: days(30),
        note: { zh: '只发通知，不自动停供', en: 'Notices only; supply is never cut automatically' },
        words: words('水费 电费 欠费 催缴 缴费'),
      },
    ],
  },
  {
    code: 'service',
    class: 'life',
    zh: '便民服务',
    en: 'Services',
    categories: [
      {
        code: 'service.agent',
        zh: '代办',
        en: 'Done on behalf',
        respond: days(1),
        ...resolveDefault,
        note: {
          zh: '须有委托同意；行动不便的上门办理；事项另有承诺时限的从其时限',
          en: 'Needs consent; at home for those who cannot come; a time promised for the item goes first',
        },
        words: words('代办 老年证 优待证 低保申请 生育登记 残疾证 居住证 证明 社保 医保'),
      },
      {
        code: 'service.policy',
        zh: '政策咨询',
        en: 'Policy question',
        respond: days(1),
        ...resolveDefault,
        words: words('政策 咨询 怎么办理 条件 标准'),
      },
      {
        code: 'service.housing',
        zh: '住房补贴',
        en: 'Housing subsidy',
        respond: days(1),
        resolve: { workdays: 15 },
        words: words('住房补贴 公租房 廉租房 租房补贴'),
      },
      {
        code: 'service.registration',
        zh: '户籍',
        en: 'Household registration',
        respond: days(1),
        ...resolveDefault,
        words: words('户籍 户口 迁户 落户 户口本'),
      },
      {
        code: 'service.help',
        zh: '求助帮扶',
        en: 'Help',
        respond: days(1),
        resolve: days(7),
        words: words('求助 帮忙 帮扶 困难 照顾 陪诊 家政 送餐 独居'),
      },
    ],
  },
  {
    code: 'dispute',
    class: 'mediation',
    zh: '矛盾调处',
    en: 'Disputes',
    categories: [
      {
        code: 'dispute.family',
        zh: '家庭纠纷',
        en: 'Family dispute',
        onSite: hours(24),
        ...resolveDefault,
        note: {
          zh: '先背靠背再面对面；涉家庭暴力立即通知警务员',
          en: 'Apart first, then together; violence goes to the police officer at once',
        },
        words: words('夫妻 家庭 吵架 离婚 赡养 家暴 婆媳 分家'),
      },
      {
        code: 'dispute.noise',
        zh: '噪音',
        en: 'Noise',
        onSite: hours(24),
        ...resolveDefault,
        words: words('噪音 噪声 扰民 太吵 广场舞 装修 楼上'),
      },
      {
        code: 'dispute.neighbour',
        zh: '邻里纠纷',
        en: 'Neighbours',
        respond: hours(24),
        resolve: days(30),
        note: {
          zh: '查原始图纸；协商不成由街道裁决',
          en: 'Look at the original plans; the street decides if no agreement is found',
        },
        words: words('邻里 邻居 边界 占用 楼道 纠纷 漏到楼下'),
      },
      {
        code: 'dispute.petition',
        zh: '信访事项',
        en: 'Petition',
        ...ordinaryDefault,
        note: {
          zh: '按期办结：法定期限由街道掌握，另有规定的申请延期',
          en: 'To be closed within the legal term, which the street keeps: ask for an extension where it is longer',
        },
        words: words('信访 上访 举报'),
      },
    ],
  },
  {
    code: 'culture',
    class: 'culture',
    zh: '文化活动',
    en: 'Culture',
    categories: [
      {
        code: 'culture.event',
        zh: '活动',
        en: 'Event',
        ...ordinaryDefault,
        note: { zh: '节庆活动提前 3 个月公布方案', en: 'Festivals are announced 3 months ahead' },
        words: words('活动 节日 演出 书屋 活动室 晚会'),
      },
    ],
  },
  {
    code: 'other',
    class: 'life',
    zh: '其他',
    en: 'Other',
    categories: [{ code: 'other.other', zh: '其他事项', en: 'Other matter', ...ordinaryDefault, words: [] }],
  },
]

const categoryByCode = new Map(
  taxonomy.flatMap((group) => group.categories.map((category) => [category.code, category])),
)

export function categoryOf(code: string): Category | undefined {
  return categoryByCode.get(code)
}
