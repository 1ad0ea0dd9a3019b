/** Who lives together: heads, spouses, children and grandparents with ages that fit each other. Ages only; people get names elsewhere. */
import type { Random } from './random.ts'

/** Code of list KIN, GB/T 4761. */
export interface Member {
  readonly kin: string
  readonly male: boolean
  readonly age: number
  /** Bears the head's surname. */
  readonly sameName: boolean
}

type Family = readonly Member[]

export function makeFamily(random: Random, isRented: boolean): Family {
  const make = random.weighted<(random: Random) => Family>(
    isRented
      ? [
          [alone, 22],
          [couple, 20],
          [parents, 34],
          [twoChildren, 8],
          [flatmates, 12],
          [oneParent, 4],
        ]
      : [
          [elderAlone, 7],
          [elders, 12],
          [alone, 5],
          [couple, 9],
          [parents, 27],
          [twoChildren, 15],
          [threeGenerations, 21],
          [oneParent, 4],
        ],
  )
  return make(random)
}

function head(random: Random, from: number, to: number): Member {
  return { kin: '02', male: random.chance(0.72), age: random.int(from, to), sameName: true }
}

function spouseOf(random: Random, one: Member): Member {
  const age = Math.max(20, one.age + (one.male ? random.int(-5, 2) : random.int(-2, 5)))
  return { kin: one.male ? '12' : '11', male: !one.male, age, sameName: false }
}

/** At most `count` children, each born when both parents were 22 to 36. */
function childrenOf(random: Random, one: Member, spouse: Member | undefined, count: number): Family {
  const older = Math.max(one.age, spouse?.age ?? one.age)
  const younger = Math.min(one.age, spouse?.age ?? one.age)
  const oldest = younger - 22
  if (oldest < 0) return []
  const youngest = Math.min(Math.max(0, older - 40), oldest)
  const ages = Array.from({ length: count }, () => random.int(youngest, oldest))
    .toSorted((a, b) => b - a)
    .filter((age, index, all) => index === 0 || (all[index - 1] ?? 0) - age >= 2)
  const children = ages.map((age) => ({ male: random.chance(0.52), age }))
  return children.map(({ male, age }, index) => ({
    kin: kinOfChild(children, index, male),
    male,
    age,
    sameName: one.male,
  }))
}

function kinOfChild(children: readonly { readonly male: boolean }[], index: number, male: boolean): string {
  if (children.length === 1) return male ? '21' : '31'
  const nth = children.slice(0, index).filter((child) => child.male === male).length
  return `${male ? 2 : 3}${2 + nth}`
}

const alone = (random: Random): Family => [head(random, 22, 58)]
const elderAlone = (random: Random): Family => [{ ...head(random, 66, 92), male: random.chance(0.3) }]

const couple = (random: Random): Family => {
  const one = head(random, 24, 58)
  return [one, spouseOf(random, one)]
}

const elders = (random: Random): Family => {
  const one = head(random, 62, 86)
  return [one, spouseOf(random, one)]
}

const parents = (random: Random): Family => {
  const one = head(random, 25, 56)
  const spouse = spouseOf(random, one)
  return [one, spouse, ...childrenOf(random, one, spouse, 1)]
}

const twoChildren = (random: Random): Family => {
  const one = head(random, 30, 50)
  const spouse = spouseOf(random, one)
  return [one, spouse, ...childrenOf(random, one, spouse, random.chance(0.08) ? 3 : 2)]
}

const oneParent = (random: Random): Family => {
  const one = { ...head(random, 28, 54), male: random.chance(0.3) }
  return [one, ...childrenOf(random, one, undefined, 1)]
}

const threeGenerations = (random: Random): Family => {
  const one = head(random, 28, 50)
  const spouse = spouseOf(random, one)
  const age = Math.max(one.age, spouse.age) + random.int(23, 30)
  // The father's parents, or now and then the mother's.
  const own = random.chance(0.75) === one.male
  const [fatherKin, motherKin] = own ? ['51', '52'] : one.male ? ['55', '56'] : ['53', '54']
  const grandmother: Member = { kin: motherKin, male: false, age: age - random.int(0, 4), sameName: false }
  const grandfather: Member = { kin: fatherKin, male: true, age, sameName: own }
  const old = random.weighted([
    [[grandfather, grandmother], 55],
    [[grandmother], 33],
    [[grandfather], 12],
  ] as const)
  return [one, spouse, ...childrenOf(random, one, spouse, random.chance(0.35) ? 2 : 1), ...old]
}

const flatmates = (random: Random): Family => {
  const one = head(random, 20, 38)
  const others = Array.from({ length: random.int(1, 3) }, (): Member => ({
    kin: '99',
    male: one.male,
    age: random.int(20, 38),
    sameName: false,
  }))
  return [one, ...others]
}
