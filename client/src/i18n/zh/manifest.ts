import { app } from './app.ts'

/** What the phone shows of the installed app; a manifest has one language. */
export const manifestTexts = {
  name: app.name,
  description: app.description,
  report: '新建上报',
  ledger: '台账',
} as const
