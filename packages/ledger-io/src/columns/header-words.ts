/** What offices call their columns, separated by blanks. The first name of each line is the usual one; the others carry no order. */
import type { Target } from './targets.ts'

export const headerWords: Readonly<Partial<Record<Target, string>>> = {
  address:
    '住址 地址 家庭住址 家庭地址 详细地址 详细住址 房屋地址 门牌地址 房号地址 楼栋门牌 楼号单元室 楼栋单元房号 楼-单元-室 实际住址 居住地址 房屋坐落 坐落 具体住址 现住址 现住地址 现居住地 现居住地址 现住地 居住地 现住详址 小区地址 address',
  headName: '户主姓名 户主 户主名 户主名字 户主名称 head headofhousehold',
  'building.estate': '小区 小区名称 小区名 住宅小区 所在小区 院落 estate',
  'building.name': '楼栋 楼号 楼栋号 楼 栋 幢 幢号 栋号 楼幢 楼栋名称 座 楼座 楼宇 几号楼 所在楼栋 building',
  'building.committeeContact': '业委会联系人 业委会主任 业主委员会联系人 业委会负责人',
  'building.committeePhone': '业委会电话 业委会联系电话 业委会联系方式 业主委员会电话',
  'building.longitude': '楼栋经度',
  'building.latitude': '楼栋纬度',
  'house.entrance': '单元 单元号 门洞 梯 entrance',
  'house.floor': '楼层 层 所在楼层 floor',
  'house.door':
    '室 门牌 房号 门牌号 室号 房间号 房室号 户室 房屋号 门号 户室号 楼房号 门户号 房间 单元室 单元房号 几零几 门牌号码 door room',
  'house.houseCode': '房屋编号 房屋编码 房屋代码',
  'house.use': '建筑用途 房屋用途 用途 房屋性质',
  'house.area': '面积 建筑面积 房屋面积 住房面积 面积平方米 面积㎡',
  'house.occupancy':
    '房屋状态 居住状态 入住情况 居住情况 房屋使用情况 是否出租 自住出租 住房情况 房屋类型 房屋现状 空置情况',
  'house.ownerName': '房主 房主姓名 业主 业主姓名 产权人 房东 房东姓名 房屋所有人',
  'house.ownerPhone':
    '房主电话 业主电话 房东电话 房主联系电话 业主联系电话 房东联系电话 房主联系方式 业主联系方式 房东联系方式',
  'house.ownerIdType': '房主证件类型 业主证件类型 房东证件类型 产权人证件类型',
  'house.ownerIdNo':
    '房主证件号码 房主证件号 房主身份证号 房主身份证号码 房主身份证 房主公民身份号码 业主证件号码 业主身份证号 业主身份证号码 业主身份证 房东证件号码 房东身份证号 房东身份证号码 房东身份证 产权人身份证号',
  'house.ownerResidence': '房主现居 房主现住址 房主住址 业主现住址 业主住址 房东现住址 房东住址 房主现居住地址',
  'house.longitude': '经度 房屋经度',
  'house.latitude': '纬度 房屋纬度',
  'house.tenantName': '承租人 承租人姓名 租客 租客姓名 租户姓名 租房人 租住人姓名',
  'house.tenantPhone':
    '承租人电话 承租人联系电话 承租人联系方式 承租人手机 租客电话 租客联系电话 租客手机 租户电话 租户联系电话',
  'house.tenantIdNo':
    '承租人身份号码 承租人身份证号 承租人身份证号码 承租人身份证 承租人证件号码 承租人公民身份号码 租客身份证号 租客身份证 租户身份证号',
  'house.leaseFrom': '租期开始 租期起 起租日期 租赁起始日期 租赁开始日期 租赁开始时间 承租日期 出租日期',
  'house.leaseTo': '租期结束 租期止 租赁到期日期 租赁结束日期 租赁截止日期 租赁到期时间 租期到期',
  'house.hazardType': '隐患类型 房屋隐患 安全隐患 安全隐患类型 存在隐患 房屋隐患类型',
  'house.hasPartition': '隔断 有隔断 是否隔断 有无隔断 是否有隔断',
  'house.areaPerPerson': '人均面积 人均居住面积 人均使用面积',
  'house.rentalUse': '出租用途',
  'house.rentalRecordNo': '备案号 出租备案号 租赁备案号',
  'house.isGroupRental': '群租 是否群租',
  'household.householdNo': '户号 户编号 户籍号 户口簿编号',
  'household.householdType': '户类型 户类别 户别 家庭户集体户',
  'household.regMatch': '人户一致 人户是否一致 是否人户一致 人户分离 人户情况 人户一致标识',
  'household.phone':
    '户主电话 户主联系电话 户主手机 户主手机号 户主联系方式 家庭电话 固定电话 座机 住宅电话 家庭联系电话',
  'household.emergencyContact': '紧急联系人 紧急联系人姓名 应急联系人 其他联系人',
  'household.emergencyPhone':
    '紧急联系电话 紧急联系人电话 紧急联系人手机 应急联系电话 应急联系人电话 紧急电话 紧急联系人联系方式 紧急联系人联系电话',
  'household.careTags': '一老一小一困 关爱类别 重点关爱 特殊群体 关爱对象 重点人群 人员标签 困难类别',
  'household.income': '低保 是否低保 低保户 是否低保户 低保情况 是否享受低保 是否困难户 低保收入 低保/收入',
  'household.dogs': '养犬 养犬情况 是否养犬 犬只 养狗 是否养狗 犬只情况 养犬数量 宠物 饲养宠物',
  'household.visitRule': '走访计划 走访频次',
  'person.name': '姓名 名字 人员姓名 居民姓名 成员姓名 家庭成员 家庭成员姓名 住户姓名 人员 name',
  'person.formerName': '曾用名',
  'person.kinToHead':
    '与户主关系 关系 和户主关系 与户主的关系 同户主关系 家庭关系 户主关系 成员关系 称谓 与户主之关系 relation',
  'person.idNo':
    '身份证号 公民身份号码 证件号码 身份证号码 身份证 身份号码 公民身份证号 公民身份证号码 证件号 居民身份证号 居民身份证号码 身份证件号码 idnumber idno',
  'person.sex': '性别 sex gender',
  'person.birthDate': '出生日期 出生年月 生日 出生年月日 出生时间 出生 birthdate dateofbirth',
  'person.ethnicity': '民族 族别',
  'person.nativePlace': '籍贯 祖籍 出生地',
  'person.registeredRegion':
    '户籍地区划 户籍地行政区划 户籍行政区划 户籍地省市区县 户籍省市县 户籍地省市县 户籍地省市县区',
  'person.registeredAddress':
    '户籍地址 户籍详址 户籍所在地 户口所在地 户籍地 户籍 户口地址 户籍住址 户籍地详址 户籍所在地址 户口',
  'person.residenceRegion': '现住地区划 现住地行政区划 现住地省市区县 现住地省市县 现住地省市县区',
  'person.residenceAddress': '现住址 现住地址 现居住地 现居住地址 现住地 居住地 现住详址 居住地址',
  'person.phone':
    '联系电话 电话 手机 手机号 手机号码 电话号码 联系方式 联系手机 移动电话 本人电话 联系号码 本人联系电话 tel phone mobile',
  'person.resident':
    '人口类型 居住类型 人员类型 人员类别 人口类别 户籍类型 户籍流动 户口性质 人口性质 常住流动 户籍/流动 实有人口类型 居住性质 户籍情况',
  'person.maritalStatus': '婚姻状况 婚姻 婚姻状态 婚否',
  'person.politicalStatus': '政治面貌 政治身份 是否党员',
  'person.education': '学历 文化程度 教育程度 受教育程度 最高学历',
  'person.employment': '从业状况 就业状况 就业情况 就业状态 从业情况 职业状况',
  'person.occupationCode': '职业类别 职业代码 职业分类 职业类别代码',
  'person.occupation': '职业 职务 从事职业 工作',
  'person.workplace':
    '工作单位 服务处所 单位 工作单位及职务 就业单位 就读学校 工作单位学校 从业单位 就读学校或工作单位 工作单位或就读学校',
  'person.health': '健康状况 身体状况 健康',
  'person.inflowReason': '流入原因 来本地原因 暂住原因 居住事由 流动原因 来此原因',
  'person.permitKind': '办证类型 居住证类型 办证种类',
  'person.permitType': '办证说明 办证情况说明',
  'person.permitNo': '居住证号 暂住证号 居住证号码 居住证编号',
  'person.registeredOn': '登记日期 登记时间 来此日期 入住日期 入住时间 流入日期 流入时间',
  'person.expiresOn': '到期日期 有效期至 居住证到期日期 证件到期日期',
  'person.dwellingType': '住所类型 居住处所 居住场所 住所类别',
  'person.leavesOn': '预计离开日期 拟离开日期 预计离开时间',
  'person.leftBehindType': '留守类型 留守 留守人员类型',
  'person.familyName': '家庭主要成员姓名 主要家庭成员姓名 主要成员姓名',
  'person.familyKin': '主要成员关系 家庭主要成员关系 主要家庭成员关系 主要成员与本人关系',
  'person.familyPhone': '主要成员电话 家庭主要成员电话 主要成员联系电话 家庭主要成员联系电话 主要成员联系方式',
  'person.familyWorkplace': '主要成员工作地址 家庭主要成员工作地址 主要成员工作单位 主要家庭成员工作地址',
  'person.leftBehindIncome': '家庭年收入 年收入 家庭收入',
  'person.mainFamilyMember': '家庭主要成员 主要家庭成员',
  'person.difficulty': '困难及诉求 困难诉求 诉求',
  'person.assistance': '帮扶情况 帮扶措施',
  'person.movedOutOn': '迁出日期 迁出时间',
  'person.movedTo': '迁往地 迁往地址 迁入地',
  'person.deceasedOn': '死亡日期 死亡时间',
  'person.remark': '备注 说明 其他 其它 备注说明 其他情况 情况说明 remark note',
}

/** Columns that say nothing a ledger keeps; recognised so that a header row is, and left out. */
export const ignoredWords: string =
  '序号 编号 序 年龄 周岁 户数 人数 家庭人口 家庭人口数 人口数 合计 签名 签字 采集人 填表人 采集时间 填报日期 登记人 网格 网格号 网格名称 网格员 网格长 社区 社区名称 所属社区 所属网格 街道 证件类型 证件种类 承租人数 租客人数 租住人数 隔断间数 星座 属相 生肖 no no.'
