/** Routes of the app. Each place is its own chunk; a page is only shown inside a session. */
import { Router, type RouteDefinition } from '@solidjs/router'
import { lazy, type JSX } from 'solid-js'
import { importRoutes } from './features/import/routes.ts'
import { ledgerRoutes } from './features/ledger/routes.ts'
import { notesRoutes } from './features/notes/routes.ts'
import { ticketsRoutes } from './features/tickets/routes.ts'
import { paths } from './paths.ts'
import { Shell } from './shell/Shell.tsx'

const routes: RouteDefinition[] = [
  {
    path: paths.today,
    component: lazy(async () => ({ default: (await import('./features/today/TodayPage.tsx')).TodayPage })),
  },
  ...ledgerRoutes,
  ...ticketsRoutes,
  ...notesRoutes,
  ...importRoutes,
  {
    path: paths.meetings,
    component: lazy(async () => ({ default: (await import('./shell/MeetingsPage.tsx')).MeetingsPage })),
  },
  { path: paths.me, component: lazy(async () => ({ default: (await import('./features/me/MePage.tsx')).MePage })) },
  {
    path: paths.grid,
    component: lazy(async () => ({ default: (await import('./features/grid/GridPage.tsx')).GridPage })),
  },
  {
    path: paths.settings,
    component: lazy(async () => ({ default: (await import('./features/settings/SettingsPage.tsx')).SettingsPage })),
  },
  {
    path: paths.storage,
    component: lazy(async () => ({ default: (await import('./features/me/StoragePage.tsx')).StoragePage })),
  },
  {
    path: paths.install,
    component: lazy(async () => ({ default: (await import('./features/me/InstallPage.tsx')).InstallPage })),
  },
  {
    path: paths.sync,
    component: lazy(async () => ({ default: (await import('./features/sync/SyncPage.tsx')).SyncPage })),
  },
  {
    path: paths.conflicts,
    component: lazy(async () => ({ default: (await import('./features/conflicts/ConflictsPage.tsx')).ConflictsPage })),
  },
  {
    path: paths.refused,
    component: lazy(async () => ({ default: (await import('./features/refused/RefusedPage.tsx')).RefusedPage })),
  },
  {
    path: paths.handovers,
    component: lazy(async () => ({ default: (await import('./features/handovers/HandoversPage.tsx')).HandoversPage })),
  },
  {
    path: paths.trash,
    component: lazy(async () => ({ default: (await import('./features/trash/TrashPage.tsx')).TrashPage })),
  },
  { path: '*', component: lazy(async () => ({ default: (await import('./shell/NotFoundPage.tsx')).NotFoundPage })) },
]

export function App(): JSX.Element {
  return <Router root={Shell}>{routes}</Router>
}
