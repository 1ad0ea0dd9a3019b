/** The fictional street 演示街道: 9 communities, 111 grids of which 28 are dedicated. A demo of one community takes the first. */
import { parseCommunityCode, parseGridCode, parseStreetCode } from '@tongge/model'
import type { Community, Grid, Street } from '../accounts/accounts.ts'

const streetCode = '990101001'
/** Grids per community, and how many of them (the last ones) are dedicated. */
const shape: readonly (readonly [name: string, grids: number, dedicated: number])[] = [
  ['春和', 12, 3],
  ['梧桐', 13, 3],
  ['清溪', 12, 3],
  ['安康', 12, 3],
  ['锦绣', 13, 4],
  ['文昌', 12, 3],
  ['向阳', 12, 3],
  ['东湖', 13, 3],
  ['望山', 12, 3],
]
const dedicatedNames = ['商业街专属网格', '产业园专属网格', '学校专属网格', '医院专属网格']

export interface DemoPlaces {
  readonly street: Street
  readonly communities: readonly Community[]
  readonly grids: readonly Grid[]
}

export function demoPlaces(size: 'community' | 'street'): DemoPlaces {
  const communities: Community[] = []
  const grids: Grid[] = []
  for (const [index, [name, count, dedicated]] of (size === 'street' ? shape : shape.slice(0, 1)).entries()) {
    const community = known(parseCommunityCode(`${streetCode}${padded(index + 1)}`))
    communities.push({ code: community, name: `${name}社区（演示）` })
    for (let number = 1; number <= count; number += 1) {
      const special = number - (count - dedicated)
      grids.push({
        code: known(parseGridCode(`${community}${padded(number)}`)),
        name: `${name}${special > 0 ? (dedicatedNames[special - 1] ?? '') : `第${chineseNumber(number)}网格`}`,
        kind: special > 0 ? 'dedicated' : 'basic',
      })
    }
  }
  return { street: { code: known(parseStreetCode(streetCode)), name: '演示街道' }, communities, grids }
}

function padded(number: number): string {
  return String(number).padStart(3, '0')
}

/** 1 to 19. */
export function chineseNumber(number: number): string {
  const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']
  return number < 10 ? (digits[number] ?? '') : `十${digits[number - 10] ?? ''}`
}

export function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the demo made an invalid code')
  return value
}
