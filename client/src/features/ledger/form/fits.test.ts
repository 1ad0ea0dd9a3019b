import type { Kind } from '@tongge/model'
import { expect, test } from 'vitest'
import { formFields, isRare } from '../record/sections.ts'
import type { Typed } from './draft.ts'
import { fits } from './fits.ts'

/** The fields of a form, as [at once, behind 更多]. */
function offered(kind: Kind, typed: Readonly<Record<string, Typed>>): readonly (readonly string[])[] {
  const fields = formFields(kind).filter((field) => fits({ typed: (name) => typed[name] }, field))
  return [false, true].map((rare) => fields.filter((field) => isRare(field) === rare).map(({ name }) => name))
}

test('[LED10] what is asked of a let house is asked of no other, and of it no more than tenant, telephone, use and group rental at once', () => {
  const rental = ['tenantName', 'tenantPhone', 'rentalUse', 'isGroupRental']
  const [own = [], ownMore = []] = offered('house', { occupancy: 'owner' })
  expect([...own, ...ownMore]).not.toEqual(expect.arrayContaining(['tenantName']))
  const [let_ = [], letMore = []] = offered('house', { occupancy: 'rented' })
  expect(let_.filter((name) => !own.includes(name))).toEqual(rental)
  expect(letMore.filter((name) => !ownMore.includes(name)).toSorted()).toEqual(
    ['areaPerPerson', 'hasPartition', 'hazardType', 'leaseFrom', 'leaseTo', 'rentalRecordNo', 'tenantIdNo'].toSorted(),
  )
  expect(offered('house', { occupancy: 'owner', tenantName: '钱七' })[0]).toContain('tenantName')
})

test('[LED10] a field that another replaced is offered only where it holds something', () => {
  const floating = { resident: '02' }
  expect(offered('person', floating).flat()).toContain('permitKind')
  expect(offered('person', floating).flat()).not.toContain('permitType')
  expect(offered('person', { ...floating, permitType: '居住证' }).flat()).toContain('permitType')
  expect(offered('person', {}).flat()).not.toContain('mainFamilyMember')
  expect(offered('person', {})[1]).toContain('familyName')
})
