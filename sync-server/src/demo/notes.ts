/** Notes and knock results that helpers left for their building in the last months. */
import { dayLength, startOfDay, type AccountId, type RecordId } from '@tongge/model'
import type { DemoBuilding } from './buildings.ts'
import { create, type Batch, type GridContext } from './content.ts'

const texts = [
  '三楼楼道灯忽明忽暗，已告诉物业',
  '一层住户反映下水慢',
  '提醒住户关好单元门',
  '门口堆放的纸箱已清走',
  '有住户搬家，电梯口注意秩序',
  '老人身体不错，想参加活动',
]

export function makeNotes(
  { random, newId, today, team }: GridContext,
  building: DemoBuilding,
  helper: string | undefined,
): readonly Batch[] {
  const count = random.int(4, 14)
  const author = helper ?? team.members[0] ?? team.leader
  const times = Array.from(
    { length: count },
    () => startOfDay(today) - random.int(1, 80) * dayLength + random.int(8, 19) * 3_600_000,
  ).toSorted((a, b) => a - b)
  return times.map((at): Batch => {
    const { entrance, door } = random.pick(building.houses)
    const type = random.weighted([
      ['knock', 55],
      ['note', 30],
      ['report', 15],
    ] as const)
    const id: RecordId = newId('m')
    const isKnock = type === 'knock'
    const edit = create('note', id, {
      building: building.id,
      noteType: type,
      door: `${entrance}-${door}`,
      outcome: isKnock
        ? random.weighted([
            ['seen', 82],
            ['noAnswer', 13],
            ['abnormal', 2],
            ['refused', 3],
          ] as const)
        : undefined,
      curtain:
        isKnock && random.chance(0.4)
          ? random.weighted([
              ['open', 9],
              ['closed', 1],
            ] as const)
          : undefined,
      text: isKnock && !random.chance(0.25) ? undefined : random.pick(texts),
      notedAt: at,
      author,
    })
    return { at, by: author as AccountId, device: '演示平板', edits: [edit] }
  })
}
