import { describe, expect, it } from 'vitest'
import { Doc } from 'yjs'
import { directoryOf, readDirectory } from './directory.ts'

describe('the directory document', () => {
  it('[DIR1] gives places, grids with their buildings and staff, and leaves out what has another shape', () => {
    const doc = new Doc()
    const person = { account: 'member01', name: '林晓燕', role: 'gridMember' }
    directoryOf(doc).set('street', {
      code: '990101001',
      name: '演示街道',
      staff: [person, { account: 7 }, { ...person, role: 'king' }],
    })
    directoryOf(doc).set('grid/990101001001001', {
      code: '990101001001001',
      name: '第1网格',
      community: '990101001001',
      kind: 'dedicated',
      staff: [],
      buildings: [{ id: 'b1', name: '1号楼', staff: [person] }, { id: 3 }],
    })
    directoryOf(doc).set('community/990101001001', 'later versions may write anything')

    const entries = readDirectory(doc)

    expect([...entries.keys()].sort()).toEqual(['grid/990101001001001', 'street'])
    expect(entries.get('street')?.staff).toEqual([person])
    expect(entries.get('grid/990101001001001')).toMatchObject({
      kind: 'dedicated',
      buildings: [{ id: 'b1', name: '1号楼', staff: [person] }],
    })
  })

  it('[ORG2] gives what is published of a grid and its people, and neither what is wrong nor what is personal', () => {
    const doc = new Doc()
    const person = { account: 'member01', name: '林晓燕', role: 'gridMember' }
    const grid = { code: '990101001001001', name: '第1网格', community: '990101001001', kind: 'basic', buildings: [] }
    const known = { employment: 'fullTime', workPhone: '19900001111', skills: ['急救'] }
    directoryOf(doc).set('grid/990101001001001', {
      ...grid,
      level: 3,
      targetHouseholds: 480,
      members: [{ role: 'police', account: 'police01' }],
      boundary: { type: 'Polygon', coordinates: 'later versions may write anything' },
      publicPhone: 7,
      staff: [{ ...person, ...known, idNo: '990101198503020011', birthDate: '1985-03-02', contractTo: 'never' }],
    })

    expect(readDirectory(doc).get('grid/990101001001001')).toEqual({
      ...grid,
      level: 3,
      targetHouseholds: 480,
      members: [{ role: 'police', account: 'police01' }],
      staff: [{ ...person, ...known }],
    })
  })
})
