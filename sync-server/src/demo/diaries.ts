/** What members wrote into the diaries 民情日记 of some households in the last months. */
import { dayLength, dayOf, startOfDay, type AccountId, type Instant, type RecordId } from '@tongge/model'
import type { GridContext } from './content.ts'

export interface DiaryEntry {
  readonly household: RecordId
  readonly at: Instant
  readonly by: AccountId
  readonly text: string
}

const visits = [
  '上门看望，家里都好，孩子期末考试刚结束。',
  '说晚上楼下有人放音响，答应去找业委会商量。',
  '老人想装扶手，答应帮忙问适老化改造怎么申请。',
  '水表箱漏水，已联系物业，下周再来看。',
  '提醒用电安全，楼道里的电动车已推走。',
  '想参加周末的义诊，帮着登记了。',
  '邻里为停车有点误会，两边都说开了。',
  '今天不在家，打电话说下周回来再约。',
]

/** In order of time; about one household in six has some. */
export function makeDiaries(
  { team, today, random }: GridContext,
  households: readonly { readonly id: RecordId }[],
): readonly DiaryEntry[] {
  const own = random.branch('diaries')
  return households
    .filter(() => own.chance(1 / 6))
    .flatMap(({ id: household }) =>
      Array.from({ length: own.int(1, 3) }, (): DiaryEntry => {
        const at = startOfDay(today) - own.int(1, 150) * dayLength + own.int(9 * 60, 20 * 60) * 60_000
        const [, month, day] = dayOf(at).split('-').map(Number)
        const by = own.pick(team.members.length > 0 ? team.members : [team.leader]) as AccountId
        return { household, at, by, text: `${month}月${day}日 ${own.pick(visits)}\n` }
      }),
    )
    .toSorted((a, b) => a.at - b.at)
}
