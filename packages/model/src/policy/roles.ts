/** Roles of domain.md §4, in its order of columns. */

export const roles = [
  'resident',
  'buildingLeader',
  'volunteer',
  'property',
  'partTimeMember',
  'gridMember',
  'gridLeader',
  'police',
  'citizenSupervisor',
  'community',
  'street',
  'department',
  'admin',
  'auditor',
] as const

export type Role = (typeof roles)[number]

export const roleNames: Readonly<Record<Role, { readonly zh: string; readonly en: string }>> = {
  resident: { zh: '居民', en: 'Resident' },
  buildingLeader: { zh: '楼栋长', en: 'Building leader' },
  volunteer: { zh: '志愿者', en: 'Volunteer' },
  property: { zh: '物业/业委会', en: 'Property management' },
  partTimeMember: { zh: '兼职网格员', en: 'Part-time grid member' },
  gridMember: { zh: '网格员', en: 'Grid member' },
  gridLeader: { zh: '网格长', en: 'Grid leader' },
  police: { zh: '警务员', en: 'Community police' },
  citizenSupervisor: { zh: '民情督导员', en: 'Citizen supervisor' },
  community: { zh: '社区', en: 'Community office' },
  street: { zh: '街道', en: 'Street office' },
  department: { zh: '联动部门', en: 'Department' },
  admin: { zh: '系统管理员', en: 'System administrator' },
  auditor: { zh: '审计员', en: 'Auditor' },
}
