/** What happens in a grid, as titles by category of the model's taxonomy; `{d}` becomes a door. */

export interface Matter {
  readonly category: string
  readonly weight: number
  readonly titles: readonly string[]
  /** What the one who handled it wrote. */
  readonly done: readonly string[]
}

const matter = (category: string, weight: number, titles: string, done: string): Matter => ({
  category,
  weight,
  titles: titles.split('|'),
  done: done.split('|'),
})

export const matters: readonly Matter[] = [
  matter(
    'safety.fire',
    16,
    '楼道堆放杂物堵塞通道|电动车在楼道内飞线充电|{d}门口堆放纸箱|灭火器压力不足|消防通道被车辆占用|楼道配电箱门损坏',
    '已当场清理，向住户说明利害|已联系物业更换，复查正常|已劝离并张贴提示',
  ),
  matter(
    'safety.rental',
    3,
    '{d}疑似隔断群租|出租屋人员频繁变动|日租房扰民',
    '与房东约谈，隔断已拆除|已登记入住人员信息',
  ),
  matter(
    'safety.building',
    2,
    '顶层私搭阳光房|一层占用公共绿地加盖|外墙出现裂缝',
    '已转交城管部门联合处置|已设置警示并报房管部门',
  ),
  matter('safety.food', 2, '小餐饮店未亮证经营|居民反映购买食品过期', '市场监管所到场检查，已整改'),
  matter('safety.security', 2, '有陌生人上门推销保健品|非机动车棚发生盗窃', '已提醒老人并通报警务员|协助调取监控'),
  matter(
    'facility.repair',
    20,
    '楼道灯不亮|单元门禁失灵|下水道堵塞返水|路灯不亮|井盖松动有异响|屋面漏水至{d}|健身器材螺丝松动|电梯运行异响',
    '物业已维修，居民确认正常|维修工到场更换配件|已疏通，清理现场',
  ),
  matter(
    'environment.sanitation',
    9,
    '楼道小广告较多|污水外溢有异味|绿化带有卫生死角|餐馆油烟影响居民',
    '已清理并拍照留存|已约谈商户加装净化设备',
  ),
  matter(
    'environment.waste',
    9,
    '装修垃圾堆放楼前|垃圾分类桶满溢|高空抛物',
    '清运公司已清走|增加一次清运，张贴投放说明',
  ),
  matter('environment.dog', 4, '遛狗不牵绳|犬吠扰民|楼前犬粪未清理', '已上门劝导，养犬人表示改正|发放文明养犬提示'),
  matter('property.complaint', 5, '保洁不及时|物业维修响应慢|绿化长期未修剪', '物业已提交整改计划|已协调增加保洁频次'),
  matter('property.parking', 6, '车辆占用消防车道|访客车辆乱停|居民争抢车位', '已联系车主挪车|划线并公示停车规则'),
  matter(
    'service.agent',
    7,
    '为行动不便老人代办高龄津贴|代办残疾人证换证|协助办理居住证|帮助老人完成养老资格认证',
    '材料已递交，回执交给本人|已上门办结',
  ),
  matter('service.policy', 4, '咨询医保报销流程|咨询加装电梯政策|咨询低保申请条件', '已说明政策并给出材料清单'),
  matter(
    'service.help',
    6,
    '独居老人请求帮助购药|老人手机不会使用，请求指导|请求协助联系家政|陪同老人就诊',
    '已送药上门|志愿者已上门指导|已联系家属并陪同',
  ),
  matter('service.registration', 1, '咨询新生儿落户', '已告知材料与窗口时间'),
  matter('service.housing', 1, '申请公租房补贴', '材料齐全，已报街道'),
  matter(
    'dispute.neighbour',
    4,
    '楼上漏水引发纠纷|楼道公共区域占用争议|空调外机滴水争执',
    '双方协商达成一致|调解后签订书面协议',
  ),
  matter('dispute.noise', 5, '夜间装修噪音|广场舞音量过大|楼上深夜噪音', '已与当事人约定时间|物业登记并提醒'),
  matter('dispute.family', 2, '家庭因赡养产生矛盾|夫妻争吵请求调解', '分别谈心后当面调解，双方缓和'),
  matter('emergency.person', 1, '独居老人敲门未应|老人在楼前摔倒', '已联系家属确认平安|拨打 120 并陪护至家属到场'),
  matter('culture.event', 1, '组织邻里节活动|社区书屋读书会', '活动顺利举办'),
  matter('other.other', 1, '居民拾到钥匙寻失主', '已在楼门张贴，失主领回'),
]

export const reasons = {
  return: ['不属于我负责的楼栋，请改派', '需要专业维修人员，退回重新分派'],
  extension: ['配件需订购，申请延期', '当事人外出，需延期处理'],
  suspend: ['等待供水公司停水施工', '等待相关部门回复'],
  escalate: ['涉及多个产权单位，需社区协调', '需部门联合处置，请社区吹哨'],
  reject: ['经核实情况不属实', '重复反映，已在其他工单处理'],
  reopen: ['居民反映问题再次出现', '回访不满意，需继续处理'],
  comment: ['已电话联系居民', '现场情况与描述一致', '下午再去看一次', '已通知楼栋长留意'],
  verify: ['现场复查合格', '照片与现场一致'],
} as const
