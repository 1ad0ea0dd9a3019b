/** Code lists that records of every kind use, and those of notes and tickets. Where no standard gives codes, the code is an English word. */
import { listOf } from './lists.ts'

export const commonLists = {
  SOURCE: listOf(`
    visit 走访 Visit
    self 自报 Self-reported
    import 导入 Imported
    department 部门 Department`),
  VERIFY: listOf(`
    0 未核实 Not verified
    1 已核实 Verified
    2 存疑 Doubtful
    3 已确认无变化 Confirmed unchanged`),
  STATUS: listOf(`
    active 在册 On register
    movedOut 迁出 Moved out
    deceased 死亡 Deceased
    cancelled 注销 Cancelled
    archived 归档 Archived`),
  LEGAL_BASIS: listOf(`
    consent 同意 Consent
    duty 法定职责 Statutory duty
    contract 合同 Contract`),
  VISIT_RULE: listOf(`
    daily 每日 Daily
    weekly 每周 Weekly
    monthly 每月 Monthly
    irregular 不定 Irregular`),
  NOTE_TYPE: listOf(`
    note 笔记 Note
    knock 敲门 Knock
    report 报告 Report`),
  VISIT_OUTCOME: listOf(`
    seen 见到 Seen
    noAnswer 未应 No answer
    abnormal 异常 Something wrong
    refused 拒访 Visit declined`),
  CURTAIN: listOf(`
    open 开 Open
    closed 闭 Closed`),
  TICKET_SOURCE: listOf(`
    grid 网格发现 Found by the grid
    resident 居民 Resident
    hotline 12345 Hotline 12345
    department 部门 Department
    emergency 一键应急 One-key emergency`),
} as const
