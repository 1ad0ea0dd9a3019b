import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { fixtureIdNo } from '../../fixtures/people.ts'
import { readOk, xlsxOf } from '../../fixtures/sheets.ts'
import { encodeGb18030 } from '../write/encode-gb18030.ts'
import { maxFileBytes } from './limits.ts'
import { readSheet } from './read-sheet.ts'

const failureOf = async (bytes: Uint8Array, name = '台账.xlsx'): Promise<unknown> => {
  const read = await readSheet(bytes, { name })
  return read.ok ? 'read' : read.failure
}
const textBytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const table = '姓名,身份证号\n张三,99010119850302001X\n'
const expected = [
  ['姓名', '身份证号'],
  ['张三', '99010119850302001X'],
]

describe('kinds of file', () => {
  it('[IMP1] xlsx, xls and csv give the same rows of text', async () => {
    const xlsx = await readOk(await xlsxOf({ name: 'a', rows: expected }))
    expect(xlsx.sheets[0]?.rows).toEqual(expected)
    expect((await readOk(textBytes(table), 'a.csv')).sheets[0]?.rows).toEqual(expected)
    const xls = await readOk(
      new Uint8Array(await readFile(new URL('../../fixtures/ledger-excel97.xls', import.meta.url))),
      'a.xls',
    )
    expect(xls.sheets.map(({ name }) => name)).toEqual(['3号楼'])
    expect(xls.sheets[0]?.rows[2]).toEqual([
      '2',
      '501',
      '赵甲',
      '户主',
      fixtureIdNo('19850302', 1),
      '1985-03-02',
      '13900000001',
    ])
    expect(xls.sheets[0]?.merges).toContainEqual({ top: 2, left: 0, bottom: 4, right: 0 })
  })

  it.each([
    ['UTF-8 with a mark', textBytes(`\ufeff${table}`)],
    ['GBK', encodeGb18030(table)],
    ['tabs instead of commas', textBytes(table.replaceAll(',', '\t'))],
    [
      'UTF-16 as a spreadsheet saves Unicode text',
      Uint8Array.from([
        0xff,
        0xfe,
        ...new Uint8Array(Uint16Array.from(table.replaceAll(',', '\t'), (c) => c.charCodeAt(0)).buffer),
      ]),
    ],
    [
      'a web page under the name xls',
      textBytes(
        '<html><body><table><tr><td>姓名</td><td>身份证号</td></tr><tr><td>张三</td><td>99010119850302001X</td></tr></table></body></html>',
      ),
    ],
  ])('[IMP1] text is read as %s', async (_, bytes) => {
    expect((await readOk(bytes, '人员.csv')).sheets[0]).toMatchObject({ rows: expected })
  })

  it('[IMP1] the encoder of the tests and of the export says every character', () => {
    const rare = '张㐂𠮷珺①㎡€αЖ'
    expect(new TextDecoder('gb18030', { fatal: true }).decode(encodeGb18030(rare))).toBe(rare)
  })
})

describe('cells', () => {
  it('[IMP2] a number of more than fifteen digits is flagged, never guessed', async () => {
    const { sheets } = await readOk(
      await xlsxOf({
        name: 'a',
        rows: [
          ['证号', '另'],
          [Number('990101198503020010'), '9.90101E+17'],
          [990101850302001, 13900000001],
        ],
      }),
    )
    expect([...(sheets[0]?.flaws ?? [])]).toEqual([
      ['1:0', 'precisionLost'],
      ['1:1', 'precisionLost'],
    ])
    expect(sheets[0]?.rows[2]).toEqual(['990101850302001', '13900000001'])
  })

  it('[IMP2] full-width digits, invisible characters and tricks that keep a number as text are undone', async () => {
    const { sheets } = await readOk(
      await xlsxOf({ name: 'a', rows: [['３号楼　２单元', '\u200b张三\u00a0', '="0123"', "'0501", '#N/A']] }),
    )
    expect(sheets[0]?.rows[0]).toEqual(['3号楼 2单元', '张三', '0123', '0501', ''])
    expect(sheets[0]?.flaws.get('0:4')).toBe('formulaError')
  })

  it('[IMP2] a day is a day in both date systems, and 19850302 under a date style is the number it was', async () => {
    const { sheets } = await readOk(
      await xlsxOf({ name: 'a', rows: [[new Date(Date.UTC(1985, 2, 2)), new Date(Date.UTC(56_247, 0, 1)), true]] }),
    )
    expect(sheets[0]?.rows[0]?.[0]).toBe('1985-03-02')
    expect(sheets[0]?.rows[0]?.[1]).toMatch(/^\d{8}$/)
    expect(sheets[0]?.rows[0]?.[2]).toBe('是')
  })
})

