/** The zh-CN dictionary, one file per part of the app. Keys say where a text stands, not what it says. */
import { app } from './app.ts'
import { conflicts } from './conflicts.ts'
import { grid } from './grid.ts'
import { handovers } from './handovers.ts'
import { imports } from './imports.ts'
import { ledger } from './ledger.ts'
import { lock } from './lock.ts'
import { me } from './me.ts'
import { notes } from './notes.ts'
import { photos } from './photos.ts'
import { pwa } from './pwa.ts'
import { records } from './records.ts'
import { refusals } from './refusals.ts'
import { refused } from './refused.ts'
import { roles } from './roles.ts'
import { settings } from './settings.ts'
import { signIn } from './sign-in.ts'
import { sync } from './sync.ts'
import { tickets } from './tickets.ts'
import { time } from './time.ts'
import { today } from './today.ts'
import { trash } from './trash.ts'
import { ui } from './ui.ts'

export const zh = {
  app,
  conflicts,
  grid,
  handovers,
  imports,
  ledger,
  lock,
  me,
  notes,
  photos,
  pwa,
  records,
  refusals,
  refused,
  roles,
  settings,
  signIn,
  sync,
  tickets,
  time,
  today,
  trash,
  ui,
} as const
