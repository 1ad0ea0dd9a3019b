/** Code lists of households and persons; GB/T codes are those of the standard named beside each list. */
import { listOf } from './lists.ts'

export const peopleLists = {
  HOUSEHOLD_TYPE: listOf(`
    family 家庭户 Family
    collective 集体户 Collective`),
  REGMATCH: listOf(`
    01 一致 Matches
    02 不一致 Does not match`),
  CARE_TAG: listOf(`
    livingAlone 独居老人 Elder living alone
    dependent 失能 Dependent on care
    aged 高龄 Very old
    disability 残障 Disability
    lowIncome 低收入 Low income
    childInNeed 困境儿童 Child in need
    newborn 新生儿 Newborn
    pregnant 孕产 Pregnant or in childbed`),
  INCOME: listOf(`
    none 无 None
    subsistence 低保 Subsistence allowance
    marginal 低保边缘 Near subsistence
    destitute 特困供养 Support for the destitute
    temporary 临时救助 Temporary relief`),
  // GB/T 2261.1
  SEX: listOf(`
    0 未知 Unknown
    1 男 Male
    2 女 Female
    9 未说明 Not stated`),
  RESIDENT: listOf(`
    01 户籍 Registered here
    02 流动 Floating
    03 境外 From abroad`),
  // GB/T 2261.2
  MARITAL: listOf(`
    10 未婚 Single
    20 已婚 Married
    21 初婚 First marriage
    22 再婚 Remarried
    23 复婚 Married again to the same
    30 丧偶 Widowed
    40 离婚 Divorced
    90 未说明 Not stated`),
  // GB/T 4762
  POLIT: listOf(`
    01 中共党员 Party member
    02 中共预备党员 Probationary party member
    03 共青团员 Youth League member
    04 民革党员 Revolutionary Committee of the Kuomintang
    05 民盟盟员 Democratic League
    06 民建会员 National Construction Association
    07 民进会员 Association for Promoting Democracy
    08 农工党党员 Peasants' and Workers' Democratic Party
    09 致公党党员 Zhi Gong Party
    10 九三学社社员 Jiusan Society
    11 台盟盟员 Taiwan Democratic Self-Government League
    12 无党派人士 No party affiliation
    13 群众 General public`),
  // GB/T 4658
  EDU: listOf(`
    10 研究生 Postgraduate
    20 大学本科 Bachelor
    30 大学专科 Junior college
    40 中等职业 Vocational secondary
    60 普通高中 Senior secondary
    70 初中 Junior secondary
    80 小学 Primary
    90 其他 Other`),
  // GB/T 2261.4
  EMPLOY: listOf(`
    11 国家公务员 Civil servant
    13 专业技术人员 Professional or technical
    17 职员 Clerk
    21 企业管理人员 Manager
    24 工人 Worker
    27 农民 Farmer
    31 学生 Student
    37 现役军人 On military service
    51 自由职业者 Freelance
    54 个体经营者 Self-employed
    70 无业人员 Not working
    80 退(离)休人员 Retired
    90 其他 Other`),
  // GB/T 2261.3
  HEALTH: listOf(`
    1 健康或良好 Good
    2 一般或较弱 Fair or weak
    3 有慢性病 Chronic disease
    31 心血管病 Cardiovascular disease
    32 脑血管病 Cerebrovascular disease
    33 慢性呼吸系统病 Chronic respiratory disease
    34 慢性消化系统病 Chronic digestive disease
    35 慢性肾炎 Chronic nephritis
    36 结核病 Tuberculosis
    37 糖尿病 Diabetes
    6 残疾 Disability
    61 视力残疾 Visual disability
    62 听力残疾 Hearing disability
    63 言语残疾 Speech disability
    64 肢体残疾 Physical disability
    65 智力残疾 Intellectual disability
    66 精神残疾 Mental disability
    67 多重残疾 Multiple disabilities`),
  // GA 214.12. No field holds it: religion is not collected; the list reads what other systems hand over.
  RELIGION: listOf(`
    00 无宗教信仰 None
    10 佛教 Buddhism
    20 喇嘛教 Lamaism
    30 道教 Taoism
    40 天主教 Catholicism
    50 基督教 Protestantism
    60 东正教 Eastern Orthodoxy
    70 伊斯兰教 Islam
    99 其他 Other`),
  // GA/T 517
  CERT: listOf(`
    111 居民身份证 Resident identity card
    113 户口簿 Household register booklet
    114 军官证 Officer's card
    414 普通护照 Passport
    511 台湾居民来往大陆通行证 Mainland travel permit for Taiwan residents
    516 港澳居民来往内地通行证 Mainland travel permit for Hong Kong and Macao residents
    990 其他 Other`),
  // GB/T 26341
  DISAB: listOf(`
    1 视力残疾 Visual disability
    2 听力残疾 Hearing disability
    3 言语残疾 Speech disability
    4 肢体残疾 Physical disability
    5 智力残疾 Intellectual disability
    6 精神残疾 Mental disability
    7 多重残疾 Multiple disabilities`),
  DISAB_GRADE: listOf(`
    1 一级 First grade
    2 二级 Second grade
    3 三级 Third grade
    4 四级 Fourth grade`),
  INFLOW: listOf(`
    01 务工 Work
    02 务农 Farming
    03 经商 Trade
    04 服务 Services
    05 因公出差 Official trip
    06 借读培训 Study or training
    07 治病疗养 Medical treatment
    08 保姆 Domestic work
    09 投靠亲友 Joining relatives
    10 探亲访友 Visiting
    11 旅游观光 Tourism
    99 其他 Other`),
  DWELL: listOf(`
    01 旅店 Hotel
    02 居民家中 In a resident's home
    03 单位内部 At the workplace
    04 工地现场 On a building site
    05 租赁房屋 Rented house
    99 其他 Other`),
  PERMIT: listOf(`
    residence 居住证 Residence permit
    temporary 暂住证 Temporary residence permit
    registration 居住登记 Residence registration
    none 未办理 None
    other 其他 Other`),
  LEFT: listOf(`
    01 老人 Elder
    02 妇女 Woman
    03 儿童 Child`),
} as const
