/** Estates, buildings and houses of a grid. */
import type { Edit, RecordId } from '@tongge/model'
import { create, type GridContext } from './content.ts'
import type { Random } from './random.ts'

export interface DemoHouse {
  readonly id: RecordId
  readonly building: RecordId
  readonly entrance: string
  readonly door: string
  readonly address: string
  readonly occupancy: 'owner' | 'rented' | 'vacant' | 'business'
  readonly edit: (owner: { readonly name: string; readonly phone: string } | undefined) => Edit
}

export interface DemoBuilding {
  readonly id: RecordId
  /** As the public sees it: estate and number. */
  readonly name: string
  readonly edit: Edit
  readonly houses: readonly DemoHouse[]
}

const estates =
  '翠竹苑 锦华里 和平新村 幸福家园 梧桐小区 清水湾 文苑小区 阳光花园 新华里 安居苑 枫林苑 槐荫里 紫薇园 康乐小区 江畔人家 建设新村 桃源里 丽景苑 云栖里 福安小区'.split(
    ' ',
  )

interface Shape {
  readonly floors: number
  readonly entrances: number
  readonly doors: number
  readonly built: readonly [number, number]
  readonly structure: string
  readonly lift: boolean
}

const shapes: readonly Shape[] = [
  { floors: 6, entrances: 5, doors: 2, built: [1988, 2002], structure: 'brickConcrete', lift: false },
  { floors: 6, entrances: 4, doors: 3, built: [1985, 1998], structure: 'brickConcrete', lift: false },
  { floors: 11, entrances: 3, doors: 2, built: [2003, 2014], structure: 'frame', lift: true },
  { floors: 18, entrances: 2, doors: 2, built: [2006, 2019], structure: 'shearWall', lift: true },
  { floors: 17, entrances: 1, doors: 4, built: [2010, 2021], structure: 'shearWall', lift: true },
]

/** About 530 doors in a basic grid, 130 in a dedicated one. */
export function makeBuildings(context: GridContext): readonly DemoBuilding[] {
  const { grid, random } = context
  const wanted = grid.kind === 'basic' ? 525 : random.int(90, 150)
  const buildings: DemoBuilding[] = []
  const first = random.int(0, estates.length - 1)
  let doors = 0
  for (let number = 1; doors < wanted; number += 1) {
    const shape = shapeOf(random)
    const isSecondEstate = grid.kind === 'basic' && number > 4
    const estate = estates[(first + (isSecondEstate ? 7 : 0)) % estates.length] ?? ''
    buildings.push(makeBuilding(context, shape, estate, isSecondEstate ? number - 4 : number))
    doors += shape.floors * shape.entrances * shape.doors
  }
  return buildings
}

function shapeOf(random: Random): Shape {
  return random.pick(shapes)
}

function makeBuilding(
  { random, newId, community, grid }: GridContext,
  shape: Shape,
  estate: string,
  number: number,
): DemoBuilding {
  const id = newId('b')
  const name = `${number}号楼`
  const built = random.int(...shape.built)
  const houses: DemoHouse[] = []
  for (let entrance = 1; entrance <= shape.entrances; entrance += 1) {
    for (let floor = 1; floor <= shape.floors; floor += 1) {
      for (let door = 1; door <= shape.doors; door += 1) {
        houses.push(
          makeHouse(
            { random, newId, community },
            { building: id, estate, name, entrance, floor, door, isShop: grid.kind === 'dedicated' && floor === 1 },
          ),
        )
      }
    }
  }
  const edit = create('building', id, {
    estate,
    name,
    unitCount: shape.entrances,
    floorCount: shape.floors,
    doorCount: houses.length,
    builtYear: built,
    structure: shape.structure,
    hasLift: shape.lift,
    hasGas: random.chance(0.9),
    property: built < 1998 ? '演示社区物业服务站' : `${estate}物业服务中心（演示）`,
    risk: built < 1992 ? random.pick(['M', 'M', 'H']) : random.chance(0.15) ? 'M' : 'L',
    verifyState: '1',
    status: 'active',
    source: 'visit',
  })
  return { id, name: `${estate}${name}`, edit, houses }
}

interface HousePlace {
  readonly building: RecordId
  readonly estate: string
  readonly name: string
  readonly entrance: number
  readonly floor: number
  readonly door: number
  readonly isShop: boolean
}

function makeHouse(
  { random, newId, community }: Pick<GridContext, 'random' | 'newId' | 'community'>,
  place: HousePlace,
): DemoHouse {
  const id = newId('h')
  const door = `${place.floor}${String(place.door).padStart(2, '0')}`
  const entrance = String(place.entrance)
  const occupancy = place.isShop
    ? 'business'
    : random.weighted([
        ['owner', 78],
        ['rented', 15],
        ['vacant', 7],
      ] as const)
  const address = `演示街道${community}${place.estate}${place.name}${entrance}单元${door}室`
  const area = random.int(48, 128)
  const recorded = occupancy === 'rented' && random.chance(0.8)
  const recordNo = recorded ? `演租备${random.int(100_000, 999_999)}` : undefined
  const isGroupRental = occupancy === 'rented' && random.chance(0.04)
  return {
    id,
    building: place.building,
    entrance,
    door,
    address,
    occupancy,
    edit: (owner) =>
      create('house', id, {
        building: place.building,
        houseCode: `${place.building}-${entrance}-${door}`,
        entrance,
        floor: place.floor,
        door,
        address,
        use: place.isShop ? 'commercial' : 'residential',
        area,
        occupancy,
        ownerName: owner?.name,
        ownerPhone: owner?.phone,
        rentalUse: occupancy === 'rented' ? '居住' : undefined,
        rentalRecordNo: recordNo,
        isGroupRental: isGroupRental ? true : undefined,
        verifyState: random.chance(0.9) ? '1' : '0',
        status: 'active',
        source: 'visit',
      }),
  }
}
