/** The households and people of a grid. */
import { dayLength, dayOf, startOfDay, type Day, type Edit, type RecordId, type Value } from '@tongge/model'
import type { DemoHouse } from './buildings.ts'
import { create, type GridContext } from './content.ts'
import { makeFamily, type Member } from './families.ts'
import { givenName, surname } from './names.ts'
import { idNumber, mobileNumber } from './numbers.ts'
import type { Random } from './random.ts'

export interface DemoHousehold {
  readonly id: RecordId
  readonly house: DemoHouse
  readonly headName: string
  readonly phone: string | undefined
  readonly careTags: readonly string[]
  readonly edits: readonly Edit[]
}

interface DemoPerson extends Member {
  readonly id: RecordId
  readonly name: string
  readonly birth: Day
  readonly phone: string | undefined
}

/** Identity numbers of a day run on, so that no two people share one. */
export type SequenceOf = (birth: Day) => number

export function makeHousehold(
  context: GridContext,
  house: DemoHouse,
  number: number,
  sequenceOf: SequenceOf,
): DemoHousehold {
  const { random, newId, today } = context
  const id = newId('u')
  const isRented = house.occupancy === 'rented'
  const isFloating = isRented && random.chance(0.88)
  const people = makePeople(context, makeFamily(random, isRented))
  const phone = people[0]?.phone
  const careTags = careTagsOf(random, people)
  const visitRule =
    careTags.includes('livingAlone') || careTags.includes('dependent')
      ? 'daily'
      : careTags.length > 0
        ? 'weekly'
        : random.pick(['monthly', 'irregular'] as const)
  const confirmedAt =
    startOfDay(today) -
    (1 + daysSinceVisit(random, isFloating ? 'weekly' : visitRule)) * dayLength +
    random.int(9, 19) * 3_600_000
  const emergency = random.chance(0.45)
    ? {
        emergencyContact: surname(random) + givenName(random, 1980, random.chance(0.5)),
        emergencyPhone: mobileNumber(random),
      }
    : {}
  const household = create('household', id, {
    householdNo: String(number).padStart(6, '0'),
    house: house.id,
    head: people[0]?.id,
    householdType: people.some(({ kin }) => kin === '99') ? 'collective' : 'family',
    regMatch: isFloating || random.chance(0.1) ? '02' : '01',
    phone,
    ...emergency,
    careTags: careTags.length > 0 ? careTags : undefined,
    income: careTags.includes('lowIncome') ? random.pick(['subsistence', 'marginal', 'temporary']) : undefined,
    dogs: random.chance(0.05) ? random.pick(['泰迪一只，已登记', '柯基一只，已免疫', '中华田园犬一只']) : undefined,
    visitRule,
    lastConfirmedAt: confirmedAt,
    verifyState: random.weighted([
      ['1', 80],
      ['3', 12],
      ['0', 6],
      ['2', 2],
    ] as const),
    status: 'active',
    source: isFloating ? 'self' : 'visit',
  })
  const persons = people.map((person) =>
    makePerson(context, person, { household: id, house, isFloating, confirmedAt, careTags, sequenceOf }),
  )
  return { id, house, headName: people[0]?.name ?? '', phone, careTags, edits: [household, ...persons] }
}

/** Most visits are in time, one in eight is late. */
function daysSinceVisit(random: Random, rule: 'daily' | 'weekly' | 'monthly' | 'irregular'): number {
  const due = { daily: 0, weekly: 5, monthly: 27, irregular: 80 }[rule]
  return random.chance(0.875) ? random.int(0, due) : due + random.int(1, 4 + due / 2)
}

function makePeople({ random, newId, today }: GridContext, family: readonly Member[]): readonly DemoPerson[] {
  const familyName = surname(random)
  return family.map((member) => {
    const birth = birthDay(random, today, member.age)
    const own = member.sameName ? familyName : surname(random)
    const phone = member.age >= 14 && random.chance(member.age > 80 ? 0.5 : 0.94) ? mobileNumber(random) : undefined
    return {
      ...member,
      id: newId('p'),
      birth,
      phone,
      name: own + givenName(random, Number(birth.slice(0, 4)), member.male),
    }
  })
}

interface Home {
  readonly household: RecordId
  readonly house: DemoHouse
  readonly isFloating: boolean
  readonly confirmedAt: number
  readonly careTags: readonly string[]
  readonly sequenceOf: SequenceOf
}

