import { fieldOf } from '@tongge/model'
import { describe, expect, it } from 'vitest'
import { fixturePeople, fixtureIdNo } from '../../fixtures/people.ts'
import { guessColumns, mappingOf } from './guess-columns.ts'
import { headerWords } from './header-words.ts'
import { fieldOfTarget, type Target } from './targets.ts'

const guess = (header: readonly string[], rows: readonly (readonly string[])[] = []): readonly (Target | undefined)[] =>
  guessColumns(
    header,
    header.map((_, c) => rows.map((row) => row[c] ?? '').filter(Boolean)),
  ).map(({ target }) => target)

describe('by name', () => {
  it.each<[string, Target]>([
    ['姓名', 'person.name'],
    ['户主姓名', 'headName'],
    ['公民身份号码', 'person.idNo'],
    ['证件号码（必填）', 'person.idNo'],
    ['*身份证号', 'person.idNo'],
    ['联系电话', 'person.phone'],
    ['手机', 'person.phone'],
    ['与户主关系', 'person.kinToHead'],
    ['关系', 'person.kinToHead'],
    ['楼号', 'building.name'],
    ['幢', 'building.name'],
    ['单元', 'house.entrance'],
    ['门牌', 'house.door'],
    ['房号', 'house.door'],
    ['住址', 'address'],
    ['性 别', 'person.sex'],
    ['民族', 'person.ethnicity'],
    ['出生年月', 'person.birthDate'],
    ['政治面貌', 'person.politicalStatus'],
    ['学历', 'person.education'],
    ['文化程度', 'person.education'],
    ['户籍地址', 'person.registeredAddress'],
    ['工作单位', 'person.workplace'],
    ['人口类型', 'person.resident'],
    ['居住类型(户籍/流动)', 'person.resident'],
    ['备注', 'person.remark'],
    ['是否低保', 'household.income'],
    ['养犬', 'household.dogs'],
    ['紧急联系人电话', 'household.emergencyPhone'],
    ['房主姓名', 'house.ownerName'],
    ['登记的联系电话', 'person.phone'],
    ['房主身份证号', 'house.ownerIdNo'],
    ['业主证件类型', 'house.ownerIdType'],
    ['房东现住址', 'house.ownerResidence'],
    ['承租人', 'house.tenantName'],
    ['承租人联系电话', 'house.tenantPhone'],
    ['承租人身份证号码', 'house.tenantIdNo'],
    ['起租日期', 'house.leaseFrom'],
    ['租赁到期日期', 'house.leaseTo'],
    ['安全隐患类型', 'house.hazardType'],
    ['是否隔断', 'house.hasPartition'],
    ['人均面积', 'house.areaPerPerson'],
    ['经度', 'house.longitude'],
    ['业委会联系人', 'building.committeeContact'],
    ['户籍地行政区划', 'person.registeredRegion'],
    ['户籍地', 'person.registeredAddress'],
    ['职业类别', 'person.occupationCode'],
    ['办证类型', 'person.permitKind'],
    ['家庭主要成员姓名', 'person.familyName'],
    ['家庭主要成员', 'person.mainFamilyMember'],
    ['主要成员电话', 'person.familyPhone'],
    ['家庭年收入', 'person.leftBehindIncome'],
  ])('[IMP7] %s is %s', (header, target) => {
    expect(guess([header])).toEqual([target])
  })

  it('[IMP7] every word of the list leads to a field that exists', () => {
    const lost = Object.keys(headerWords).filter((target) => {
      const known = fieldOfTarget(target as Target)
      return !known || !fieldOf(known.kind, known.name)
    })
    expect(lost).toEqual(['address', 'headName'])
  })

  it('[IMP7] no field is given to two columns, and the better name gets it', () => {
    expect(guess(['联系人姓名', '姓名'])).toEqual([undefined, 'person.name'])
    expect(guess(['承租人数', '隔断间数', '承租人'])).toEqual([undefined, undefined, 'house.tenantName'])
    expect(guess(['序号', '年龄', '姓名'])).toEqual([undefined, undefined, 'person.name'])
  })

  it('[IMP7] 现住址 is the door when no column gives one, else the person’s own address', () => {
    expect(guess(['姓名', '现住址'])).toEqual(['person.name', 'address'])
    expect(guess(['姓名', '楼栋', '室', '现住址'])[3]).toBe('person.residenceAddress')
  })
})

describe('whose column', () => {
  const targets = (header: readonly string[]): readonly (Target | undefined)[] =>
    mappingOf(guessColumns(header, [])).columns

  it('[IMP21] a spouse’s name never gets the head’s number, and the spouse’s columns are left out and named', () => {
    const header = ['户主姓名', '户主身份证号', '联系电话', '配偶姓名', '配偶身份证号', '子女1姓名', '身份证号（配偶）']
    expect(targets(header)).toEqual([
      'person.name',
      'person.idNo',
      'person.phone',
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect(guessColumns(header, []).map(({ ofAnother }) => ofAnother ?? false)).toEqual([
      false,
      false,
      false,
      true,
      true,
      true,
      true,
    ])
  })

  it('[IMP21] the head’s number, sex and birth date are nobody else’s where the row has a name of its own', () => {
    expect(targets(['户主姓名', '户主身份证号', '户主性别', '姓名', '与户主关系', '户主电话'])).toEqual([
      'headName',
      undefined,
      undefined,
      'person.name',
      'person.kinToHead',
      'household.phone',
    ])
    expect(targets(['姓名', '身份证号', '户主姓名', '户主身份证号', '配偶身份证号'])).toEqual([
      'person.name',
      'person.idNo',
      'headName',
      undefined,
      undefined,
    ])
  })

  it('[IMP21] where only heads are named, the head’s own columns win', () => {
    expect(targets(['身份证号', '户主', '户主身份证号'])).toEqual([undefined, 'person.name', 'person.idNo'])
  })
})

describe('by content', () => {
  const people = fixturePeople(30)
  it('[IMP8] numbers, phones, sexes, kinships and addresses are told by what they look like', () => {
    const rows = people.map((person) => [
      person.idNo,
      person.phone,
      person.sex,
      person.kin,
      `${person.building}${person.entrance}${person.door}`,
    ])
    expect(guess(['一', '二', '三', '四', '五'], rows)).toEqual([
      'person.idNo',
      'person.phone',
      'person.sex',
      'person.kinToHead',
      'address',
    ])
  })

  it('[IMP8] a name whose cells hold something else is trusted less than the cells', () => {
    const rows = people.map(({ idNo, phone }) => [phone, idNo])
    expect(guess(['身份证号', '登记号'], rows)).toEqual(['person.phone', 'person.idNo'])
  })
})

describe('mapping', () => {
  it('[IMP9] fields that a community has to switch on are proposed but not chosen', () => {
    const header = ['姓名', '是否低保']
    expect(guessColumns(header, [[], []])[1]).toMatchObject({ target: 'household.income', off: true })
    expect(mappingOf(guessColumns(header, [[], []])).columns).toEqual(['person.name', undefined])
    expect(mappingOf(guessColumns(header, [[], []], ['household.income'])).columns).toEqual([
      'person.name',
      'household.income',
    ])
  })

  it('[IMP9] a sheet with heads only takes the head for the person', () => {
    const guesses = guessColumns(['户主姓名', '身份证号'], [['张三'], [fixtureIdNo('19850302', 1)]])
    expect(mappingOf(guesses).columns).toEqual(['person.name', 'person.idNo'])
  })
})
