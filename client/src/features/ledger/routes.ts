/** Pages of the ledger 台账; all of them are one chunk. */
import type { RouteDefinition } from '@solidjs/router'
import { lazy, type Component } from 'solid-js'
import type * as pages from './pages.ts'

type Pages = typeof pages

const page = (name: keyof Pages): Component =>
  lazy(async () => ({ default: (await import('./pages.ts'))[name] as Component }))

export const ledgerRoutes: readonly RouteDefinition[] = [
  {
    path: '/ledger',
    component: page('LedgerLayout'),
    children: [
      { path: '/', component: page('LedgerHome') },
      { path: '/building/:id', component: page('BuildingPage') },
      { path: '/house/:id', component: page('HousePage') },
      { path: '/household/:id', component: page('HouseholdPage') },
      { path: '/person/:id', component: page('PersonPage') },
      { path: '/unit/:id', component: page('PlacePage') },
      { path: '/facility/:id', component: page('PlacePage') },
      { path: '/units', component: page('UnitsPage') },
      { path: '/facilities', component: page('FacilitiesPage') },
      { path: '/add/household', component: page('AddHouseholdPage') },
      { path: '/add/:kind', component: page('AddPage') },
      { path: '/edit/:id', component: page('EditPage') },
      { path: '/merge/:id', component: page('MergePage') },
    ],
  },
]
