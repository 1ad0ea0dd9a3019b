import { checkParameters } from '@tongge/model'
import { describe, expect, it } from 'vitest'
import { ownCodes, withAdded, withChanged, withoutCode } from './edit-lists.ts'

describe('a list of the community', () => {
  it('[SETAPP5] takes codes that are made once, whose labels change, that are retired and brought back', () => {
    const one = withAdded({}, 'HAZARD', ' 高空抛物 ', () => 'x-a1')
    expect(one).toEqual({ lists: { HAZARD: [{ code: 'x-a1', zh: '高空抛物' }] } })
    const renamed = withChanged(one, 'HAZARD', 'x-a1', { zh: '高空坠物', en: 'Falling objects' })
    const retired = withChanged(renamed, 'HAZARD', 'x-a1', { retired: true })
    expect(ownCodes(retired, 'HAZARD')).toEqual([
      { code: 'x-a1', zh: '高空坠物', en: 'Falling objects', retired: true },
    ])
    expect(withChanged(retired, 'HAZARD', 'x-a1', { retired: false })).toEqual(renamed)
    expect(withoutCode(one, 'HAZARD', 'x-a1')).toEqual({})
    for (const parameters of [one, renamed, retired]) expect(checkParameters(parameters, one)).toEqual([])
  })
})
