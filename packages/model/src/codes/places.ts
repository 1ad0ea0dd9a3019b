/** Code lists of buildings, houses, units and facilities. */
import { listOf } from './lists.ts'

export const placeLists = {
  STRUCTURE: listOf(`
    brickConcrete 砖混 Brick and concrete
    frame 框架 Frame
    shearWall 剪力墙 Shear wall
    brickTimber 砖木 Brick and timber
    steel 钢结构 Steel
    other 其他 Other`),
  RISK: listOf(`
    H 高 High
    M 中 Medium
    L 低 Low`),
  HOUSE_USE: listOf(`
    residential 住宅 Residential
    commercial 商业 Commercial
    mixed 商住 Mixed
    office 办公 Office
    industrial 工业 Industrial
    storage 仓储 Storage
    public 公共服务 Public service
    other 其他 Other`),
  OCCUPANCY: listOf(`
    owner 自住 Owner-occupied
    rented 出租 Rented
    vacant 空置 Vacant
    business 经营 Business`),
  UNIT_TYPE: listOf(`
    enterprise 企业 Enterprise
    organisation 社会组织 Social organisation
    school 学校 School
    small 九小场所 Small place
    key 重点场所 Key place
    other 其他 Other`),
  PLACE9: listOf(`
    1 小学校幼儿园 Small school or kindergarten
    2 小医院 Small clinic
    3 小商店 Small shop
    4 小餐饮 Small restaurant
    5 小旅馆 Small hotel
    6 小歌舞娱乐 Small entertainment place
    7 小网吧 Small internet café
    8 小美容洗浴 Small beauty or bath place
    9 小生产加工 Small workshop`),
  ATTENTION: listOf(`
    high 高 High
    medium 中 Medium
    low 一般 Ordinary`),
  FACILITY_TYPE: listOf(`
    culture 文体 Culture and sport
    publicity 宣传 Publicity
    environment 环境 Environment
    entrance 楼门 Entrance`),
  // GB/T 30428.2 大类, its codes from general knowledge of the standard: parts are open to a community's own. No field holds an event yet.
  CITYPART: listOf(`
    01 公用设施 Public utilities
    02 道路交通 Roads and traffic
    03 市容环境 City appearance
    04 园林绿化 Parks and greenery
    05 其他 Other`),
  CITYEVENT: listOf(`
    01 市容环境 City appearance
    02 宣传广告 Advertising
    03 施工管理 Building works
    04 突发事件 Emergencies
    05 街面秩序 Street order
    06 其他 Other`),
  CONDITION: listOf(`
    good 完好 Good
    damaged 损坏 Damaged
    stopped 停用 Out of use`),
  // 安全隐患类型: of houses let out and of units; the kinds of a hazard record.
  HAZARD: listOf(`
    fire 消防 Fire
    security 治安 Public security
    foodDrug 食品药品 Food and drugs
    structure 建筑结构 Structure
    wiring 电路 Wiring
    environment 环境 Environment
    illegalBuilding 违建 Illegal building
    groupRental 群租 Group rental`),
  ORGANISATION: listOf(`
    party 党组织 Party organisation
    union 工会 Trade union
    youth 共青团 Youth League
    women 妇联 Women's federation`),
} as const
