/** What people write in sheets instead of a list's own label, per list: `spoken -> code`. Compared after spaces are removed. */
import type { CodeListId } from './code.ts'

export const synonymsByList: { readonly [list in CodeListId]?: Readonly<Record<string, string>> } = {
  SEX: { 男性: '1', 女性: '2', 先生: '1', 女士: '2', M: '1', F: '2', male: '1', female: '2' },
  KIN: {
    户主本人: '02', 妻子: '12', 爱人: '10', 老婆: '12', 丈夫: '11', 老公: '11', 媳妇: '38', 儿子: '20', 女儿: '30', 大儿子: '22', 二儿子: '23', 二子: '23', 大女儿: '32', 二女儿: '33', 二女: '33',
    养子: '27', 继子: '27', 养女: '37', 继女: '37', 孙媳: '45', 孙女婿: '46', 孙媳妇: '45', 外孙: '43', 孙: '41', 爸爸: '51', 父: '51', 妈妈: '52', 母: '52', 公: '53', 婆: '54', 继父: '57', 养父: '57', 继母: '58', 养母: '58',
    爷爷: '61', 奶奶: '62', 姥爷: '63', 外公: '63', 姥姥: '64', 外婆: '64', 哥哥: '71', 哥: '71', 嫂子: '72', 弟弟: '73', 弟妹: '74', 姐: '75', 妹: '77', 叔叔: '83', 伯伯: '81', 舅舅: '85', 姨妈: '88', 姑妈: '90', 姑姑: '90',
    侄儿: '93', 外甥子: '95', 亲属: '97', 其他: '97', 朋友: '99', 租客: '99', 租户: '99', 承租人: '99', 同事: '99', 合租: '99',
  },
  RESIDENT: { 户籍人口: '01', 常住: '01', 常住人口: '01', 本地: '01', 流动人口: '02', 外来: '02', 外来人口: '02', 租户: '02', 境外人员: '03', 外籍: '03' },
  MARITAL: { 单身: '10', 未: '10', 已: '20', 结婚: '20', 离异: '40', 离婚未再婚: '40', 丧: '30', 寡: '30' },
  POLIT: { 党员: '01', 中国共产党党员: '01', 预备党员: '02', 团员: '03', 无党派: '12', 无党派民主人士: '12', 普通居民: '13', 无: '13' },
  EDU: { 博士: '10', 硕士: '10', 研究生及以上: '10', 大学: '20', 本科: '20', 学士: '20', 大专: '30', 专科: '30', 高职: '30', 中专: '40', 职高: '40', 技校: '40', 中职: '40', 高中: '60', 初级中学: '70', 文盲: '90', 无: '90', 学龄前: '90' },
  EMPLOY: { 公务员: '11', 专技: '13', 专业技术: '13', 教师: '13', 医生: '13', 企管: '21', 务农: '27', 在校学生: '31', 军人: '37', 现役: '37', 自由职业: '51', 灵活就业: '51', 个体: '54', 个体户: '54', 无业: '70', 待业: '70', 失业: '70', 退休: '80', 离休: '80', 离退休: '80' },
  HEALTH: { 健康: '1', 良好: '1', 一般: '2', 较弱: '2', 慢性病: '3', 高血压: '31', 残: '6' },
  OCCUPANCY: { 自用: 'owner', 自有: 'owner', 自购: 'owner', 租赁: 'rented', 租: 'rented', 出租房: 'rented', 租住: 'rented', 空: 'vacant', 空置房: 'vacant', 空房: 'vacant', 空户: 'vacant', 商用: 'business', 经营用房: 'business', 门店: 'business' },
  REGMATCH: { 是: '01', 否: '02', 人户一致: '01', 人户不一致: '02', 人户分离: '02' },
  HOUSEHOLD_TYPE: { 家庭: 'family', 集体: 'collective' },
  CARE_TAG: { 独居: 'livingAlone', 空巢: 'livingAlone', 空巢老人: 'livingAlone', 失能老人: 'dependent', 半失能: 'dependent', 高龄老人: 'aged', 残疾: 'disability', 残疾人: 'disability', 低保: 'lowIncome', 低保户: 'lowIncome', 困难: 'lowIncome', 孕妇: 'pregnant', 产妇: 'pregnant', 孕产妇: 'pregnant' },
  INCOME: { 低保户: 'subsistence', 特困: 'destitute', 五保: 'destitute', 否: 'none' },
  INFLOW: { 打工: '01', 工作: '01', 做生意: '03', 出差: '05', 上学: '06', 学习: '06', 看病: '07', 投亲: '09', 投靠: '09', 探亲: '10', 旅游: '11' },
  DWELL: { 租房: '05', 租赁: '05', 出租房: '05', 出租屋: '05', 工地: '04', 单位: '03', 亲友家: '02', 宾馆: '01' },
  LEFT: { 留守老人: '01', 留守妇女: '02', 留守儿童: '03' },
  STRUCTURE: { 砖混结构: 'brickConcrete', 框架结构: 'frame', 剪力墙结构: 'shearWall', 砖木结构: 'brickTimber', 钢: 'steel' },
  HOUSE_USE: { 居住: 'residential', 居民住宅: 'residential', 商铺: 'commercial', 商用: 'commercial', 商住两用: 'mixed', 办公用房: 'office', 厂房: 'industrial', 仓库: 'storage' },
  CONDITION: { 正常: 'good', 好: 'good', 坏: 'damaged', 破损: 'damaged', 停: 'stopped' },
  UNIT_TYPE: { 公司: 'enterprise', 个体工商户: 'small', 九小: 'small', 社团: 'organisation' },
  RISK: { 高风险: 'H', 中风险: 'M', 低风险: 'L' },
  TICKET_SOURCE: { 网格: 'grid', 网格员: 'grid', 热线: 'hotline', 居民反映: 'resident' },
  VISIT_RULE: { 每天: 'daily', 每星期: 'weekly', 每个月: 'monthly', 不定期: 'irregular' },
}
