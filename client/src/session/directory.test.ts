import type { GridCode } from '@tongge/model'
import { describe, expect, it } from 'vitest'
import { Doc } from 'yjs'
import { createDirectory } from './directory.ts'
import type { OpenDocument } from './open-documents.ts'

const community = { code: '990101001001', name: '春和社区', staff: [] }
const times = (count: number) => ({ 'facility.repair': { onSite: { count, unit: 'hours' } } })

describe('the directory of a session', () => {
  it('[PARAM5] tells of another timetable when the community set something, and not of what else changes there', () => {
    const doc = new Doc()
    let told = 0
    const opened = createDirectory('990101001001001' as GridCode, () => void (told += 1))
    opened.follow([{ parsed: { kind: 'org', street: '990101001' }, doc } as unknown as OpenDocument])
    const entries = doc.getMap('directory')
    const timesAt = (at: number) => opened.timetable().timesOf?.('facility.repair', at)

    entries.set('community/990101001001', community)
    entries.set('grid/990101001001001', { code: '990101001001001', name: '第1网格', staff: [] })
    expect([told, timesAt(5), opened.directory().parameters]).toEqual([0, {}, {}])

    const parameters = { ticketTimes: times(2), workdays: { '2026-12-12': 'work' } }
    entries.set('community/990101001001', { ...community, parameters, earlierTimes: [{ until: 5, ticketTimes: {} }] })
    expect([told, timesAt(4), timesAt(5)]).toEqual([1, {}, times(2)['facility.repair']])
    expect(opened.timetable().isWorkday('2026-12-12')).toBe(true)
    expect(opened.directory().parameters).toEqual(parameters)

    entries.set('grid/990101001001001', { code: '990101001001001', name: '改名', staff: [] })
    entries.set('community/990101001002', { ...community, parameters: {}, earlierTimes: [] })
    expect([told, opened.directory().gridName]).toEqual([1, '改名'])
  })
})
