import { describe, expect, it } from 'vitest'
import { fixturePeople } from '../fixtures/people.ts'
import { countingIds, today, usualHeader, usualRow, xlsxOf } from '../fixtures/sheets.ts'
import { handleImportMessage, noImport, type ImportProgress, type TableGroup } from './worker.ts'

const people = fixturePeople(1200)
const bytes = (): Promise<Uint8Array> =>
  xlsxOf(
    ...['1号楼', '2号楼'].map((name) => ({
      name,
      rows: [
        ['示例小区人口台账'],
        usualHeader.slice(1),
        ...people.filter(({ building }) => building === name).map((person) => usualRow(person).slice(1)),
      ],
    })),
    {
      name: '单位',
      rows: [
        ['名称', '地址', '负责人', '电话'],
        ['示例店', '某处', '某人', ''],
      ],
    },
  )

const means = (
  seen: ImportProgress[] = [],
): { newId: ReturnType<typeof countingIds>; onProgress: (progress: ImportProgress) => void } => ({
  newId: countingIds(),
  onProgress: (progress) => void seen.push(progress),
})
const openWith = async (file: Uint8Array): ReturnType<typeof handleImportMessage> =>
  handleImportMessage(noImport, { ask: 'open', name: '台账.xlsx', bytes: file, switchedOn: [] }, means())

describe('import worker', () => {
  it('[IMP18] sheets with one header are mapped together and a group can be left out', async () => {
    const { state, answer } = await openWith(await bytes())
    const groups: readonly TableGroup[] = answer.answer === 'opened' ? answer.groups : []
    expect(groups.map(({ sheets }) => sheets.map(({ sheet }) => sheet))).toEqual([['1号楼', '2号楼'], ['单位']])
    expect(groups[0]?.mapping.defaults['building.estate']).toBe('示例小区')
    const mapping = groups[0]?.mapping ?? expect.fail()
    const planned = await handleImportMessage(
      state,
      { ask: 'plan', mappings: [mapping, 'skip'], entries: [], closed: [], today },
      means(),
    )
    expect(planned.answer).toMatchObject({ answer: 'planned', plan: { counts: { created: 360, rejected: 0 } } })
  })

  it('[IMP18] progress is told in order and never runs backwards within a step', async () => {
    const seen: ImportProgress[] = []
    const { state, answer } = await handleImportMessage(
      noImport,
      {
        ask: 'open',
        name: 'a.xlsx',
        bytes: await xlsxOf({ name: '人员', rows: [usualHeader, ...people.map(usualRow)] }),
        switchedOn: [],
      },
      means(seen),
    )
    const mapping = answer.answer === 'opened' ? answer.groups[0]?.mapping : undefined
    await handleImportMessage(
      state,
      { ask: 'plan', mappings: [mapping ?? 'skip'], entries: [], closed: [], today },
      means(seen),
    )
    expect([...new Set(seen.map(({ step }) => step))]).toEqual(['read', 'tables', 'plan'])
    const shares = seen.filter(({ step }) => step === 'plan').map(({ share }) => share)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.length).toBeGreaterThan(2)
  })

  it('[IMP18] a file that cannot be read and a plan before a file are answers, not errors', async () => {
    expect((await openWith(new Uint8Array(0))).answer).toEqual({ answer: 'failed', failure: { problem: 'empty' } })
    expect(
      (await handleImportMessage(noImport, { ask: 'plan', mappings: [], entries: [], closed: [], today }, means()))
        .answer,
    ).toEqual({ answer: 'failed', failure: { problem: 'notOpened' } })
  })

  it('[IMP18] requests and answers survive being posted', async () => {
    const { state, answer } = await openWith(await bytes())
    expect(structuredClone(answer)).toEqual(answer)
    const mapping = answer.answer === 'opened' ? answer.groups[0]?.mapping : undefined
    const planned = await handleImportMessage(
      state,
      { ask: 'plan', mappings: [mapping ?? 'skip'], entries: [], closed: [], today },
      means(),
    )
    expect(structuredClone(planned.answer)).toEqual(planned.answer)
  })
})
