/** Buildings 楼栋, houses 房屋, units 单位场所 and facilities 设施 (domain.md §2.2). */
import type { FieldTable } from '../field.ts'
import { baseFields } from './base.ts'

export const buildingFields = {
  ...baseFields,
  estate: { code: 'es', type: 'text', max: 60, class: 'public', zh: '小区', en: 'Estate', required: true },
  name: { code: 'nm', type: 'text', max: 40, class: 'public', zh: '楼号', en: 'Building', required: true },
  unitCount: { code: 'uc', type: 'int', min: 0, max: 50, class: 'public', zh: '单元数', en: 'Entrances' },
  floorCount: { code: 'fc', type: 'int', min: 0, max: 150, class: 'public', zh: '层数', en: 'Floors' },
  doorCount: { code: 'dc', type: 'int', min: 0, max: 5000, class: 'public', zh: '户数', en: 'Doors' },
  builtYear: { code: 'by', type: 'int', min: 1850, max: 2100, class: 'internal', zh: '建成年份', en: 'Year built' },
  structure: { code: 'sr', type: 'code', list: 'STRUCTURE', class: 'internal', zh: '结构', en: 'Structure' },
  hasLift: { code: 'lf', type: 'flag', class: 'internal', zh: '有电梯', en: 'Lift' },
  hasGas: { code: 'gs', type: 'flag', class: 'internal', zh: '通燃气', en: 'Gas' },
  leader: { code: 'ld', type: 'text', max: 40, class: 'public', zh: '楼栋长', en: 'Building leader' },
  property: { code: 'pr', type: 'text', max: 60, class: 'internal', zh: '物业', en: 'Property management' },
  risk: { code: 'rs', type: 'code', list: 'RISK', class: 'internal', zh: '隐患等级', en: 'Risk' },
} as const satisfies FieldTable

export const houseFields = {
  ...baseFields,
  building: { code: 'bd', type: 'ref', kind: 'building', class: 'internal', zh: '楼栋', en: 'Building', required: true },
  houseCode: { code: 'hc', type: 'text', max: 30, class: 'internal', zh: '房屋编号', en: 'House code' },
  entrance: { code: 'en', type: 'text', max: 10, class: 'internal', zh: '单元', en: 'Entrance' },
  floor: { code: 'fl', type: 'int', min: -5, max: 150, class: 'internal', zh: '楼层', en: 'Floor' },
  door: { code: 'dr', type: 'text', max: 20, class: 'internal', zh: '门牌', en: 'Door', required: true },
  address: { code: 'ad', type: 'text', max: 120, class: 'personal', zh: '地址', en: 'Address' },
  use: { code: 'us', type: 'code', list: 'HOUSE_USE', class: 'internal', zh: '建筑用途', en: 'Use' },
  area: { code: 'ar', type: 'decimal', min: 0, max: 100000, class: 'internal', zh: '面积(㎡)', en: 'Area (m²)' },
  occupancy: { code: 'oc', type: 'code', list: 'OCCUPANCY', class: 'internal', zh: '房屋状态', en: 'Occupancy', required: true },
  ownerName: { code: 'on', type: 'text', max: 40, class: 'personal', zh: '房主', en: 'Owner' },
  ownerPhone: { code: 'op', type: 'phone', class: 'personal', zh: '房主电话', en: 'Owner phone' },
  rentalUse: { code: 'rt', type: 'text', max: 60, class: 'internal', zh: '出租用途', en: 'Rental use' },
  rentalRecordNo: { code: 'rn', type: 'text', max: 40, class: 'internal', zh: '备案号', en: 'Rental record no.' },
  isGroupRental: { code: 'gr', type: 'flag', class: 'internal', zh: '群租', en: 'Group rental' },
} as const satisfies FieldTable

export const unitFields = {
  ...baseFields,
  name: { code: 'nm', type: 'text', max: 80, class: 'public', zh: '名称', en: 'Name', required: true },
  unitType: { code: 'ty', type: 'code', list: 'UNIT_TYPE', class: 'public', zh: '类型', en: 'Type', required: true },
  nineType: { code: 'n9', type: 'code', list: 'PLACE9', class: 'public', zh: '九小场所', en: 'Small place type' },
  uscc: { code: 'cc', type: 'uscc', class: 'public', zh: '统一社会信用代码', en: 'Unified social credit code' },
  building: { code: 'bd', type: 'ref', kind: 'building', class: 'public', zh: '楼栋', en: 'Building' },
  address: { code: 'ad', type: 'text', max: 120, class: 'public', zh: '地址', en: 'Address', required: true },
  legalRep: { code: 'lr', type: 'text', max: 40, class: 'personal', zh: '负责人', en: 'Person in charge', required: true },
  phone: { code: 'ph', type: 'phone', class: 'personal', zh: '联系电话', en: 'Phone' },
  securityHead: { code: 'sh', type: 'text', max: 40, class: 'personal', zh: '治保负责人', en: 'Security head' },
  employees: { code: 'em', type: 'int', min: 0, max: 100000, class: 'internal', zh: '员工数', en: 'Employees' },
  area: { code: 'ar', type: 'decimal', min: 0, max: 1000000, class: 'internal', zh: '面积(㎡)', en: 'Area (m²)' },
  isHazardous: { code: 'hz', type: 'flag', class: 'internal', zh: '涉危化', en: 'Hazardous goods' },
  attention: { code: 'at', type: 'code', list: 'ATTENTION', class: 'internal', zh: '关注程度', en: 'Attention' },
  nextInspection: { code: 'ni', type: 'day', class: 'internal', zh: '下次检查', en: 'Next inspection' },
} as const satisfies FieldTable

export const facilityFields = {
  ...baseFields,
  name: { code: 'nm', type: 'text', max: 60, class: 'public', zh: '名称', en: 'Name', required: true },
  facilityType: { code: 'ty', type: 'code', list: 'FACILITY_TYPE', class: 'public', zh: '类别', en: 'Type', required: true },
  facilityNo: { code: 'no', type: 'text', max: 30, class: 'public', zh: '编号', en: 'Number' },
  building: { code: 'bd', type: 'ref', kind: 'building', class: 'public', zh: '楼栋', en: 'Building' },
  place: { code: 'pl', type: 'text', max: 120, class: 'public', zh: '位置', en: 'Place', required: true },
  owner: { code: 'ow', type: 'text', max: 60, class: 'public', zh: '权属单位', en: 'Owner' },
  maintainer: { code: 'mt', type: 'text', max: 60, class: 'public', zh: '养护单位', en: 'Maintainer' },
  condition: { code: 'cd', type: 'code', list: 'CONDITION', class: 'public', zh: '完好情况', en: 'Condition', required: true },
  nextInspection: { code: 'ni', type: 'day', class: 'internal', zh: '下次检查', en: 'Next inspection' },
} as const satisfies FieldTable