describe('hostile and broken files', () => {
  it('[IMP3] what is no spreadsheet is refused by name of the problem', async () => {
    expect(await failureOf(new Uint8Array(0))).toEqual({ problem: 'empty' })
    expect(await failureOf(textBytes('  \n '), 'a.csv')).toEqual({ problem: 'empty' })
    expect(await failureOf(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2]), 'a.xlsx')).toEqual({
      problem: 'notASpreadsheet',
    })
    expect(await failureOf(textBytes('%PDF-1.7 …'), 'a.xlsx')).toEqual({ problem: 'notASpreadsheet' })
    expect(await failureOf(await xlsxOf({ name: 'a', rows: [] }))).toEqual({ problem: 'empty' })
    expect(await failureOf(new Uint8Array(maxFileBytes + 1))).toMatchObject({ problem: 'fileTooLarge' })
    expect(await failureOf(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]))).toMatchObject({
      problem: expect.stringMatching(/damaged|encrypted|notASpreadsheet/),
    })
  })

  it('[IMP3] a truncated workbook is damaged at every length', async () => {
    const whole = await xlsxOf({ name: 'a', rows: expected })
    for (let length = 4; length < whole.length; length += 97)
      expect(await failureOf(whole.slice(0, length))).toMatchObject({ problem: 'damaged' })
  })

  it('[IMP3] a bomb is refused by its directory before anything is unpacked', async () => {
    const cells = Array.from({ length: 60 }, () => 'A'.repeat(30_000))
    const bomb = await xlsxOf({ name: 'a', rows: Array.from({ length: 60 }, (_, i) => cells.map((cell) => cell + i)) })
    expect(await failureOf(bomb)).toMatchObject({ problem: 'unpacksTooLarge' })
  })

  it('[IMP3] a part that claims to unpack to nothing counts as endless', async () => {
    const bytes = await xlsxOf({ name: 'a', rows: expected })
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const directory = view.getUint32(bytes.length - 22 + 16, true)
    view.setUint32(directory + 24, 0, true)
    expect(await failureOf(bytes)).toMatchObject({ problem: 'unpacksTooLarge' })
  })

  it('[IMP3] a far cell, too many columns and too many rows are refused', async () => {
    expect(await failureOf(textBytes(`${'a,'.repeat(300)}\n`), 'a.csv')).toMatchObject({
      problem: 'tooManyColumns',
      limit: 200,
    })
    expect(await failureOf(textBytes('a,b\n'.repeat(50_001)), 'a.csv')).toMatchObject({
      problem: 'tooManyRows',
      rows: 50_001,
    })
    expect(await failureOf(textBytes('\n'.repeat(300_000)), 'a.csv')).toMatchObject({ problem: 'empty' })
    const far = await xlsxOf({ name: 'a', rows: [[...Array.from({ length: 250 }, () => null), 'far']] })
    expect(await failureOf(far)).toMatchObject({ problem: 'tooManyColumns' })
  })

  it('[IMP3] a single cell in the farthest corner does not make a sheet of its size', async () => {
    const { write } = await import('hucre')
    const bytes = await write({
      sheets: [{ name: 'a', rows: [['x']], cells: new Map([['1048575,16383', { value: 'far' }]]) }],
    })
    expect(await failureOf(bytes)).toMatchObject({ problem: 'tooManyRows', sheet: 'a', rows: 1_048_576 })
  })

  it('[IMP2] a workbook that counts days from 1904 says so, for serial numbers without a date style', async () => {
    const { write } = await import('hucre')
    const bytes = await write({
      sheets: [{ name: 'a', rows: [['出生日期'], [new Date(Date.UTC(1985, 2, 2))], [29_646]] }],
      dateSystem: '1904',
    })
    expect(await readOk(bytes)).toMatchObject({
      date1904: true,
      sheets: [{ rows: [['出生日期'], ['1985-03-02'], ['29646']] }],
    })
  })

  it('[IMP3] an encrypted workbook asks for one without a password', async () => {
    const { write } = await import('hucre')
    const locked = await write({
      sheets: [{ name: 'a', rows: [['x']] }],
      encryption: { password: 'p', spinCount: 1000 },
    })
    expect(await failureOf(locked)).toEqual({ problem: 'encrypted' })
  })
})