function makePerson(context: GridContext, person: DemoPerson, home: Home): Edit {
  const { random, today } = context
  const { age, male, birth } = person
  const left = !home.isFloating && person.kin !== '02' && random.chance(0.012)
  const hasDied = left && age > 70
  const leftOn = left ? dayOf(startOfDay(today) - random.int(5, 300) * dayLength) : undefined
  return create('person', person.id, {
    household: home.household,
    name: person.name,
    kinToHead: person.kin,
    idNo: random.chance(0.985) ? idNumber(birth, home.sequenceOf(birth), male) : undefined,
    sex: male ? '1' : '2',
    birthDate: birth,
    ethnicity: random.weighted([
      ['01', 955],
      ['11', 10],
      ['03', 12],
      ['08', 8],
      ['05', 5],
      ['15', 5],
      ['06', 5],
    ] as const),
    phone: person.phone,
    resident: home.isFloating ? '02' : '01',
    education: educationOf(random, age),
    employment: employmentOf(random, age, male),
    workplace: age > 22 && age < 58 && random.chance(0.25) ? random.pick(workplaces) : undefined,
    residenceAddress: home.house.address,
    registeredAddress: home.isFloating
      ? `演示省${random.pick(['安平', '永宁', '长乐', '清河', '丰水'])}县${random.pick(['东', '西', '南', '北'])}${random.pick(['关', '庄', '桥', '岭'])}村`
      : home.house.address,
    health: healthOf(random, age, home.careTags),
    verifyState: random.weighted([
      ['1', 88],
      ['0', 8],
      ['2', 4],
    ] as const),
    status: hasDied ? 'deceased' : left ? 'movedOut' : 'active',
    deceasedOn: hasDied ? leftOn : undefined,
    movedOutOn: left && !hasDied ? leftOn : undefined,
    movedTo: left && !hasDied ? '外地' : undefined,
    source: home.isFloating ? 'self' : 'visit',
    ...(home.isFloating ? floatingPart(random, today, home.confirmedAt, age) : {}),
  })
}

function floatingPart(random: Random, today: Day, confirmedAt: number, age: number): Record<string, Value> {
  const registeredOn = dayOf(startOfDay(today) - random.int(20, 330) * dayLength)
  return {
    inflowReason:
      age < 18
        ? random.pick(['06', '09'])
        : random.weighted([
            ['01', 55],
            ['03', 15],
            ['04', 14],
            ['09', 10],
            ['07', 3],
            ['08', 3],
          ] as const),
    registeredOn,
    expiresOn: dayOf(startOfDay(registeredOn) + 365 * dayLength),
    dwellingType: '05',
    floatingConfirmedAt: confirmedAt,
    ...(age >= 16 && random.chance(0.7) ? { permitKind: 'residence' } : {}),
  }
}

function birthDay(random: Random, today: Day, age: number): Day {
  const birthdayThisYear = startOfDay(
    `${Number(today.slice(0, 4)) - age}${today.slice(4) === '-02-29' ? '-02-28' : today.slice(4)}`,
  )
  return dayOf(birthdayThisYear - random.int(1, 360) * dayLength)
}

function careTagsOf(random: Random, people: readonly DemoPerson[]): readonly string[] {
  const tags: string[] = []
  if (people.length === 1 && (people[0]?.age ?? 0) >= 65) tags.push('livingAlone')
  if (people.some(({ age }) => age >= 80)) tags.push('aged')
  if (people.some(({ age }) => age < 1)) tags.push('newborn')
  if (random.chance(0.018)) tags.push('disability')
  if (random.chance(0.022)) tags.push('lowIncome')
  if (people.some(({ age }) => age >= 75) && random.chance(0.07)) tags.push('dependent')
  if (people.some(({ age }) => age < 14) && random.chance(0.006)) tags.push('childInNeed')
  if (people.some(({ male, age }) => !male && age >= 23 && age <= 38) && random.chance(0.02)) tags.push('pregnant')
  return tags
}

function educationOf(random: Random, age: number): string | undefined {
  if (age < 6) return undefined
  if (age < 13) return '80'
  if (age < 16) return '70'
  if (age < 19) return random.pick(['60', '40'])
  if (age > 65)
    return random.weighted([
      ['80', 40],
      ['70', 38],
      ['60', 14],
      ['30', 5],
      ['20', 3],
    ] as const)
  return random.weighted([
    ['70', 24],
    ['60', 20],
    ['40', 12],
    ['30', 20],
    ['20', 21],
    ['10', 3],
  ] as const)
}

function employmentOf(random: Random, age: number, male: boolean): string | undefined {
  if (age < 6) return undefined
  if (age < 19) return '31'
  if (age >= (male ? 60 : 55)) return '80'
  return random.weighted([
    ['17', 28],
    ['24', 22],
    ['13', 16],
    ['54', 11],
    ['51', 9],
    ['70', 8],
    ['21', 4],
    ['11', 2],
  ] as const)
}

function healthOf(random: Random, age: number, careTags: readonly string[]): string | undefined {
  if (careTags.includes('dependent') && age >= 75) return '2'
  if (age < 60) return undefined
  return random.weighted<string | undefined>([
    [undefined, 55],
    ['1', 20],
    ['31', 12],
    ['37', 8],
    ['2', 5],
  ])
}

const workplaces = [
  '演示市第一机械厂',
  '春和超市（演示）',
  '演示市第三小学',
  '演示物流有限公司',
  '演示市人民医院',
  '演示区税务所',
  '城南菜市场（演示）',
  '演示软件园',
]
