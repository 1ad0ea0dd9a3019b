/** Units and facilities of a grid. */
import { dayLength, dayOf, startOfDay, type Edit, type RecordId } from '@tongge/model'
import { create, type GridContext } from './content.ts'
import { givenName, surname } from './names.ts'
import { creditCode, mobileNumber } from './numbers.ts'

interface Trade {
  readonly name: string
  readonly type: string
  readonly nine?: string
  readonly people: readonly [number, number]
}

const trades: readonly Trade[] = [
  { name: '便利店', type: 'small', nine: '3', people: [1, 4] },
  { name: '水果店', type: 'small', nine: '3', people: [1, 3] },
  { name: '五金店', type: 'small', nine: '3', people: [1, 3] },
  { name: '面馆', type: 'small', nine: '4', people: [2, 8] },
  { name: '早餐铺', type: 'small', nine: '4', people: [2, 5] },
  { name: '家常菜馆', type: 'small', nine: '4', people: [4, 12] },
  { name: '美发店', type: 'small', nine: '8', people: [2, 6] },
  { name: '口腔诊所', type: 'small', nine: '2', people: [3, 8] },
  { name: '快捷旅馆', type: 'small', nine: '5', people: [3, 9] },
  { name: '棋牌室', type: 'small', nine: '6', people: [1, 3] },
  { name: '幼儿园', type: 'school', nine: '1', people: [12, 40] },
  { name: '物流有限公司', type: 'enterprise', people: [8, 60] },
  { name: '商贸有限公司', type: 'enterprise', people: [3, 30] },
  { name: '装饰工程有限公司', type: 'enterprise', people: [4, 25] },
  { name: '社工服务中心', type: 'organisation', people: [3, 12] },
  { name: '综合市场', type: 'key', people: [30, 120] },
]
const brands = '福来 鑫源 同心 老街 顺达 佳和 小满 春晖 百味 四季 金桥 阿康 云朵 新悦 万家 好邻'.split(' ')

export function makeUnits(context: GridContext, buildings: readonly RecordId[]): readonly Edit[] {
  const { random, newId, grid, community, today } = context
  const count = grid.kind === 'basic' ? random.int(9, 16) : random.int(35, 55)
  return Array.from({ length: count }, () => {
    const trade = random.pick(trades)
    return create('unit', newId('n'), {
      name: `${random.pick(brands)}${trade.name}（演示）`,
      unitType: trade.type,
      nineType: trade.nine,
      uscc: creditCode(random),
      building: random.pick(buildings),
      address: `演示街道${community}${random.pick(['和平路', '建设路', '文昌街', '清溪路'])}${random.int(1, 188)}号`,
      legalRep: surname(random) + givenName(random, random.int(1965, 1995), random.chance(0.6)),
      phone: mobileNumber(random),
      employees: random.int(...trade.people),
      area: random.int(18, 400),
      isHazardous: random.chance(0.02) ? true : undefined,
      attention: trade.type === 'key' || trade.type === 'school' ? 'high' : random.pick(['low', 'low', 'medium']),
      nextInspection: dayOf(startOfDay(today) + random.int(-6, 40) * dayLength),
      verifyState: '1',
      status: 'active',
      source: 'visit',
    })
  })
}

const facilities: readonly (readonly [name: string, type: string])[] = [
  ['健身器材', 'culture'],
  ['社区书屋', 'culture'],
  ['棋牌桌椅', 'culture'],
  ['宣传栏', 'publicity'],
  ['电子屏', 'publicity'],
  ['垃圾分类投放点', 'environment'],
  ['污水井盖', 'environment'],
  ['路灯', 'environment'],
  ['电动车充电棚', 'environment'],
  ['单元门禁', 'entrance'],
  ['楼道灯', 'entrance'],
  ['消火栓', 'entrance'],
]

export function makeFacilities(
  context: GridContext,
  buildings: readonly { readonly id: RecordId; readonly name: string }[],
): readonly Edit[] {
  const { random, newId, today } = context
  return Array.from({ length: random.int(16, 24) }, (_, index) => {
    const [name, type] = random.pick(facilities)
    const building = random.pick(buildings)
    return create('facility', newId('f'), {
      name,
      facilityType: type,
      facilityNo: `演设${String(index + 1).padStart(3, '0')}`,
      building: building.id,
      place: `${building.name}${random.pick(['东侧', '西侧', '南门口', '一层大厅', '楼前'])}`,
      owner: '演示街道办事处',
      maintainer: random.pick(['演示物业服务中心', '演示市政养护队']),
      condition: random.weighted([
        ['good', 86],
        ['damaged', 10],
        ['stopped', 4],
      ] as const),
      nextInspection: dayOf(startOfDay(today) + random.int(-10, 60) * dayLength),
      verifyState: '1',
      status: 'active',
      source: 'visit',
    })
  })
}
