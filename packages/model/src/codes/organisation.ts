/** Code lists of grids and the people who work in them (domain.md §2.2, §3.3). */
import { listOf } from './lists.ts'

export const organisationLists = {
  GRID_KIND: listOf(`
    basic 基础网格 Basic grid
    dedicated 专属网格 Dedicated grid`),
  // 一格四员. 督导员 means two different people in the sources, and 管理员 is also a role of the system: the full names tell them apart.
  GRID_ROLE: listOf(`
    gridManager 网格管理员 Grid manager
    assistant 协管员 Grid assistant
    citizenSupervisor 民情督导员 Citizen supervisor
    streetSupervisor 街道督导员 Street supervisor
    police 警务员 Community police`),
  EMPLOYMENT: listOf(`
    fullTime 专职 Full-time
    partTime 兼职 Part-time`),
} as const
