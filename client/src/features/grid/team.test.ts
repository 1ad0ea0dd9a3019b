import type { AccountId } from '@tongge/model'
import { describe, expect, it } from 'vitest'
import type { Directory } from '../../session/directory.ts'
import { gridTeam } from './team.ts'

const person = (account: string, role: string, more: object = {}) => ({
  account,
  name: `name of ${account}`,
  role,
  ...more,
})
const staff = [
  person('zhou', 'gridLeader'),
  person('lin', 'gridMember', { employment: 'fullTime', workPhone: '19900001111' }),
  person('lin', 'partTimeMember'),
]
const grid = {
  code: '990101001001001',
  name: '第1网格',
  kind: 'basic',
  community: '990101001001',
  staff,
  members: [
    { role: 'assistant', account: 'luo', affiliation: '区文旅局' },
    { role: 'police', account: 'han', from: '2026-01-01', to: '2026-06-30' },
    { role: 'gridManager', account: 'zhou' },
  ],
  buildings: [{ id: 'b1', name: '1号楼', staff: [person('zhao', 'buildingLeader')] }],
}
const directory = {
  grid,
  staff: [...staff, person('zhao', 'buildingLeader')],
  nameOf: (account: AccountId) => `name of ${account}`,
} as unknown as Directory

describe('the team of a grid', () => {
  it('[GRIDAPP1] names everyone once with all they are, the leader apart, and leaves out whose time is over', () => {
    const { leader, members, helpers } = gridTeam(directory, 'zh', '2026-11-23')
    expect([leader?.account, leader?.roles]).toEqual(['zhou', ['网格长', '网格管理员']])
    expect(members.map(({ account, roles }) => [account, roles])).toEqual([
      ['lin', ['网格员', '兼职网格员']],
      ['luo', ['协管员（区文旅局）']],
    ])
    expect(helpers.map(({ account, roles }) => [account, roles])).toEqual([['zhao', ['楼栋长 · 1号楼']]])
    expect(gridTeam(directory, 'zh', '2026-05-01').members.map(({ account }) => account)).toContain('han')
  })

  it('[GRIDAPP1] the leader is whom the grid names, before whoever holds the role', () => {
    const named = { ...directory, grid: { ...grid, leaderId: 'lin' } } as unknown as Directory
    expect(gridTeam(named, 'zh', '2026-11-23').leader?.roles).toEqual(['网格长', '网格员', '兼职网格员'])
  })
})
