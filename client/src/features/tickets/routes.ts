/** Pages of tickets 事件; all of them are one chunk. */
import type { RouteDefinition } from '@solidjs/router'
import { lazy, type Component } from 'solid-js'

type Pages = typeof import('./pages.ts')

const page = <P extends keyof Pages>(name: P): Component =>
  lazy(async () => ({ default: (await import('./pages.ts'))[name] as Component }))

export const ticketsRoutes: readonly RouteDefinition[] = [
  {
    path: '/tickets',
    component: page('TicketsLayout'),
    children: [
      { path: '/', component: page('TicketsHome') },
      { path: '/new', component: page('ReportPage') },
      { path: '/:id', component: page('TicketPage') },
    ],
  },
]
